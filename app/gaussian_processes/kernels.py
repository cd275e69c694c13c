"""Kernels of one input, and the derivatives of their covariance matrices by logarithms.

Every kernel has a length scale l > 0 and a scale s > 0, the periodic one a period p > 0 as well.
Sources: Rasmussen & Williams, Gaussian Processes for Machine Learning, chapter 4 (squared
exponential 4.9, Matérn 3/2 4.17, periodic 4.31, linear as the polynomial kernel of degree 1).
``static/math/gaussian-process/kernels.js`` has the same in the browser.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rule = Callable[[Array, Array, float, float], Array]
"""Of inputs a (n×1) and b (1×m), length and period: n×m numbers, for s = 1."""


@dataclass(frozen=True)
class Kernel:
    """Covariance k for s = 1, with ∂k/∂log l and, where there is a period, ∂k/∂log p."""

    name: str
    value: Rule
    by_length: Rule
    by_period: Rule | None = None


def _square(a: Array, b: Array, length: float) -> Array:
    return ((a - b) / length) ** 2


def _squared_exponential(a: Array, b: Array, length: float, period: float) -> Array:
    return np.exp(-_square(a, b, length) / 2)


def _squared_exponential_by_length(a: Array, b: Array, length: float, period: float) -> Array:
    squares = _square(a, b, length)
    return squares * np.exp(-squares / 2)


def _scaled_distance(a: Array, b: Array, length: float) -> Array:
    return math.sqrt(3.0) * np.abs(a - b) / length


def _matern(a: Array, b: Array, length: float, period: float) -> Array:
    q = _scaled_distance(a, b, length)
    return (1 + q) * np.exp(-q)


def _matern_by_length(a: Array, b: Array, length: float, period: float) -> Array:
    q = _scaled_distance(a, b, length)
    return q**2 * np.exp(-q)


def _periodic(a: Array, b: Array, length: float, period: float) -> Array:
    return np.exp(-2 * (np.sin(np.pi * (a - b) / period) / length) ** 2)


def _periodic_by_length(a: Array, b: Array, length: float, period: float) -> Array:
    squares = (np.sin(np.pi * (a - b) / period) / length) ** 2
    return 4 * squares * np.exp(-2 * squares)


def _periodic_by_period(a: Array, b: Array, length: float, period: float) -> Array:
    turn = np.pi * (a - b) / period
    return 2 * turn * np.sin(2 * turn) / length**2 * _periodic(a, b, length, period)


def _linear(a: Array, b: Array, length: float, period: float) -> Array:
    return 1 + a * b / length**2


def _linear_by_length(a: Array, b: Array, length: float, period: float) -> Array:
    return -2 * a * b / length**2


KERNELS: Mapping[str, Kernel] = {
    kernel.name: kernel
    for kernel in (
        Kernel("squared exponential", _squared_exponential, _squared_exponential_by_length),
        Kernel("Matérn 3/2", _matern, _matern_by_length),
        Kernel("periodic", _periodic, _periodic_by_length, _periodic_by_period),
        Kernel("linear", _linear, _linear_by_length),
    )
}
