"""Whether two expressions agree: by normal form first, then by numbers.

Equal normal forms prove it.  Otherwise both are evaluated at random points of three different
sizes that satisfy the declared properties.  A single difference that rounding cannot explain
refutes it, agreement everywhere decides for “agree”.  The answer says which way it was decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.matrices.elaboration import elaborate_both
from app.matrices.evaluation import evaluate
from app.matrices.expansion import same_normal_form
from app.matrices.nodes import Node
from app.matrices.points import Point, no_point, random_points
from app.matrices.rounding import agree_at

POINTS = 3


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The verdict; ``sizes`` are those of the points if numbers decided, ``error`` the largest."""

    agree: bool
    decided_by: Literal["normal form", "numbers", "shape"]
    explanation: str
    sizes: tuple[Mapping[str, int], ...] = ()
    error: float | None = None


def equivalent(left: str, right: str, given: str = "") -> Equivalence:
    """Whether two expressions have the same value at every point with the declared properties.

    Names that only one of them has are allowed.  Raises ``ExpressionError`` for what cannot be
    read.
    """
    first, second = elaborate_both(left, right, given)
    return compare(first.node, second.node, first.symbols)


def compare(left: Node, right: Node, symbols: Mapping[str, Node], seed: int = 0) -> Equivalence:
    """The verdict on two nodes over the same symbols."""
    if left.shape != right.shape:
        text = f"The first is {left.shape}, the second is {right.shape}."
        return Equivalence(False, "shape", text)
    if same_normal_form(left, right):
        text = "Multiplied out, both are the same expression."
        return Equivalence(True, "normal form", text)
    return _by_numbers(left, right, symbols, seed)


def _by_numbers(left: Node, right: Node, symbols: Mapping[str, Node], seed: int) -> Equivalence:
    points = varied_points(left, right, symbols, seed)
    if not points:
        raise no_point()
    sizes = tuple(point.sizes for point in points)
    errors = [difference(left, right, point) for point in points]
    worst = max(errors)
    if all(agree_at(left, right, point) for point in points):
        text = f"Both have the same values at {len(points)} random points."
        return Equivalence(True, "numbers", text, sizes, worst)
    text = "Their values differ at a random point."
    return Equivalence(False, "numbers", text, sizes, worst)


def varied_points(left: Node, right: Node, symbols: Mapping[str, Node], seed: int) -> list[Point]:
    """Points for both, of different sizes as far as they can be found."""
    found: list[Point] = []
    for point in random_points([left, right], symbols, seed):
        new = all(point.sizes != other.sizes for other in found)
        if new or not point.sizes:
            found.append(point)
        if len(found) == POINTS:
            break
    return found


def difference(left: Node, right: Node, point: Point) -> float:
    """The largest difference at a point, relative to the larger of the two values."""
    first = evaluate(left, point.values, point.sizes)
    second = evaluate(right, point.values, point.sizes)
    scale = float(np.max(np.maximum(np.abs(first), np.abs(second)), initial=0.0))
    return float(np.max(np.abs(first - second), initial=0.0)) / scale if scale else 0.0
