"""Check my working: right lines pass however they are written, wrong ones name the slip."""

from __future__ import annotations

import pytest

from app.matrices import differentiate
from app.matrices.three_ways import three_ways
from app.matrices.working import check_working

LEAST_SQUARES = ("norm2(A*x-b)^2", "x", "b: m")


def test_a_right_derivation_passes() -> None:
    lines = [
        "df = dx'*A'*(A*x-b) + (A*x-b)'*A*dx",
        "= (A*x-b)'*A*dx + (A*x-b)'*A*dx",
        "= 2*(A*x-b)'*A*dx",
        "(2*A'*(A*x-b))'*dx",
    ]
    working = check_working(lines, *LEAST_SQUARES)
    assert working.first_wrong is None
    assert all(line.correct for line in working.lines)
    assert working.differential == "2*(A*x - b)'*A*dx"


def test_parts_may_still_be_to_differentiate() -> None:
    lines = [
        "d(norm2(A*x-b)^2) = 2*(A*x-b)'*d(A*x-b)",
        "= 2*(A*x-b)'*d(A*x)",
        "= 2*(A*x-b)'*A*d(x)",
    ]
    assert check_working(lines, *LEAST_SQUARES).first_wrong is None
    other = check_working(["tr(d(X')*A*X + X'*A*d(X))", "tr(d(X'*A*X))"], "tr(X'*A*X)", "X")
    assert other.first_wrong is None


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("df = (A*x-b)'*d(A*x-b)", "(A*x-b)'*d(A*x-b)", "1/2 times"),
        ("df = 2*(A*x-b)*d(A*x)", "2*(A*x-b)*d(A*x)", "transpose is missing"),
        ("df = 2*(A*x-b)'*d(A*y+x*x)", "x*x", "inner product"),
    ],
)
def test_a_wrong_line_with_such_a_part_is_explained(line: str, place: str, hint: str) -> None:
    problem = check_working([line], *LEAST_SQUARES).lines[0].problem
    assert problem is not None
    assert problem.span is not None
    assert line[problem.span.start : problem.span.end].strip() == place
    assert hint in (problem.hint or "")


def test_a_scalar_named_d_stays_a_scalar() -> None:
    assert (
        check_working(["d*(a'*dx)", "d(a'*dx)"], "d*a'*x", "x", "a: n; d: scalar").first_wrong
        is None
    )


@pytest.mark.parametrize(
    ("line", "expression", "wrt", "given", "hint"),
    [
        ("(A*x-b)'*A*dx", *LEAST_SQUARES, "1/2 times the differential"),
        ("-2*(A*x-b)'*A*dx", *LEAST_SQUARES, "sign is wrong"),
        ("2*(A*x-b)'*A'*dx", *LEAST_SQUARES, "transpose on A is one too many"),
        ("2*A'*(A*x-b)*dx", *LEAST_SQUARES, "other layout"),
        ("tr(X'*(A-A')*dX)", "tr(X'*A*X)", "X", "A: n,n; X: n,p", "sign before A'"),
        ("tr(X'*A*dX + X'*A*dX)", "tr(X'*A*X)", "X", "A: n,n; X: n,p", "transpose is missing on A"),
        ("-inv(X)*inv(X)*dX", "inv(X)", "X", "", "wrong order"),
        ("dx'*A*x + x'*A*dx + x'*dx", "x'*A*x", "x", "", "does not belong here"),
    ],
)
def test_names_the_slip(line: str, expression: str, wrt: str, given: str, hint: str) -> None:
    working = check_working([line], expression, wrt, given)
    assert working.first_wrong == 0
    problem = working.lines[0].problem
    assert problem is not None
    assert hint in (problem.hint or "")


def test_the_first_wrong_line_is_named_and_spans_point_into_it() -> None:
    lines = ["2*(A*x-b)'*A*dx", "df = 2*(A*x-b)*A*dx", "3*dx"]
    working = check_working(lines, *LEAST_SQUARES)
    assert working.first_wrong == 1
    problem = working.lines[1].problem
    assert problem is not None
    assert problem.code == "shape"
    assert problem.span is not None
    assert lines[1][problem.span.start : problem.span.end] == "2*(A*x-b)*A"


def test_letters_that_must_be_columns_need_no_declaration() -> None:
    working = check_working(["2*(A*x-b)'*A*dx"], "norm2(A*x-b)^2", "x")
    assert working.first_wrong is None


def test_a_line_that_cannot_be_read_is_a_wrong_line_with_its_place() -> None:
    problem = check_working(["= 2*(A*x-b)'*A*"], *LEAST_SQUARES).lines[0].problem
    assert problem is not None
    assert (problem.code, problem.span) == ("syntax", (15, 15))


def test_a_line_of_another_shape_is_told_so() -> None:
    problem = check_working(["A*dx"], *LEAST_SQUARES).lines[0].problem
    assert problem is not None
    assert problem.code == "shape"


@pytest.mark.parametrize(
    ("text", "wrt", "action", "matrix", "entries"),
    [
        ("A*X*B", "X", "A*dX*B", "kron(B', A)", "A_{ik} B_{lj}"),
        ("X'", "X", "dX'", "comm(m, n)", r"\delta_{il} \delta_{kj}"),
        ("inv(X)", "X", "-inv(X)*dX*inv(X)", "-kron(inv(X)', inv(X))", r"_{ik}"),
        ("X.*Y", "X", "dX.*Y", "diag(vec(Y))", r"Y_{ij} \delta_{ik} \delta_{jl}"),
        ("tr(X)*Y", "X", "tr(dX)*Y", "vec(Y)*vec(eye(m))'", r"\delta_{kl} Y_{ij}"),
    ],
)
def test_three_ways_explain_one_another(
    text: str, wrt: str, action: str, matrix: str, entries: str
) -> None:
    views = three_ways(differentiate(text, [wrt]))
    assert views is not None
    assert (views.action_text, views.matrix_text) == (action, matrix)
    assert entries in views.entries_tex


@pytest.mark.parametrize("line", ["2*(A*xAb)'*A*dx", "2*(A*x-b)'.2AA*dx", "2*(A*x-b)'*Anull*dx"])
def test_a_name_that_the_expression_lacks_is_no_slip(line: str) -> None:
    (checked,) = check_working([line], "norm2(A*x-b)^2", "x", "A: m,n; x: n; b: m").lines
    assert not checked.correct
    assert checked.problem is not None
    assert checked.problem.hint is not None
    assert checked.problem.hint.startswith("The expression has no ")


def test_a_wrong_factor_is_told_exactly_or_called_approximate() -> None:
    lines = ["2/3*(A*x-b)'*A*dx", "pi*(A*x-b)'*A*dx"]
    found = [check_working([line], *LEAST_SQUARES).lines[0].problem for line in lines]
    hints = [problem.hint for problem in found if problem is not None]
    assert ["1/3 times" in str(hints[0]), "about 1.5708 times" in str(hints[1])] == [True, True]
