"""Small instances: their numbers are the derivative, and small enough to follow by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.matrices import differentiate
from app.matrices.evaluation import evaluate
from app.matrices.instance import MOST_ENTRIES, numeric_instance

CASES = [
    ("A*X*B", "X", ""),
    ("inv(X)", "X", "X: n,n"),
    ("X'*X", "X", "X: m,n"),
    ("tanh(W*x + b)", "W", "b: m"),
    ("X*S*X'", "X", "S: n,n positive-definite"),
    ("x*y'", "x", ""),
    ("D*X", "D", "D: n,n diagonal; X: n,m"),
    ("Q*X", "X", "Q: n,n orthogonal"),
]


@pytest.mark.parametrize(("expression", "wrt", "given"), CASES)
def test_every_column_is_the_effect_of_one_unit(expression: str, wrt: str, given: str) -> None:
    derivative = differentiate(expression, [wrt], given)
    instance = numeric_instance(derivative)
    assert instance is not None
    base = instance.values[wrt]
    for column in range(base.size):
        step = np.zeros_like(base)
        step[column % len(base), column // len(base)] = 1e-5
        ahead, behind = (
            evaluate(derivative.node, {**instance.values, wrt: base + sign * step}, instance.sizes)
            for sign in (1, -1)
        )
        effect = ((ahead - behind) / 2e-5).T.reshape(-1)
        assert instance.matrix[:, column] == pytest.approx(effect, abs=1e-6)


@pytest.mark.parametrize(("expression", "wrt", "given"), CASES)
def test_instances_are_small_and_legible(expression: str, wrt: str, given: str) -> None:
    instance = numeric_instance(differentiate(expression, [wrt], given))
    assert instance is not None
    assert instance.matrix.shape == (np.prod(instance.of), np.prod(instance.by))
    assert instance.matrix.size <= MOST_ENTRIES
    assert max(instance.sizes.values()) <= 3
    visible = np.abs(instance.matrix)
    assert np.all((visible < 1e-12 * visible.max()) | (visible > 0.005))


def test_declared_properties_hold() -> None:
    instance = numeric_instance(differentiate("X*S*X'", ["X"], "S: n,n positive-definite"))
    assert instance is not None
    s = instance.values["S"]
    assert np.array_equal(s, s.T)
    assert np.all(np.linalg.eigvalsh(s) > 0)


@pytest.mark.parametrize(
    ("expression", "wrt", "given"),
    [("x'*A*x", "x", ""), ("A*x", "x", ""), ("A*X*B", "X", "A: 30,40; B: 7,9")],
)
def test_there_is_none_where_it_would_not_help(expression: str, wrt: str, given: str) -> None:
    assert numeric_instance(differentiate(expression, [wrt], given)) is None
