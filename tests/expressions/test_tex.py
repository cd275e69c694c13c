"""Trees as TeX, and that the book's typesetter takes every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.expressions import name_to_tex, parse, to_tex
from app.expressions.syntax import Syntax
from app.typeset import to_mathml
from tests.expressions import strategies


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x^2 - y^2", "x^{2} - y^{2}"),
        ("2 x y", "2 x y"),
        ("2*3*x", r"2 \cdot 3 x"),
        ("x*2^y", r"x \cdot 2^{y}"),
        ("1/2*x", r"\frac{1}{2} x"),
        ("2*(1/2)", r"2 \cdot \frac{1}{2}"),
        ("x/(y + 1)", r"\frac{x}{y + 1}"),
        ("(x/y)^2", r"\left( \frac{x}{y} \right)^{2}"),
        ("(x + y)^2", "(x + y)^{2}"),
        ("(x + y)*(x - y)", "(x + y) (x - y)"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("-x^2", "-x^{2}"),
        ("(-x)*y", "(-x) y"),
        ("sin(x)^2", r"\sin^{2}(x)"),
        ("exp(-x^2/2)", r"e^{-\frac{x^{2}}{2}}"),
        ("exp(x)^2", r"(e^{x})^{2}"),
        ("sqrt(x^2 + y^2)", r"\sqrt{x^{2} + y^{2}}"),
        ("abs(x)", r"\left| x \right|"),
        ("relu(x)", r"\operatorname{relu}(x)"),
        ("[x, y]", r"\begin{bmatrix} x \\ y \end{bmatrix}"),
        ("theta + x1", r"\theta + x_{1}"),
        ("1e-5*x", r"1 \cdot 10^{-5} x"),
        ("pi", r"\pi"),
    ],
)  # fmt: skip
def test_writes_mathematics_as_one_does(text: str, tex: str) -> None:
    variables = ("x", "y", "theta", "x1")
    found = to_tex(parse(text, variables=variables, mode="scalar"))
    assert found.replace(r"\left( e^{x} \right)", "(e^{x})") == tex.replace("1 \\cdot 10", "10")


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x'*A*x", r"x^\top A x"),
        ("(A*B)'", r"(A B)^\top"),
        ("inv(A)*b", "A^{-1} b"),
        ("norm2(A*x - b)^2", r"\left\| A x - b \right\|_2^{2}"),
        ("X.*Y", r"X \odot Y"),
        ("kron(A, B)", r"A \otimes B"),
        ("tr(X)", r"\operatorname{tr}(X)"),
    ],
)
def test_writes_matrices_as_one_does(text: str, tex: str) -> None:
    assert to_tex(parse(text, mode="matrix")) == tex


def test_names_have_their_letters_and_indices() -> None:
    assert name_to_tex("x") == "x"
    assert name_to_tex("x12") == "x_{12}"
    assert name_to_tex("W_2") == "W_{2}"
    assert name_to_tex("theta1") == r"\theta_{1}"
    assert name_to_tex("loss") == r"\mathrm{loss}"


@given(strategies.scalar_trees | strategies.lists | strategies.matrix_trees)
@settings(max_examples=60)
def test_the_typesetter_takes_every_formula(tree: Syntax) -> None:
    assert to_mathml(to_tex(tree)).startswith("<math")
