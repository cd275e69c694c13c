"""How many digits a least-squares problem costs before any method is chosen.

κ(X) = σ₁/σₙ, and κ(XᵀX) = κ(X)²: the normal equations start with twice the loss of digits
(Higham, Accuracy and Stability of Numerical Algorithms, 20.4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGITS = 15.95
"""Decimal digits of a double: −log₁₀ of the unit roundoff 2⁻⁵³."""


@dataclass(frozen=True)
class Conditioning:
    """2-norm condition numbers (infinite for dependent columns) and the digits they may cost."""

    X: float
    gram: float

    @property
    def digits_lost(self) -> float:
        """Digits that QR or SVD may lose, at most all of them."""
        return digits(self.X)

    @property
    def digits_lost_by_normal_equations(self) -> float:
        """Digits that forming XᵀX may lose."""
        return digits(self.gram)


def digits(condition_number: float) -> float:
    """log₁₀ κ, between 0 and the digits of a double."""
    if not condition_number > 1.0:
        return 0.0
    return min(DIGITS, math.log10(condition_number))


def conditioning(X: NDArray[np.float64]) -> Conditioning:
    """Condition numbers of X (m×n) and, from the same singular values, of XᵀX (n×n)."""
    singular = np.linalg.svd(X, compute_uv=False)
    smallest = float(singular[-1]) if X.shape[0] >= X.shape[1] and singular.size else 0.0
    largest = float(singular[0]) if singular.size else 0.0
    kappa = largest / smallest if smallest > 0.0 and largest > 0.0 else math.inf
    return Conditioning(kappa, kappa * kappa)
