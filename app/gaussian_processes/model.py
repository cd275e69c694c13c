"""What a Gaussian process is made of, what may be asked, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.diagnostics import did_you_mean
from app.gaussian_processes.errors import process_error
from app.gaussian_processes.kernels import KERNELS, Array

MAX_POINTS = 200
MAX_PLACES = 500
"""Inputs at which a prediction is asked for."""
MAX_VALUE = 1e6
LENGTHS = (1e-6, 1e6)
"""Bounds of length scale, scale and period."""
NOISES = (1e-12, 1e6)
MAX_JITTER = 1e-2


@dataclass(frozen=True)
class Hyperparameters:
    """K = K_f + (σ² + εs²)I with length l, scale s, noise σ, period p and jitter ε."""

    kernel: str
    length: float
    scale: float
    noise: float
    period: float = 1.0
    jitter: float = 0.0


@dataclass(frozen=True)
class Evidence:
    """The log marginal likelihood L = fit + complexity + constant of n points, with its gradient.

    ``gradient`` and ``differences`` hold ∂L/∂log θ for each hyperparameter by name: by the formula
    ½ tr((αα' − K⁻¹) ∂K/∂log θ), and by central differences.  ``condition`` is ‖K‖₁‖K⁻¹‖₁.
    """

    fit: float
    complexity: float
    constant: float
    gradient: Mapping[str, float]
    differences: Mapping[str, float]
    condition: float
    alpha: Array

    @property
    def value(self) -> float:
        return self.fit + self.complexity + self.constant


@dataclass(frozen=True)
class Posterior:
    """Mean and standard deviation of f, not of an observation, at each place asked for."""

    mean: Array
    deviation: Array


def check(x: Array, y: Array, chosen: Hyperparameters, at: Array) -> None:
    """Raises ProcessError for what is unknown, too large or outside its bounds."""
    if chosen.kernel not in KERNELS:
        hint = did_you_mean(chosen.kernel, KERNELS) or f"Known: {', '.join(KERNELS)}."
        raise process_error("unknown-name", f"There is no kernel “{chosen.kernel}”.", hint)
    if len(x) != len(y) or not 1 <= len(x) <= MAX_POINTS:
        raise process_error("too-large", f"A process here has 1 to {MAX_POINTS} points.")
    if len(at) > MAX_PLACES:
        raise process_error("too-large", f"Predictions are made at up to {MAX_PLACES} inputs.")
    for values in (x, y, at):
        if not (np.isfinite(values) & (np.abs(values) <= MAX_VALUE)).all():
            message = f"Every coordinate must be finite and at most {MAX_VALUE:,.0f} in size."
            raise process_error("too-large", message)
    _check_range("length scale", chosen.length, *LENGTHS)
    _check_range("scale", chosen.scale, *LENGTHS)
    _check_range("period", chosen.period, *LENGTHS)
    _check_range("noise", chosen.noise, *NOISES)
    _check_range("jitter", chosen.jitter, 0.0, MAX_JITTER)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        message = f"The {name} must lie between {low:g} and {high:g}."
        raise process_error("too-large", message)
