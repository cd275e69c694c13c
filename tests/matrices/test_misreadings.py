"""Lines that are right about something else are told what they are."""

from __future__ import annotations

import pytest

from app.matrices.working import check_working


def hint(line: str, expression: str, wrt: str, given: str = "") -> str:
    (checked,) = check_working([line], expression, wrt, given).lines
    assert not checked.correct
    assert checked.problem is not None
    return checked.problem.hint or ""


@pytest.mark.parametrize(
    ("line", "expression", "wrt", "words"),
    [
        ("x'*(A + A')", "x'*A*x", "x", "the derivative in numerator layout"),
        (
            "(A + A')*x",
            "x'*A*x",
            "x",
            "in denominator layout; the differential is its transpose times dx",
        ),
        ("B*A", "tr(A*X*B)", "X", "the differential is the trace of this times dX"),
        ("A'*B'", "tr(A*X*B)", "X", "the differential is the trace of its transpose times dX"),
        ("kron(B', A)", "A*X*B", "X", "the differential of vec(F) is this times vec(dX)"),
        ("2*c", "c^2", "c", "This is the derivative; the differential is this times dc"),
        ("x'*x", "x'*A*x", "x", "dx does not occur in this line"),
    ],
)
def test_a_line_without_the_increment(line: str, expression: str, wrt: str, words: str) -> None:
    assert words in hint(line, expression, wrt)


@pytest.mark.parametrize("line", ["2*x'*A*dx", "df = 2*dx'*A*x"])
def test_a_line_that_needs_a_symmetric_matrix(line: str) -> None:
    assert "right if A were symmetric" in hint(line, "x'*A*x", "x", "A: n,n")


def test_no_assumption_is_offered_that_does_not_help() -> None:
    assert "symmetric" not in hint("3*x'*A*dx", "x'*A*x", "x", "A: n,n")
    assert "symmetric" not in hint("x'*A*dx", "x'*A*x", "x", "A: n,n symmetric")
