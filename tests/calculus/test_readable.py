"""Derivatives that one reads: short, right, and never shown when two derivations differ."""

from __future__ import annotations

import time

import numpy as np
import pytest
import sympy
from hypothesis import given, settings

from app.calculus import entries_of, evaluate, jacobian_tape, value_tape
from app.calculus.readable import (
    Disagreement,
    compare,
    readable_hessian,
    readable_jacobian,
    sample_points,
)
from app.calculus.recover import Unreadable, to_syntax
from app.calculus.symbolic import symbols, to_sympy
from app.calculus.tidy import OutOfTime, shortest, within
from app.expressions import parse, to_text
from app.expressions.syntax import Syntax
from tests.expressions import strategies


def _tree(text: str, variables: str = "x y") -> Syntax:
    return parse(text, variables=variables.split(), mode="scalar")


@pytest.mark.parametrize(
    ("variables", "text", "jacobian"),
    [
        ("x y", "[x^2 - y^2, 2 x y]", [["2*x", "-2*y"], ["2*y", "2*x"]]),
        ("r theta", "[r cos θ, r sin θ]",
         [["cos(theta)", "-r*sin(theta)"], ["sin(theta)", "r*cos(theta)"]]),
        ("x y", "sqrt(x^2 + y^2)", [["x/sqrt(x^2 + y^2)", "y/sqrt(x^2 + y^2)"]]),
        ("x y", "(x^2 - y^2)/(x^2 + y^2)",
         [["4*x*y^2/(x^2 + y^2)^2", "-4*x^2*y/(x^2 + y^2)^2"]]),
        ("x y", "1/3 x^3 + 0.1 y^2", [["x^2", "y/5"]]),
        ("x y", "atan2(y, x)", [["-y/(x^2 + y^2)", "x/(x^2 + y^2)"]]),
        ("x y", "relu(x) + abs(y)", [["sign(x)/2 + 1/2", "sign(y)"]]),
        ("x y", "sigmoid(x) + softplus(y)", [["sigmoid(-x)*sigmoid(x)", "sigmoid(y)"]]),
        ("x", "e^x/(1 + e^x)", [["exp(x)/(exp(x) + 1)^2"]]),
        ("x y", "x^y", [["x^y*y/x", "x^y*log(x)"]]),
        ("x", "0.001 x^2", [["0.002*x"]]),
        ("x", "sin(x)^2 + cos(x)^2", [["0"]]),
        ("p", "log(p) - log(1 - p)", [["1/(p*(1 - p))"]]),
        ("x y", "-log(x + y)", [["-1/(x + y)", "-1/(x + y)"]]),
    ],
)  # fmt: skip
def test_reads_as_in_a_book(variables: str, text: str, jacobian: list[list[str]]) -> None:
    entries = entries_of(_tree(text, variables))
    found = readable_jacobian(entries, variables.split()).matrices["jacobian"]
    assert _equal_up_to_order([[to_text(entry) for entry in row] for row in found], jacobian)


def _equal_up_to_order(found: list[list[str]], expected: list[list[str]]) -> bool:
    """SymPy may order the factors of a product differently from version to version."""
    return [[sorted(e) for e in row] for row in found] == [
        [sorted(e) for e in row] for row in expected
    ]


def test_gradient_and_hessian_are_read_together() -> None:
    found = readable_hessian(_tree("x^2 y"), ("x", "y")).matrices
    assert [[to_text(e) for e in row] for row in found["gradient"]] == [["2*x*y", "x^2"]]
    assert [[to_text(e) for e in row] for row in found["hessian"]] == [
        ["2*y", "2*x"],
        ["2*x", "0"],
    ]


def test_a_modulus_that_sympy_finds_by_itself_has_our_derivatives() -> None:
    found = readable_hessian(_tree("sqrt(x^2) y", "x y"), ("x", "y")).matrices
    assert [[to_text(e) for e in row] for row in found["hessian"]] == [
        ["0", "sign(x)"],
        ["sign(x)", "0"],
    ]


def test_a_wrong_form_is_an_error_and_not_an_answer() -> None:
    tape = jacobian_tape((_tree("x^2 y"),), ("x", "y"))
    right = ((_tree("2 x y"), _tree("x^2")),)
    compare("jacobian", right, tape, ("x", "y"))
    wrong = ((_tree("2 x y"), _tree("x^2 + 0.001")),)
    with pytest.raises(Disagreement):
        compare("jacobian", wrong, tape, ("x", "y"))


def test_rounding_alone_is_no_disagreement() -> None:
    text = "tan(tan(tan(tan(x + y))))"
    assert readable_jacobian((_tree(text),), ("x", "y")).matrices


@given(strategies.scalar_trees)
@settings(max_examples=60)
def test_there_and_back_through_sympy_keeps_the_value(tree: Syntax) -> None:
    names = symbols(strategies.VARIABLES)
    expression = to_sympy(tree, names)
    if expression.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I):
        return
    back = to_syntax(expression)
    points = sample_points(len(names))
    before, after = (
        evaluate(value_tape((each,), strategies.VARIABLES), points)["value"]
        for each in (tree, back)
    )
    both = np.isfinite(before) & np.isfinite(after) & (np.abs(before) < 1e8)
    np.testing.assert_allclose(after[both], before[both], rtol=1e-6, atol=1e-6)


def test_what_the_language_has_no_word_for_is_not_guessed() -> None:
    with pytest.raises(Unreadable):
        to_syntax(sympy.gamma(sympy.Symbol("x")))
    with pytest.raises(Unreadable):
        to_syntax(sympy.I)


def test_numbers_come_back_as_people_write_them() -> None:
    for value, text in [
        (sympy.Rational(1, 2), "1/2"),
        (sympy.Rational(-3, 4), "-3/4"),
        (sympy.Rational(1, 1000), "0.001"),
        (sympy.Rational(3, 10), "0.3"),
        (sympy.Rational(3, 16), "3/16"),
        (sympy.Rational(1, 300), "1/300"),
        (sympy.Float(2.5), "2.5"),
        (sympy.Integer(10) ** 60, "1e60"),
    ]:
        assert to_text(to_syntax(value)) == text


def test_shortening_stops_at_its_deadline() -> None:
    x, y = sympy.symbols("x y", real=True)
    slow = sum(sympy.sin(k * x) * sympy.cos(k * y + x) for k in range(1, 25))
    started = time.process_time()
    assert shortest(slow, 0.05)
    assert time.process_time() - started < 1.0


def test_an_alarm_rings_through_what_catches_exceptions() -> None:
    def stubborn() -> None:
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue

    with pytest.raises(OutOfTime), within(0.05):
        stubborn()
