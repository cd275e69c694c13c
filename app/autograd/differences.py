"""Central differences over the step: the error curve of a backward pass.

For each step h every entry of the input is moved by ±h, and the quotients of ⟨G, F⟩ are compared
with the claimed gradient.  The error of the quotient itself is about c₂h² + c₁/h, truncation and
rounding; both coefficients are read off the curve of the right gradient (Nocedal and Wright,
Numerical Optimization, 8.1).  A wrong gradient shows as a curve that levels off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.autograd.layer import Layer
from app.autograd.pullback import Pullback, pairing
from app.expressions import ExpressionError
from app.matrices.check import CheckError
from app.matrices.evaluation import Evaluator, evaluate
from app.matrices.margins import Array
from app.matrices.nodes import Node, walk
from app.matrices.points import Point, no_point, random_points
from app.matrices.printers.text import to_text
from app.matrices.shapes import size_of

STEPS: Final = tuple(10.0 ** (-exponent / 2) for exponent in range(27))
"""From 1 down to 10⁻¹³, two to a decade."""
AGREEMENT: Final = 1e-6
"""The largest relative error at the best step with which a backward pass counts as right."""
MOST_NUMBERS: Final = 4_000_000
MOST_POINTS: Final = 6
_SLOPE: Final = 10.0
"""By how much the truncation error falls from one step to the next: h² over half a decade."""


@dataclass(frozen=True, slots=True)
class Branches:
    """c₂ of the truncation c₂h² (None where there is none), c₁ of the rounding c₁/h."""

    truncation: float | None
    rounding: float | None

    @property
    def best_step(self) -> float | None:
        """Where c₂h² + c₁/h is smallest."""
        if not self.truncation or not self.rounding:
            return None
        return float((self.rounding / (2 * self.truncation)) ** (1 / 3))

    def at(self, step: float) -> str:
        """Which of the two errors is the larger at a step."""
        truncation = (self.truncation or 0.0) * step**2
        return "truncation" if truncation > (self.rounding or 0.0) / step else "rounding"


@dataclass(frozen=True, slots=True)
class Curve:
    """Relative errors for ``STEPS``: of the claim (None without one) and of the right gradient."""

    point: Point
    errors: tuple[float, ...] | None
    reference: tuple[float, ...]
    branches: Branches

    @property
    def best(self) -> int:
        """The place in ``STEPS`` where the right gradient errs least."""
        return min(range(len(STEPS)), key=lambda index: self.reference[index])

    @property
    def agrees(self) -> bool:
        return self.errors is not None and self.errors[self.best] <= AGREEMENT


def error_curve(layer: Layer, pullback: Pullback, claim: Node | None) -> Curve:
    """The curve at one random point with distinct sizes.

    Raises ``CheckError`` if the engine's own gradient disagrees, and ``ExpressionError`` where no
    point can be found or the arrays are too large.
    """
    known = [layer.forward, pullback.node, *([] if claim is None else [claim])]
    worst = None
    for count, point in enumerate(random_points(known, layer.symbols, seed=3)):
        if count == MOST_POINTS:
            break
        _check_size(layer, pullback.variable, point)
        right = evaluate(pullback.node, point.values, point.sizes)
        found = quotients(layer, pullback.variable, point)
        reference = _errors(found, right, right)
        worst = min(reference)
        if worst <= AGREEMENT:
            return _curve(point, found, right, reference, claim)
    if worst is None:
        raise no_point()
    raise CheckError(to_text(layer.forward), worst)


def _curve(
    point: Point, found: Array, right: Array, reference: tuple[float, ...], claim: Node | None
) -> Curve:
    errors = None
    if claim is not None:
        errors = _errors(found, evaluate(claim, point.values, point.sizes), right)
    return Curve(point, errors, reference, branches_of(reference))


def _check_size(layer: Layer, variable: Node, point: Point) -> None:
    moved = 2 * size_of(variable.shape.entries, point.sizes)
    largest = max(size_of(part.shape.entries, point.sizes) for part in walk(layer.forward))
    if moved * largest > MOST_NUMBERS:
        raise ExpressionError(
            "too-large",
            "The arrays of this layer are too large for central differences.",
            hint="Declare smaller sizes, or letters.",
        )


def quotients(layer: Layer, variable: Node, point: Point) -> Array:
    """(⟨G, F(X + hE)⟩ − ⟨G, F(X − hE)⟩)/2h, by step and entry: an array steps × rows × columns."""
    name = variable.parameter.name
    base = point.values[name]
    unit = np.eye(base.size).reshape(base.size, *base.shape)
    loss = pairing(layer.forward, layer.cotangent)
    rows = [_quotient(loss, point, name, unit * step, step) for step in STEPS]
    return np.array(rows).reshape(len(STEPS), *base.shape)


def _quotient(loss: Node, point: Point, name: str, move: Array, step: float) -> Array:
    base = point.values[name]
    values = {**point.values, name: base + np.stack([move, -move])}
    with np.errstate(all="ignore"):
        found = Evaluator(values, point.sizes)(loss)
        up, down = np.broadcast_to(found, (2, len(move), 1, 1))[..., 0, 0]
        quotient: Array = (up - down) / (2 * step)
    return quotient


def _errors(found: Array, claim: Array, right: Array) -> tuple[float, ...]:
    """The largest difference, relative to the largest entry of the right gradient (if not zero)."""
    scale = float(np.max(np.abs(right), initial=0.0)) or 1.0
    if claim.shape != right.shape:
        return tuple(float("inf") for _ in STEPS)
    with np.errstate(all="ignore"):
        errors = np.max(np.abs(found - claim), axis=(-2, -1), initial=0.0) / scale
    return tuple(float(error) if np.isfinite(error) else float("inf") for error in errors)


def branches_of(reference: Sequence[float]) -> Branches:
    """The coefficients of both branches, from the curve of the right gradient."""
    best = min(range(len(STEPS)), key=lambda index: reference[index])
    falling = [
        reference[index] / STEPS[index] ** 2
        for index in range(best)
        if 0.6 * _SLOPE < reference[index] / max(reference[index + 1], 1e-300) < 1.6 * _SLOPE
    ]
    rising = [reference[index] * STEPS[index] for index in range(best + 1, len(STEPS))]
    rising = [product for product in rising if 0 < product < float("inf")]
    truncation = falling[-1] if len(falling) > 1 else None
    return Branches(truncation, float(np.median(rising)) if rising else None)
