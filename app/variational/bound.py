"""The evidence lower bound of a Gaussian approximation, exactly: the log joint is a polynomial.

With d = m − μ, S = LL', c = s₁², f the second column of P, e the first unit vector and
w = d₁² + S₁₁ − c, the Gaussian moments up to the fourth give

    E[log p] = −½(d'Pd + tr(PS)) + b(w f'd + 2d₁(Sf)₁) − ½b²P₂₂(w² + 4d₁²S₁₁ + 2S₁₁²).

The gradient is E[∇log p] by m, and by L the lower triangle of E[∇²log p]L + L⁻ᵀ.  (Bonnet and
Price; Opper and Archambeau, Neural Computation 21, 2009.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.variational.model import Approximation, Array, Target

STEP: Final = 1e-5
"""Of central differences; for a diagonal entry of L below 1 in proportion to it."""


@dataclass(frozen=True)
class Bound:
    """ℒ = expected + entropy, and its gradient: ``by_mean`` (2) and ``by_factor`` (2×2, lower)."""

    expected: float
    entropy: float
    by_mean: Array
    by_factor: Array

    @property
    def value(self) -> float:
        return self.expected + self.entropy


def evaluate(target: Target, q: Approximation) -> Bound:
    """The bound with its gradient."""
    slope, curvature = _expected_derivatives(target, q)
    lower = q.lower
    by_factor = np.tril(curvature @ lower + np.linalg.inv(lower).T)
    if q.diagonal:
        by_factor = np.diag(np.diag(by_factor))
    entropy = float(np.sum(np.log(np.diag(lower))) + np.log(2 * np.pi) + 1)
    return Bound(_expected(target, q), entropy, slope, by_factor)


def _expected(target: Target, q: Approximation) -> float:
    """E[log p]."""
    precision, b = target.precision, target.curvature
    d, spread = np.subtract(q.mean, target.mean), q.lower @ q.lower.T
    f, first = precision[:, 1], spread[0, 0]
    w = d[0] ** 2 + first - target.deviations[0] ** 2
    straight = -0.5 * (d @ precision @ d + np.sum(precision * spread))
    mixed = w * (f @ d) + 2 * d[0] * (spread @ f)[0]
    fourth = w**2 + 4 * d[0] ** 2 * first + 2 * first**2
    return float(straight + b * mixed - 0.5 * b**2 * precision[1, 1] * fourth)


def _expected_derivatives(target: Target, q: Approximation) -> tuple[Array, Array]:
    """E[∇log p] and E[∇²log p]."""
    precision, b = target.precision, target.curvature
    d, spread = np.subtract(q.mean, target.mean), q.lower @ q.lower.T
    f, first, c = precision[:, 1], spread[0, 0], target.deviations[0] ** 2
    e, square = np.array([1.0, 0.0]), d[0] ** 2 + first
    cubic = d[0] * (d[0] ** 2 + 3 * first - c)
    slope = -precision @ d + b * (2 * (d[0] * (f @ d) + (spread @ f)[0]) * e + (square - c) * f)
    slope = slope - 2 * b**2 * precision[1, 1] * cubic * e
    corner = 2 * b * (f @ d) - 2 * b**2 * precision[1, 1] * (3 * square - c)
    bent = 2 * b * d[0] * (np.outer(f, e) + np.outer(e, f)) + corner * np.outer(e, e)
    return slope, bent - precision


def differences(target: Target, q: Approximation) -> tuple[Array, Array]:
    """The gradient by central differences, in m and in L."""
    m1, m2, first, below, second = (_difference(target, q, which) for which in range(5))
    return np.array([m1, m2]), np.array([[first, 0.0], [0.0 if q.diagonal else below, second]])


def _difference(target: Target, q: Approximation, which: int) -> float:
    """By one of m₁, m₂, L₁₁, L₂₁, L₂₂."""
    entries = np.array([*q.mean, *q.factor])
    step = STEP * min(1.0, entries[which]) if which in (2, 4) else STEP
    values = []
    for end in (-step, step):
        m1, m2, *factor = (entries + end * (np.arange(5) == which)).tolist()
        first, below, second = factor
        values.append(evaluate(target, Approximation((m1, m2), (first, below, second))).value)
    return float(values[1] - values[0]) / (2 * step)
