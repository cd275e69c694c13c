"""Gaussian processes of one input, small enough to be worked out at once: the reference.

kernels   covariances and their derivatives
model     hyperparameters, what comes out, and the bounds
process   marginal likelihood, gradient, central differences, posterior

``static/math/gaussian-process`` does the same in the browser; both are held to ``tests/fixtures``.
"""

from app.gaussian_processes.errors import ProcessError
from app.gaussian_processes.kernels import KERNELS
from app.gaussian_processes.model import (
    LENGTHS,
    MAX_JITTER,
    MAX_PLACES,
    MAX_POINTS,
    MAX_VALUE,
    NOISES,
    Evidence,
    Hyperparameters,
    Posterior,
)
from app.gaussian_processes.process import STEP, Process, condition_on, evidence, predict

__all__ = [
    "KERNELS",
    "LENGTHS",
    "MAX_JITTER",
    "MAX_PLACES",
    "MAX_POINTS",
    "MAX_VALUE",
    "NOISES",
    "STEP",
    "Evidence",
    "Hyperparameters",
    "Posterior",
    "Process",
    "ProcessError",
    "condition_on",
    "evidence",
    "predict",
]
