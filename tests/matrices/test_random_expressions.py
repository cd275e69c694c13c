"""What must hold for every expression: random ones of up to 25 parts, over all operations.

The derivative is compared with difference quotients of values that come straight from the syntax
tree, so that neither the engine's nodes nor its evaluator can hide a mistake.  Set
``NABLA_RANDOM_EXPRESSIONS`` to try thousands.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.expressions import ExpressionError
from app.matrices import Derivative, differentiate, elaborate, simplify, to_text
from app.matrices.evaluation import evaluate
from app.matrices.points import Point, random_points
from tests.support.cases import laid_out
from tests.support.matrix_values import value_of
from tests.support.random_expressions import GIVEN, VARIABLES, RandomExpressions

Array = npt.NDArray[np.float64]
EXAMPLES = int(os.environ.get("NABLA_RANDOM_EXPRESSIONS", "400"))
STEP = 2e-4
MOST_PARTS = 250
"""Longer results are no text that a reader could have typed, and are refused as such."""
TOLERANCE = 2e-6
SHAPES = ("s", "s", "s", "n", "m", "mn", "nn", "stacked")

seeds = st.integers(0, 10**9)
with_examples = settings(max_examples=EXAMPLES)


@dataclass(frozen=True)
class Sample:
    """A text, a variable that occurs in it, and a point at which it can be differentiated."""

    text: str
    variable: str
    point: Point


def draw(seed: int) -> Sample:
    """A sample for a seed; seeds that give none are passed over."""
    source = RandomExpressions(seed)
    shape, budget = source.random.choice(SHAPES), source.random.randint(3, 16)
    text = source.stacked(budget) if shape == "stacked" else source.draw(shape, budget)
    names = [name for name in VARIABLES if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z(])", text)]
    assume(names)
    problem = elaborate(text, GIVEN)
    point = next(random_points([problem.node], problem.symbols, seed % 1000), None)
    assume(point is not None)
    assert point is not None
    return Sample(text, source.random.choice(names), point)


def derivative_of(sample: Sample) -> Derivative:
    try:
        return differentiate(sample.text, [sample.variable], GIVEN)
    except ExpressionError as error:
        assume(error.code != "too-large")
        raise


def values_of(sample: Sample) -> dict[str, Array]:
    return dict(sample.point.values)


def quotient(sample: Sample, step: float) -> Array:
    """d f[i,j] / d x[k,l] with four axes, by central differences of fourth order."""
    base = values_of(sample)[sample.variable]
    columns = []
    for index in np.ndindex(base.shape):
        direction = np.zeros(base.shape)
        direction[index] = step
        near, far = (
            value_at(sample, base + factor * direction)
            - value_at(sample, base - factor * direction)
            for factor in (1, 2)
        )
        columns.append((8 * near - far) / (12 * step))
    return np.stack(columns, axis=-1).reshape((*columns[0].shape, *base.shape))


def value_at(sample: Sample, x: Array) -> Array:
    values = {**values_of(sample), sample.variable: x}
    with np.errstate(all="ignore"):
        return value_of(sample.text, values, sample.point.sizes)


def arguments(derivative: Derivative, sample: Sample) -> dict[str, Any]:
    """The values as the NumPy source takes them: numbers, vectors and matrices."""
    kinds = {name: node.shape.kind for name, node in derivative.symbols.items()}
    take = {"scalar": lambda v: float(v.item()), "column": lambda v: v[:, 0]}
    return {
        name: take.get(kinds[name], lambda v: v)(value) for name, value in values_of(sample).items()
    }


def error_of(found: Array, expected: Array) -> float:
    assert found.shape == expected.shape
    return float(np.max(np.abs(found - expected)) / max(1.0, np.max(np.abs(expected))))


@with_examples
@given(seeds)
def test_the_derivative_agrees_with_difference_quotients(seed: int) -> None:
    sample = draw(seed)
    derivative = derivative_of(sample)
    array, coarse = quotient(sample, STEP), quotient(sample, 3 * STEP)
    assume(np.all(np.isfinite(array)) and error_of(coarse, array) < TOLERANCE / 10)
    shape = derivative.node.shape.kind
    assume(
        derivative.numerator.node.size < MOST_PARTS
        and derivative.denominator.node.size < MOST_PARTS
    )
    axes = {"scalar": 0, "matrix": 2}.get(shape, 1)
    by = {"scalar": 0, "matrix": 2}.get(derivative.variables[0].shape.kind, 1)
    lead, trail = array.shape[:2], array.shape[2:]
    entries = {0: (), 1: (lead[0] * lead[1],), 2: lead}[axes]
    array = array.reshape((*entries, *{0: (), 1: (trail[0],), 2: trail}[by]))
    namespace: dict[str, Any] = {}
    exec(derivative.numpy, namespace)  # noqa: S102 - our own source, not a reader's
    with np.errstate(all="ignore"):
        returned = namespace["derivative"](**arguments(derivative, sample))
    assert error_of(np.asarray(returned), array) < TOLERANCE, (sample.text, sample.variable)
    for layout in ("numerator", "denominator"):
        expected = laid_out(array, axes, layout)
        text = getattr(derivative, layout).text
        found = value_of(text, values_of(sample), sample.point.sizes, expected.shape)
        assert error_of(found, expected) < TOLERANCE, (sample.text, sample.variable, layout)


@with_examples
@given(seeds)
def test_simplification_never_changes_the_value(seed: int) -> None:
    sample = draw(seed)
    node = elaborate(sample.text, GIVEN).node
    before = evaluate(node, sample.point.values, sample.point.sizes)
    after = evaluate(simplify(node), sample.point.values, sample.point.sizes)
    assert error_of(after, before) < 1e-9


@with_examples
@given(seeds)
@example(1926)
def test_what_is_printed_is_read_back_as_the_same(seed: int) -> None:
    sample = draw(seed)
    derivative = derivative_of(sample)
    for node in (derivative.node, derivative.numerator.node, derivative.denominator.node):
        assume(node.size < MOST_PARTS)
        text = to_text(node)
        again = elaborate(text, GIVEN).node
        assert again == node
        assert to_text(again) == text


@with_examples
@given(seeds)
def test_one_layout_is_the_transpose_of_the_other(seed: int) -> None:
    sample = draw(seed)
    derivative = derivative_of(sample)
    results = [derivative.numerator.node, derivative.denominator.node]
    assert results[0].shape.rows == results[1].shape.columns
    assert results[0].shape.columns == results[1].shape.rows
    first, second = (evaluate(r, sample.point.values, sample.point.sizes) for r in results)
    assume(np.all(np.isfinite(first)))
    assert error_of(second.T, first) < 1e-9


@with_examples
@given(seeds)
def test_every_line_is_linear_in_the_increment_and_equal_to_the_first(seed: int) -> None:
    sample = draw(seed)
    derivative = derivative_of(sample)
    rng = np.random.default_rng(seed)
    shape = values_of(sample)[sample.variable].shape
    one, other = rng.normal(size=shape), rng.normal(size=shape)

    def line(node: Any, step: Array) -> Array:
        values = {**values_of(sample), f"d{sample.variable}": step}
        return evaluate(node, values, sample.point.sizes)

    first = line(derivative.steps[0].node, 2 * one - 3 * other)
    assume(np.all(np.isfinite(first)))
    for step in derivative.steps:
        combined = 2 * line(step.node, one) - 3 * line(step.node, other)
        assert error_of(combined, first) < 1e-7, step.text


@pytest.mark.parametrize("seed", range(40))
def test_second_derivatives_agree_with_difference_quotients(seed: int) -> None:
    source = RandomExpressions(seed)
    text = source.draw("s", source.random.randint(3, 9))
    names = [name for name in VARIABLES if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z(])", text)]
    if not names:
        pytest.skip("nothing varies")
    pair = (source.random.choice(names), source.random.choice(names))
    try:
        assert differentiate(text, pair, GIVEN).check.max_relative_error < 1e-6
    except ExpressionError as error:
        if "No point" not in str(error):
            raise
