"""Zeros of the gradient near given places: Newton's method, and the round number that was meant."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.calculus.evaluate import evaluate
from app.calculus.intervals import Interval, bounds
from app.calculus.tape import Tape

Vector = NDArray[np.float64]
Matrices = NDArray[Any]


def newton(tape: Tape, starts: Vector, steps: int, until: float = np.inf) -> Vector:
    """Newton's method with least-norm steps from k starts (k×n) at once.

    NaN for those that meet a value that is not finite.
    """
    zeros: Vector = np.array(starts, dtype=float)
    for _ in range(steps):
        outputs = evaluate(tape, list(zeros.T))
        k, n = zeros.shape
        gradient = np.broadcast_to(outputs["gradient"], (n, k)).T
        hessian: Matrices = np.moveaxis(np.broadcast_to(outputs["hessian"], (n, n, k)), -1, 0)
        zeros[~(np.isfinite(gradient).all(axis=1) & np.isfinite(hessian).all(axis=(1, 2)))] = np.nan
        alive = np.isfinite(zeros).all(axis=1)
        inverse: Matrices = np.linalg.pinv(hessian[alive], rcond=1e-12, hermitian=True)
        move = np.einsum("kij,kj->ki", inverse, gradient[alive])
        zeros[alive] -= move
        rest = 1e-16 * np.maximum(1.0, np.abs(zeros[alive]).max(axis=1, initial=0.0))
        if (np.abs(move).max(axis=1, initial=0.0) <= rest).all() or time.monotonic() > until:
            break
    return zeros


def rounded(tape: Tape, zero: Vector, extent: Vector) -> Vector:
    """A degenerate zero is known to few digits: the roundest one near it that may be meant.

    All coordinates at once, or else one after the other; the gradient must remain zero within the
    rounding of its terms.
    """
    n = len(zero)
    for axes in ([np.arange(n)], list(range(n))):
        round_zero = zero
        for axis in axes:
            round_zero = _rounder(tape, round_zero, axis, 1e-3 * extent)
        if round_zero is not zero:
            return round_zero
    return zero


def _rounder(tape: Tape, zero: Vector, axes: Any, reach: Vector) -> Vector:
    for digits in range(7):
        candidate = zero.copy()
        candidate[axes] = np.round(candidate[axes], digits) + 0.0
        if (np.abs(candidate - zero) <= reach).all() and _vanishes(tape, candidate):
            return candidate
    return zero


def _vanishes(tape: Tape, place: Vector) -> bool:
    gradient = bounds(tape, [Interval(x, x) for x in place[:, None]])["gradient"]
    return bool(((gradient.low <= 0.0) & (gradient.high >= 0.0)).all())
