"""Numbers at one point: the Jacobian there and what linear algebra says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.calculus.evaluate import evaluate
from app.calculus.operations import Array
from app.calculus.tape import Tape

RANK_TOLERANCE: Final = 1e-10
"""A singular value below this fraction of the largest counts as zero, as in the browser."""


@dataclass(frozen=True, slots=True)
class JacobianAtPoint:
    """``value`` has shape (m,), ``jacobian`` (m, n), ``singular_values`` (min(m, n),).

    The largest singular value comes first.  ``determinant`` is None unless m = n.  Singular values
    and rank are None where an entry is not finite, since none exist there.
    """

    value: Array
    jacobian: Array
    determinant: float | None
    singular_values: Array | None
    rank: int | None


def jacobian_at(tape: Tape, point: Sequence[float]) -> JacobianAtPoint:
    """Evaluate a tape with the outputs ``value`` and ``jacobian`` at one point.

    A row whose value is not a number is not a number either: where a function is not defined it
    has no derivative, though the formula of its derivative may have a value (log at -1).
    """
    outputs = evaluate(tape, point)
    value = outputs["value"]
    jacobian = np.where(np.isnan(value)[:, None], np.nan, outputs["jacobian"])
    rows, columns = jacobian.shape
    if not np.isfinite(jacobian).all():
        return JacobianAtPoint(value, jacobian, None, None, None)
    with np.errstate(all="ignore"):
        determinant = _determinant(jacobian) if rows == columns else None
        singular_values = np.linalg.svd(jacobian, compute_uv=False)
    threshold = RANK_TOLERANCE * singular_values[0]
    rank = int(np.count_nonzero(singular_values > threshold))
    return JacobianAtPoint(value, jacobian, determinant, singular_values, rank)


def _determinant(matrix: Array) -> float:
    """By its definition for 2x2, so that whole numbers give whole numbers; else by elimination."""
    if matrix.shape == (2, 2):
        (a, b), (c, d) = matrix
        return float(a * d - b * c)
    return float(np.linalg.det(matrix))
