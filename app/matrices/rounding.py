"""How far rounding alone can take the value of an expression, found by shaking its evaluation.

Two expressions that agree are computed in different ways, so their values differ by rounding; two
that differ may differ by little (``x`` and ``(1 + 1e-9)*x``).  Only the size of the rounding tells
the two apart, and no fixed tolerance knows it: it depends on what cancels on the way.  Therefore
every operation of an evaluation is disturbed by a relative 10⁻¹³, some hundred times more than its
own rounding, and what comes out is compared with the undisturbed value.

Source: stochastic arithmetic, the CESTAC method (J. Vignes, 1993).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.matrices.evaluation import Evaluator, evaluate
from app.matrices.margins import Array
from app.matrices.nodes import Node
from app.matrices.points import Point

EPSILON: Final = float(np.finfo(float).eps)
SHAKE: Final = 1e-13
TIMES: Final = 4
SAFETY: Final = 20.0
"""How many times the widest of a few disturbed values may be exceeded by chance."""


@dataclass(slots=True)
class ShakenEvaluator(Evaluator):
    """Evaluates with a small random relative error in every result, ``TIMES`` times at once."""

    generator: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))

    def __call__(self, node: Node) -> Array:
        if node in self.known:
            return self.known[node]
        value = Evaluator.__call__(self, node)
        if node.operands:
            noise = self.generator.uniform(-1.0, 1.0, (TIMES, *value.shape[-2:]))
            value = value * (1.0 + SHAKE * noise)
            self.known[node] = value
        return value


def rounding_of(node: Node, point: Point) -> float:
    """About how large the error by rounding is in the value of a node at a point."""
    value, spread = _shaken(node, point)
    return EPSILON * (value + spread / SHAKE)


def rounding_bound(node: Node, point: Point) -> float:
    """A bound on that error, which chance does not exceed."""
    value, spread = _shaken(node, point)
    return 8 * EPSILON * value + SAFETY * spread


def _shaken(node: Node, point: Point) -> tuple[float, float]:
    """The largest entry of a value, and the largest change by shaking its evaluation."""
    value = evaluate(node, point.values, point.sizes)
    with np.errstate(all="ignore"):
        shaken = ShakenEvaluator(point.values, point.sizes)(node)
    spread = float(np.max(np.abs(shaken - value), initial=0.0))
    return float(np.max(np.abs(value), initial=0.0)), spread


def agree_at(left: Node, right: Node, point: Point) -> bool:
    """Whether the values of two nodes at a point differ by no more than rounding explains."""
    first = evaluate(left, point.values, point.sizes)
    second = evaluate(right, point.values, point.sizes)
    distance = float(np.max(np.abs(first - second), initial=0.0))
    return distance <= rounding_bound(left, point) + rounding_bound(right, point)
