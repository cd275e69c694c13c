"""Marginal likelihood, gradient and posterior against scikit-learn, and what is refused."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.gaussian_process import GaussianProcessRegressor, kernels

from app.gaussian_processes import (
    KERNELS,
    Hyperparameters,
    ProcessError,
    condition_on,
    evidence,
    predict,
)

Array = NDArray[np.float64]


def theirs(chosen: Hyperparameters) -> Any:
    """The same covariance in scikit-learn's kernels."""
    constant, noise = kernels.ConstantKernel, kernels.WhiteKernel(chosen.noise**2)
    signal = constant(chosen.scale**2)
    match chosen.kernel:
        case "squared exponential":
            return signal * kernels.RBF(chosen.length) + noise
        case "Matérn 3/2":
            return signal * kernels.Matern(chosen.length, nu=1.5) + noise
        case "periodic":
            return signal * kernels.ExpSineSquared(chosen.length, chosen.period) + noise
    # s²(1 + xx'/l²) = (s/l)²(l² + xx')
    return constant((chosen.scale / chosen.length) ** 2) * kernels.DotProduct(chosen.length) + noise


def their_gradient(chosen: Hyperparameters, slopes: Array) -> dict[str, float]:
    """By log length, scale, noise (and period): theirs is by log s², log l, (log p,) log σ²."""
    found = {"length": slopes[1], "scale": 2 * slopes[0], "noise": 2 * slopes[-1]}
    if chosen.kernel == "periodic":
        found["period"] = slopes[2]
    if chosen.kernel == "linear":
        found["length"] = slopes[1] - 2 * slopes[0]
    return found


def data(seed: int, n: int) -> tuple[Array, Array]:
    generator = np.random.default_rng(seed)
    x = np.sort(generator.uniform(-4, 4, size=n))
    return x, np.sin(1.3 * x) + 0.2 * generator.normal(size=n)


def size(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(math.log(low), math.log(high)).map(math.exp)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([*KERNELS]), size(0.3, 4), size(0.3, 3), size(0.05, 1), size(0.8, 5),
    st.integers(1, 25),
)  # fmt: skip
def test_value_gradient_and_posterior_are_those_of_scikit_learn(
    kernel: str, length: float, scale: float, noise: float, period: float, n: int
) -> None:
    chosen = Hyperparameters(kernel, length, scale, noise, period)
    x, y = data(n, n)
    process = condition_on(x, y, chosen)
    ours = evidence(process)
    regressor = GaussianProcessRegressor(theirs(chosen), alpha=0.0, optimizer=None)
    regressor.fit(x[:, None], y)
    theta = regressor.kernel_.theta
    value, slopes = regressor.log_marginal_likelihood(theta, eval_gradient=True)
    assert ours.value == pytest.approx(value, rel=1e-9, abs=1e-9)
    expected = their_gradient(chosen, slopes)
    assert ours.gradient == pytest.approx(expected, rel=1e-7, abs=1e-7)
    assert ours.differences == pytest.approx(expected, rel=1e-5, abs=1e-4)
    at = np.linspace(-5, 5, 9)
    posterior = predict(process, at)
    mean, deviation = regressor.predict(at[:, None], return_std=True)
    assert posterior.mean == pytest.approx(mean, rel=1e-8, abs=1e-8)
    # Theirs is the deviation of an observation: noise included.
    own = np.sqrt(np.maximum(deviation**2 - noise**2, 0.0))
    assert posterior.deviation == pytest.approx(own, abs=1e-5)


def test_the_condition_number_is_numpys() -> None:
    x, y = data(3, 20)
    process = condition_on(x, y, Hyperparameters("squared exponential", 1.0, 1.0, 0.01))
    assert evidence(process).condition == pytest.approx(np.linalg.cond(process.covariance, 1))


def test_near_duplicates_need_noise_or_jitter() -> None:
    x, y = np.array([0.0, 1e-9, 1.0]), np.array([0.1, 0.1, 0.5])
    bare = Hyperparameters("squared exponential", 1.0, 1.0, 1e-9)
    with pytest.raises(ProcessError) as refused:
        condition_on(x, y, bare)
    assert "jitter" in (refused.value.problem.hint or "")
    found = evidence(condition_on(x, y, dataclasses.replace(bare, jitter=1e-8)))
    assert 1e7 < found.condition < 1e10
    assert found.gradient["scale"] == pytest.approx(found.differences["scale"], rel=1e-4)


def test_a_jitter_is_noise_that_grows_with_the_scale() -> None:
    x, y = data(5, 8)
    jittered = condition_on(x, y, Hyperparameters("Matérn 3/2", 1.0, 2.0, 0.1, jitter=1e-3))
    noisy = condition_on(x, y, Hyperparameters("Matérn 3/2", 1.0, 2.0, math.sqrt(0.014)))
    assert evidence(jittered).value == pytest.approx(evidence(noisy).value)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"kernel": "matern"}, "no kernel"),
        ({"length": 0.0}, "length scale must lie"),
        ({"noise": -1.0}, "noise must lie"),
        ({"scale": 1e7}, "scale must lie"),
        ({"jitter": 1.0}, "jitter must lie"),
    ],
)
def test_refusals(change: dict[str, Any], part: str) -> None:
    x, y = data(1, 3)
    chosen = dataclasses.replace(Hyperparameters("linear", 1.0, 1.0, 0.1), **change)
    with pytest.raises(ProcessError, match=part):
        condition_on(x, y, chosen)


def test_sizes_are_bounded() -> None:
    chosen = Hyperparameters("linear", 1.0, 1.0, 0.1)
    for n in (0, 201):
        with pytest.raises(ProcessError, match="1 to 200"):
            condition_on(np.zeros(n), np.zeros(n), chosen)
    with pytest.raises(ProcessError, match="up to 500"):
        condition_on(np.zeros(1), np.zeros(1), chosen, np.zeros(501))
    with pytest.raises(ProcessError, match="finite"):
        condition_on(np.zeros(1), np.full(1, np.nan), chosen)
