"""Derivatives by accumulation: right, of linear size, the same forwards and backwards."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.calculus import entries_of, evaluate, hessian_tape, jacobian_tape
from app.calculus.accumulate import _backward, _dependencies, _forward
from app.calculus.build import _graph
from app.calculus.graph import Graph
from app.expressions import parse
from app.expressions.syntax import Syntax
from tests.expressions import strategies

VARIABLES = strategies.VARIABLES
POINT = np.array([0.7, 1.3, -0.4, 2.1])


def _tree(text: str, variables: str = "xy") -> Syntax:
    return parse(text, variables=variables, mode="scalar")


@given(strategies.scalar_trees)
@settings(max_examples=150)
def test_agrees_with_central_differences_where_those_settle(tree: Syntax) -> None:
    tape = jacobian_tape((tree,), VARIABLES)
    exact = evaluate(tape, POINT)["jacobian"][0]
    for j, derivative in enumerate(exact):
        coarse, fine = (_difference(tree, j, step) for step in (2e-4, 1e-4))
        settled = abs(coarse - fine) <= 1e-6 * max(1.0, abs(fine))
        if settled and np.isfinite(derivative) and abs(fine) < 1e6:
            assert derivative == pytest.approx(fine, rel=1e-4, abs=1e-4)


def _difference(tree: Syntax, j: int, step: float) -> float:
    tape = jacobian_tape((tree,), VARIABLES)
    ahead, behind = POINT.copy(), POINT.copy()
    ahead[j] += step
    behind[j] -= step
    with np.errstate(all="ignore"):
        rise = evaluate(tape, ahead)["value"] - evaluate(tape, behind)["value"]
        return float(rise[0] / (2 * step))


@given(strategies.scalar_trees)
@settings(max_examples=100)
def test_forwards_and_backwards_agree(tree: Syntax) -> None:
    graph, outputs = _graph((tree,), VARIABLES)
    order = _dependencies(graph, outputs)
    row = _backward(graph, order, outputs[0], graph.inputs)
    column = [_forward(graph, order, outputs, variable)[0] for variable in graph.inputs]
    found = evaluate(graph.tape({"row": row, "column": tuple(column)}), POINT)
    both = np.isfinite(found["row"]) & np.isfinite(found["column"])
    np.testing.assert_allclose(found["row"][both], found["column"][both], rtol=1e-9, atol=1e-12)


def test_gradients_grow_linearly_and_do_not_swell() -> None:
    sizes = []
    for depth in (10, 20, 40):
        text = "sin(x y + " * depth + "x" + ")" * depth
        sizes.append(len(hessian_tape(_tree(text), "xy").steps))
    assert sizes[2] - sizes[1] == pytest.approx(2 * (sizes[1] - sizes[0]), rel=0.05)
    assert sizes[2] < 40 * 40


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("abs(x)", 0.0, 0.0),
        ("relu(x)", 0.0, 0.5),
        ("sign(x)", 0.0, 0.0),
        ("max(x, 0)", 0.0, 0.5),
        ("min(x, 0)", 0.0, 0.5),
        ("sqrt(x)", 0.0, np.inf),
    ],
)
def test_where_there_is_no_derivative_the_documented_value_stands(
    text: str, at: float, expected: float
) -> None:
    tape = jacobian_tape((_tree(text, "x"),), "x")
    assert evaluate(tape, (at,))["jacobian"][0, 0] == expected


def test_hessians_are_those_of_the_textbook() -> None:
    tape = hessian_tape(_tree("x^3 y + exp(x y)"), "xy")
    x, y = 0.5, -1.5
    e = np.exp(x * y)
    found = evaluate(tape, (x, y))
    np.testing.assert_allclose(found["gradient"], [3 * x**2 * y + y * e, x**3 + x * e])
    mixed = 3 * x**2 + e + x * y * e
    np.testing.assert_allclose(found["hessian"], [[6 * x * y + y**2 * e, mixed], [mixed, x**2 * e]])


def test_what_does_not_depend_on_a_variable_is_exactly_zero() -> None:
    """No 0·∞: the derivative of f(y) by x is 0 even where f is infinite."""
    tape = jacobian_tape(entries_of(_tree("[1/y, x]")), "xy")
    np.testing.assert_array_equal(evaluate(tape, (1.0, 0.0))["jacobian"][0], [0.0, -np.inf])


def test_common_parts_are_computed_once() -> None:
    tape = jacobian_tape((_tree("exp(x y) + exp(x y) sin(exp(x y))"),), "xy")
    assert sum(step.name == "exp" for step in tape.steps) == 1


def test_constants_are_folded_as_far_as_ieee_allows() -> None:
    graph = Graph(("x",))
    (x,) = graph.inputs
    one, zero, two = map(graph.constant, (1.0, 0.0, 2.0))
    assert graph.mul(x, one) == x
    assert graph.mul(one, x) == x
    assert graph.div(x, one) == x
    assert graph.neg(graph.neg(x)) == x
    assert graph.add(one, one) == two
    assert graph.mul(x, zero) not in {x, zero}  # NaN and infinity times 0 are NaN
    assert graph.div(one, zero) not in graph.values  # not finite: left to run time
