"""Variational inference in two dimensions, without samples: the reference.

model   target, approximation, and the bounds of both
bound   the evidence lower bound with its parts, gradient and gap

``static/math/variational`` does the same in the browser; both are held to
``tests/fixtures/variational-inference.json``, which was made by quadrature.
"""

from app.variational.bound import STEP, Bound, differences, evaluate
from app.variational.model import (
    CORRELATION,
    CURVATURE,
    DEVIATIONS,
    MEAN,
    WIDTHS,
    Approximation,
    Target,
    VariationalError,
    check,
)

__all__ = [
    "CORRELATION",
    "CURVATURE",
    "DEVIATIONS",
    "MEAN",
    "STEP",
    "WIDTHS",
    "Approximation",
    "Bound",
    "Target",
    "VariationalError",
    "check",
    "differences",
    "evaluate",
]
