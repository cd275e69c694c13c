"""The target of variational inference, the Gaussian that approximates it, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.diagnostics import NablaError, Problem

Array = NDArray[np.float64]

MEAN: Final = 1e3
"""The largest mean, of either sign."""
DEVIATIONS: Final = (1e-3, 1e3)
CORRELATION: Final = 0.9999
CURVATURE: Final = 1e2
WIDTHS: Final = (1e-3, 1e3)
"""Bounds of the diagonal of L; the entry below it has the upper one in size."""


class VariationalError(NablaError):
    """A target or an approximation that cannot be used."""


@dataclass(frozen=True)
class Target:
    """log p(x, z) = −½(T(z) − μ)'P(T(z) − μ) with P the inverse of the covariance matrix.

    T(z) = (z₁, z₂ − b((z₁ − μ₁)² − s₁²)) with b the ``curvature``: 0 is a Gaussian, else a banana.
    """

    mean: tuple[float, float]
    deviations: tuple[float, float]
    correlation: float
    curvature: float = 0.0

    @property
    def precision(self) -> Array:
        """P, 2×2."""
        s1, s2 = self.deviations
        mixed = -self.correlation / (s1 * s2)
        return np.array([[s1**-2, mixed], [mixed, s2**-2]]) / (1 - self.correlation**2)

    @property
    def variances(self) -> Array:
        """Of z₁ and z₂, the bend included."""
        s1, s2 = self.deviations
        return np.array([s1**2, s2**2 + 2 * self.curvature**2 * s1**4])

    @property
    def evidence(self) -> float:
        """log p(x): T has the Jacobian determinant 1, so the bend does not change it."""
        product = float(np.prod(self.deviations))
        return float(np.log(2 * np.pi * product) + 0.5 * np.log1p(-(self.correlation**2)))


@dataclass(frozen=True)
class Approximation:
    """q = N(m, LL') with L lower triangular, ``factor`` holding L₁₁, L₂₁, L₂₂.

    ``diagonal``: the mean field, where L₂₁ is 0 and no parameter.
    """

    mean: tuple[float, float]
    factor: tuple[float, float, float]
    diagonal: bool = False

    @property
    def lower(self) -> Array:
        """L, 2×2."""
        first, below, second = self.factor
        return np.array([[first, 0.0], [below, second]])


def check(target: Target, q: Approximation) -> None:
    """Raises VariationalError for numbers outside their bounds."""
    for value in target.mean:
        _check("mean of the target", value, -MEAN, MEAN)
    for value in target.deviations:
        _check("standard deviation of the target", value, *DEVIATIONS)
    _check("correlation", target.correlation, -CORRELATION, CORRELATION)
    _check("curvature", target.curvature, -CURVATURE, CURVATURE)
    for value in q.mean:
        _check("mean of the approximation", value, -MEAN, MEAN)
    first, below, second = q.factor
    for value in (first, second):
        _check("diagonal entry of L", value, *WIDTHS)
    _check("entry of L below the diagonal", below, -WIDTHS[1], WIDTHS[1])
    if q.diagonal and below != 0:
        message = "A diagonal covariance has L₂₁ = 0."
        hint = "Give 0 for the second number of the factor, or ask for a full covariance."
        raise VariationalError(Problem(code="shape", message=message, hint=hint))


def _check(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        message = f"The {name} must lie between {low:g} and {high:g}."
        raise VariationalError(Problem(code="too-large", message=message))
