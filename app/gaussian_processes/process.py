"""Marginal likelihood, its gradient, and the posterior, by one Cholesky decomposition.

Sources: Rasmussen & Williams, algorithm 2.1 and equation 5.9; the derivation stands in the book's
lesson on Gaussian processes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.gaussian_processes.errors import ProcessError, process_error
from app.gaussian_processes.kernels import KERNELS, Array
from app.gaussian_processes.model import Evidence, Hyperparameters, Posterior, check

STEP = 1e-5
"""Of central differences, in the logarithm: near the cube root of the machine precision."""


@dataclass(frozen=True)
class Process:
    """Observations (n inputs x and n outputs y) and hyperparameters, checked and factorised."""

    x: Array
    y: Array
    chosen: Hyperparameters
    covariance: Array
    L: Array
    """Lower triangular, LL' = K."""
    alpha: Array
    """K⁻¹y."""


def condition_on(x: Array, y: Array, chosen: Hyperparameters, at: Array | None = None) -> Process:
    """The process given n observations.

    Raises ProcessError for what is out of bounds (``at`` included), and where K is not positive
    definite in double precision: a pivot is below the rounding error of its sum, n ulp.
    """
    check(x, y, chosen, np.empty(0) if at is None else at)
    with np.errstate(under="ignore"):
        K = _covariance(x, chosen)
    try:
        L: Array = np.linalg.cholesky(K).astype(np.float64, copy=False)
        bad = np.diag(L) ** 2 <= len(x) * np.finfo(float).eps * np.diag(K)
    except np.linalg.LinAlgError:
        raise _not_definite() from None
    if bad.any():
        raise _not_definite()
    alpha = np.linalg.solve(L.T, np.linalg.solve(L, y))
    return Process(x, y, chosen, K, L, alpha)


def _not_definite() -> ProcessError:
    message = "The covariance matrix is not positive definite in double precision."
    hint = "Add more noise or a jitter, such as 1e-8: some inputs are too alike for this kernel."
    return process_error("singular", message, hint)


def _covariance(x: Array, chosen: Hyperparameters) -> Array:
    return _signal(x, x, chosen) + _diagonal(chosen) * np.eye(len(x))


def _signal(a: Array, b: Array, chosen: Hyperparameters) -> Array:
    value = KERNELS[chosen.kernel].value(a[:, None], b[None, :], chosen.length, chosen.period)
    return chosen.scale**2 * value


def _diagonal(chosen: Hyperparameters) -> float:
    return chosen.noise**2 + chosen.jitter * chosen.scale**2


def evidence(process: Process) -> Evidence:
    """The log marginal likelihood with its gradient in logarithms and the condition of K."""
    identity = np.eye(len(process.x))
    inverse_factor = np.linalg.solve(process.L, identity)
    inverse = inverse_factor.T @ inverse_factor
    cotangent = (np.outer(process.alpha, process.alpha) - inverse) / 2
    with np.errstate(under="ignore"):
        slopes = {name: float((cotangent * D).sum()) for name, D in _derivatives(process).items()}
    fit, complexity, constant = _parts(process)
    norms = [float(np.abs(each).sum(axis=0).max()) for each in (process.covariance, inverse)]
    return Evidence(
        fit, complexity, constant, slopes, _differences(process, slopes),
        norms[0] * norms[1], process.alpha,
    )  # fmt: skip


def _parts(process: Process) -> tuple[float, float, float]:
    fit = -float(process.y @ process.alpha) / 2
    complexity = -float(np.log(np.diag(process.L)).sum())
    return fit, complexity, -len(process.y) * math.log(2 * math.pi) / 2


def _derivatives(process: Process) -> Mapping[str, Array]:
    """∂K/∂log θ for each hyperparameter θ, n×n."""
    chosen, a, b = process.chosen, process.x[:, None], process.x[None, :]
    kernel, identity = KERNELS[chosen.kernel], np.eye(len(process.x))
    square = chosen.scale**2
    found = {
        "length": square * kernel.by_length(a, b, chosen.length, chosen.period),
        "scale": 2 * (process.covariance - chosen.noise**2 * identity),
        "noise": 2 * chosen.noise**2 * identity,
    }
    if kernel.by_period is not None:
        found["period"] = square * kernel.by_period(a, b, chosen.length, chosen.period)
    return found


def _differences(process: Process, names: Mapping[str, float]) -> dict[str, float]:
    """∂L/∂log θ by central differences; NaN where a neighbour is out of bounds or not definite."""
    return {name: _difference(process, name) for name in names}


def _difference(process: Process, name: str) -> float:
    values = []
    for sign in (1, -1):
        moved = {name: getattr(process.chosen, name) * math.exp(sign * STEP)}
        try:
            neighbour = condition_on(process.x, process.y, replace(process.chosen, **moved))
        except ProcessError:
            return math.nan
        values.append(sum(_parts(neighbour)))
    return (values[0] - values[1]) / (2 * STEP)


def predict(process: Process, at: Array) -> Posterior:
    """Mean and standard deviation of f at the inputs ``at`` (m numbers), given the observations."""
    with np.errstate(under="ignore"):
        cross = _signal(process.x, at, process.chosen)
        own = np.array([_signal(each, each, process.chosen)[0, 0] for each in at[:, None]])
        V = np.linalg.solve(process.L, cross)
    variance = own - (V**2).sum(axis=0)
    return Posterior(cross.T @ process.alpha, np.sqrt(np.maximum(variance, 0.0)))
