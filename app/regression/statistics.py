"""What a fit leaves over: residuals, R², leverage and standard errors.

Formulas as in Seber & Lee, Linear Regression Analysis, chapters 3 and 10: with r = y − Xw and
rank p, s² = ‖r‖²/(m − p), leverage h = diag(X(XᵀX)⁺Xᵀ), covariance of the weights s²(XᵀX)⁺,
standard errors the roots of its diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.regression.least_squares import decompose

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class FitStatistics:
    """``residuals`` and ``leverage`` have m entries; ``standard_errors`` n and
    ``covariance`` n×n, or None without degrees of freedom or with dependent columns;
    ``r_squared`` is None for a constant target."""

    residuals: Vector
    fitted: Vector
    leverage: Vector
    degrees_of_freedom: int
    residual_standard_error: float | None
    standard_errors: Vector | None
    covariance: Matrix | None
    r_squared: float | None


def fit_statistics(X: Matrix, y: Vector, weights: Vector, *, intercept: bool) -> FitStatistics:
    """Statistics of the fit ``weights`` (n) of y (m) by X (m×n).

    With an intercept R² compares with the mean of y, without one with zero.
    """
    fitted = X @ weights
    residuals = y - fitted
    found = decompose(X)
    freedom = len(y) - found.rank
    spread = float(np.sqrt(residuals @ residuals / freedom)) if freedom > 0 else None
    errors = covariance = None
    if spread is not None and found.rank == X.shape[1]:
        factor = spread * found.pseudoinverse_factor
        errors, covariance = np.linalg.norm(factor, axis=1), factor @ factor.T
    return FitStatistics(
        residuals=residuals,
        fitted=fitted,
        leverage=(found.U**2).sum(axis=1),
        degrees_of_freedom=freedom,
        residual_standard_error=spread,
        standard_errors=errors,
        covariance=covariance,
        r_squared=_r_squared(y, residuals, intercept),
    )


def _r_squared(y: Vector, residuals: Vector, intercept: bool) -> float | None:
    centred = y - y.mean() if intercept else y
    total = float(centred @ centred)
    return 1.0 - float(residuals @ residuals) / total if total > 0.0 else None
