"""The second-derivative test where the entries are not exact, as far as intervals vouch for it.

Floating point alone cannot tell a small eigenvalue from the rounding of the entries.  Bounds of the
entries can: when the elimination H = LDLᵀ, done in intervals, leaves pivots that all keep clear of
zero, their signs are those of the eigenvalues (Sylvester's law of inertia), however small they are.
And where an eigenvalue is smaller than the bounds are wide, it may as well be zero.

Source: Golub & Van Loan, Matrix Computations, 4.4 and 8.1 (Sylvester's law, Weyl's inequality).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.calculus.classify import (
    COORDINATE_ROUNDING,
    VERDICTS,
    Classification,
    HessianAtPoint,
    classify,
)
from app.calculus.intervals import Interval, bounds, div, mul, sub
from app.calculus.operations import Array
from app.calculus.tape import Tape

Entry = Interval
"""One entry of the Hessian; its bounds have shape (1,)."""


def vouched(tape: Tape, point: Sequence[float], here: HessianAtPoint) -> HessianAtPoint:
    """``here`` with the classification that bounds of the Hessian prove, or fail to support."""
    x = np.asarray(point, dtype=float)
    found = _proven(_hessian(tape, x, COORDINATE_ROUNDING * (1 + np.abs(x))))
    if found is None:
        found = _unsure(_hessian(tape, x, 0.0 * x), here)
    if found is None or found == here.classification:
        return here
    critical = here.verdict != "not a critical point"
    return replace(
        here, classification=found, verdict=VERDICTS[found] if critical else here.verdict
    )


def _hessian(tape: Tape, x: Array, reach: Array) -> list[list[Entry]]:
    """Bounds of the entries over the point and what is within ``reach`` of it."""
    low, high = (x - reach)[:, None], (x + reach)[:, None]
    found = bounds(tape, [Interval(*ends) for ends in zip(low, high, strict=True)])["hessian"]
    n = len(x)
    return [[Interval(found.low[i, j], found.high[i, j]) for j in range(n)] for i in range(n)]


def _proven(rows: list[list[Entry]]) -> Classification | None:
    """The class by the signs of the pivots; None where one of them may be zero."""
    signs = set()
    while rows:
        best = max(range(len(rows)), key=lambda k: _clearance(rows[k][k]))
        pivot = rows[best][best]
        if _clearance(pivot) <= 0.0:
            return None
        signs.add(bool(pivot.low > 0.0))
        others = [k for k in range(len(rows)) if k != best]
        rows = [
            [sub(rows[i][j], div(mul(rows[i][best], rows[best][j]), pivot)) for j in others]
            for i in others
        ]
    return "indefinite" if len(signs) == 2 else _DEFINITE[signs.pop()]


_DEFINITE: dict[bool, Classification] = {True: "positive definite", False: "negative definite"}


def _clearance(entry: Entry) -> float:
    """How clear of zero an entry is: its smallest size as a share of its largest, or 0."""
    low, high = float(entry.low[0]), float(entry.high[0])
    if not (low > 0.0 or high < 0.0) or not np.isfinite(low + high):
        return 0.0
    return min(abs(low), abs(high)) / max(abs(low), abs(high))


def _unsure(rows: list[list[Entry]], here: HessianAtPoint) -> Classification | None:
    """The class when every eigenvalue within the bounds' width (Weyl) counts as zero."""
    if here.eigenvalues is None:
        return None
    radius = float(np.linalg.norm([[float(entry.width[0]) for entry in row] for row in rows]))
    values = np.where(np.abs(here.eigenvalues) <= radius, 0.0, here.eigenvalues)
    return classify(values)
