"""How far a point is from the places where a check would be worth nothing.

Near a kink (of abs, relu, min, …) a difference quotient looks across it; near a singular matrix
rounding is blown up.  The evaluator reports what it meets; points that are too near are passed by.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(slots=True)
class Margins:
    """The smallest distance to a kink, and to a singular matrix among those inverted."""

    kink: float = np.inf
    singular: float = np.inf

    def near_kink(self, distance: Array) -> None:
        self.kink = min(self.kink, float(np.min(np.abs(distance), initial=np.inf)))

    def inverted(self, matrix: Array) -> None:
        if np.all(np.isfinite(matrix)):
            smallest = np.linalg.svd(matrix, compute_uv=False)[..., -1]
            self.singular = min(self.singular, float(np.min(smallest)))
        else:
            self.singular = 0.0
