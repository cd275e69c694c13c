"""How texts are read: shapes by unification, conventions, and designed errors with their place."""

from __future__ import annotations

import pytest

from app.expressions import ExpressionError
from app.matrices import elaborate
from app.matrices.declarations import given_text
from app.matrices.kinds import elaborate_kindly
from app.matrices.shapes import matrix


def declared(text: str, given: str = "") -> str:
    symbols = elaborate(text, given).symbols
    return "; ".join(
        given_text(name, s.shape, s.parameter.properties) for name, s in symbols.items()
    )


@pytest.mark.parametrize(
    ("text", "given", "found"),
    [
        ("A*x", "", "A: m,n; x: n"),
        ("x'*A*x", "", "x: n; A: n,n"),
        ("a*x", "", "a: scalar; x: n"),
        ("tr(A*X)", "", "A: m,n; X: n,m"),
        ("W2*relu(W1*x0)", "", "W2: m,n; W1: n,p; x0: p"),
        ("A*x - b", "b: m", "A: m,n; x: n; b: m"),
        ("A*x", "A: 3,n", "A: 3,n; x: n"),
        ("S*x", "S: symmetric", "S: n,n symmetric; x: n"),
        ("vec(X)'*y", "", "X: m,n; y: m*n"),
        ("x'*m", "", "x: n; m: n"),
        ("exp(X)*lambda", "", "X: m,n; lambda: scalar"),
    ],
)
def test_finds_sizes_that_nobody_declared(text: str, given: str, found: str) -> None:
    assert declared(text, given) == found


@pytest.mark.parametrize(
    ("text", "given", "code", "marked", "words"),
    [
        ("1 + x*y", "x: n; y: n", "shape", "x*y", "x'*y for the inner product"),
        ("2*(A*x)", "A: m,n; x: m", "shape", "A*x", "inner dimensions"),
        ("exp(x) + 1", "x: n", "shape", "exp(x) + 1", "vector(1)"),
        ("X + 1", "X: m,n", "shape", "X + 1", "matrix(1)"),
        ("x + y'", "x: n; y: n", "shape", "x + y'", "Transpose"),
        ("A/B", "A: n,n; B: n,n", "shape", "A/B", "only by a scalar"),
        ("tr(A)", "A: 2,3", "shape", "tr(A)", "2×3"),
        ("x^2", "x: n", "shape", "x^2", ".^"),
        ("2*x**2", "x: n", "syntax", "x**2", "Python"),
        ("X^0.5", "X: n,n", "shape", "X^0.5", "whole number"),
        ("max(x, a)", "x: n", "shape", "x", "takes scalars"),
        ("a + sum(vector(1))", "", "size-undetermined", "vector(1)", "ones(n)"),
        ("eye(2.5)*x", "", "syntax", "2.5", "size"),
        ("S*x", "S: m,n symmetric", "shape", None, "square"),
    ],
)
def test_says_what_is_wrong_and_where(
    text: str, given: str, code: str, marked: str | None, words: str
) -> None:
    with pytest.raises(ExpressionError) as raised:
        elaborate(text, given)
    problem = raised.value.problem
    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    if marked is not None:
        assert problem.span is not None
        assert text[problem.span.start : problem.span.end] == marked


def test_python_power_is_fine_for_scalars() -> None:
    assert elaborate("a**2").node == elaborate("a^2").node


def test_a_letter_that_must_be_a_column_is_read_so_and_named() -> None:
    problem, names = elaborate_kindly("norm2(A*x-b)^2")
    assert names == ("b",)
    assert problem.symbols["b"].shape == problem.symbols["A"].shape._replace(
        kind="column", columns=1
    )


def test_declared_scalars_stay_scalars() -> None:
    with pytest.raises(ExpressionError):
        elaborate_kindly("A*x - b", "b: scalar")


def test_long_expressions_are_refused() -> None:
    with pytest.raises(ExpressionError) as raised:
        elaborate("+".join(["x"] * 240))
    assert raised.value.code == "too-large"


def test_a_size_has_the_article_that_is_spoken() -> None:
    with_n = [8, 80, 11, 18, 11_000, 18_500, "m", "x", (8, "k")]
    without = [1, 7, 110, 180, 1_100, 118_000, "k", "u", (2, "n")]
    assert [str(matrix(rows, 2))[:3] for rows in with_n] == ["an "] * len(with_n)
    assert [str(matrix(rows, 2))[:2] for rows in without] == ["a "] * len(without)
