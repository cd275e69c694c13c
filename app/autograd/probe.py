"""Quick comparison by numbers: a suspicion is tried at two random points before it is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.matrices.check import relative_error
from app.matrices.evaluation import evaluate
from app.matrices.margins import Array
from app.matrices.nodes import Node
from app.matrices.points import Point, random_points

POINTS: Final = 2
AGREEMENT: Final = 1e-8
"""How near a suspect must come to be compared in earnest."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The claimed and the right gradient at a few points of different sizes."""

    own: Node
    points: tuple[Point, ...]
    values: tuple[Array, ...]

    def is_like(self, node: Node) -> bool:
        """Whether a node has the values of the claim, entry for entry."""
        return bool(self.points) and all(
            _same(self.at(node, point), value)
            for point, value in zip(self.points, self.values, strict=True)
        )

    def of(self, node: Node) -> Probe:
        """The same points with another claim."""
        return Probe(node, self.points, tuple(self.at(node, point) for point in self.points))

    @staticmethod
    def at(node: Node, point: Point) -> Array:
        return evaluate(node, point.values, point.sizes)


def probe(own: Node, others: Sequence[Node], symbols: Mapping[str, Node]) -> Probe:
    """Points at which the claim and ``others`` have good values."""
    points: list[Point] = []
    for point in random_points([own, *others], symbols, seed=7):
        points.append(point)
        if len(points) == POINTS:
            break
    return Probe(own, tuple(points), ()).of(own)


def ratio(found: Array, right: Array) -> float | None:
    """The number c with found = c·right in every entry; None if there is none."""
    if found.shape != right.shape:
        return None
    square = float(np.sum(right * right))
    if not np.isfinite(square) or square == 0.0:
        return None
    scale = float(np.sum(found * right)) / square
    return scale if np.allclose(found, scale * right, rtol=1e-8, atol=1e-10) else None


def _same(found: Array, expected: Array) -> bool:
    return max(relative_error(found, expected), relative_error(expected, found)) <= AGREEMENT
