"""Weights without rounding: against other exact arithmetic, and the digits that a method keeps."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.regression import design, load_dataset, near_copy_of, regress, with_near_copy
from app.regression.exact import correct_digits, exact_weights
from app.resources import book_root

BULBS = load_dataset("bulbs", book_root() / "content" / "datasets")


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.1, 24.0]))
def test_they_solve_the_normal_equations_of_other_exact_arithmetic(seed: int, ridge: float) -> None:
    generator = np.random.default_rng(seed)
    X, y = generator.normal(size=(9, 4)), generator.normal(size=9)
    X[:, 3] = X[:, 2] * (1 + 1e-9 * X[:, 0])
    penalized = np.array([0.0, 1.0, 1.0, 1.0])
    with mpmath.workdps(120):
        A, b = mpmath.matrix(X.tolist()), mpmath.matrix(y.tolist())
        penalty = mpmath.diag([mpmath.mpf(ridge) * int(p) for p in penalized])
        expected = [float(each) for each in mpmath.lu_solve(A.T * A + penalty, A.T * b)]
    found = exact_weights(X, y, ridge, penalized)
    assert found is not None
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_dependent_columns_and_large_problems_have_none() -> None:
    ones = np.ones((5, 1))
    assert exact_weights(np.hstack([ones, ones]), np.arange(5.0)) is None
    assert exact_weights(np.ones((2, 3)), np.arange(2.0)) is None
    assert exact_weights(np.array([[1e-300], [1.0]]), np.arange(2.0)) is None
    assert exact_weights(np.ones((200_000, 2)), np.ones(200_000)) is None


@pytest.mark.parametrize(
    ("weights", "exact", "digits"),
    [([1.0], [1.0], 15.95), ([1.001], [1.0], 3.0), ([5.0], [1.0], 0.0), ([1.0], [0.0], 0.0)],
)
def test_digits_are_counted(weights: list[float], exact: list[float], digits: float) -> None:
    found = correct_digits(np.array(weights), np.array(exact))
    assert found == pytest.approx(digits, abs=1e-6)
    assert correct_digits(None, np.array(exact)) is None


@pytest.mark.parametrize(
    ("deviation", "condition", "normal_equations", "orthogonal"),
    [(1e-2, 8e5, 3e-9, 6e-13), (1e-4, 8e7, 3e-4, 3e-10), (1e-7, 8e10, None, 3e-7)],
)
def test_a_second_thermometer_takes_the_digits_that_the_lesson_tells(
    deviation: float, condition: float, normal_equations: float | None, orthogonal: float
) -> None:
    """The table of the lesson; rounding differs between machines, so a digit either way is fine."""
    copy = near_copy_of(BULBS, "temperature")
    features = ["voltage", "temperature", "thickness", copy.name]
    table = with_near_copy(BULBS, copy, deviation)
    fit = regress(design(table, target="lifespan", features=features))
    kappa = fit.conditioning.X
    assert kappa == pytest.approx(condition, rel=0.07)
    by_qr = correct_digits(fit.by_qr.weights, fit.exact)
    assert by_qr == pytest.approx(-math.log10(orthogonal), abs=1.2)
    by_cholesky = correct_digits(fit.by_normal_equations.weights, fit.exact)
    if normal_equations is None:
        assert by_cholesky is None or by_cholesky < 1
    else:
        assert by_cholesky == pytest.approx(-math.log10(normal_equations), abs=1.2)
        assert by_qr is not None
        assert by_cholesky is not None
        assert by_qr > by_cholesky + 2


def test_a_near_copy_alternates_about_its_source() -> None:
    copy = near_copy_of(BULBS, "voltage")
    assert (copy.unit, copy.factor, copy.offset) == ("V", 1.0, 0.0)
    values = with_near_copy(BULBS, copy, 0.5).column(copy.name).values
    source = BULBS.column("voltage").values
    np.testing.assert_allclose((values - source)[:2], [0.5 * copy.scale, -0.5 * copy.scale])
    assert copy.scale == pytest.approx(float(source.std()))
