"""Central differences: every result is compared with them before it is shown.

The array of the derivative is found from values of the expression alone, by a difference quotient
of fourth order in every entry of the variable, at random points whose sizes differ on every axis.
It is compared with the closed forms in both layouts, and every line of the derivation with the
differential in a random direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.diagnostics import NablaError, Problem
from app.matrices.evaluation import Evaluator, evaluate
from app.matrices.margins import Array
from app.matrices.nodes import Node, walk
from app.matrices.points import Point, no_point, random_points, unconfirmed
from app.matrices.rounding import rounding_of
from app.matrices.shapes import size_of

STEP = 3e-4
LONGER_STEPS = (3e-3, 3e-2, 3e-1)
"""For values so large beside their differences that rounding spoils the usual step."""
TOLERANCE = 1e-6
SAMPLES = 3
MOST_NUMBERS = 8_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """How a result was checked: points, the largest error relative to the largest entry, sizes."""

    samples: int
    max_relative_error: float
    sizes: tuple[Mapping[str, int], ...]


class CheckError(NablaError):
    """A closed form disagrees with central differences: a defect of the engine, never an answer."""

    def __init__(self, expression: str, error: float) -> None:
        message = (
            f"The derivative found for {expression} disagrees with central differences "
            f"(relative error {error:.1e}), so it is not shown."
        )
        hint = "This is a mistake of the book. Please report the expression."
        super().__init__(Problem("not-differentiable", message, None, hint))


def numeric_derivative(node: Node, variable: str, point: Point, step: float = STEP) -> Array:
    """d vec(F) / d vec(X)' at a point, by central differences of fourth order."""
    base = point.values[variable]
    count = base.size
    directions = np.zeros((count, *base.shape))
    # Entry k of vec(X) stands in row k mod m, column k div m.
    places = np.arange(count)
    directions[places, places % base.shape[0], places // base.shape[0]] = 1.0
    offsets = np.array([1.0, -1.0, 2.0, -2.0]) * step
    shifted = base + offsets[:, None, None, None] * directions
    values = dict(point.values)
    values[variable] = shifted
    with np.errstate(all="ignore"):
        result = Evaluator(values, point.sizes)(node)
    result = np.broadcast_to(result, (4, count, *result.shape[-2:]))
    quotient = (8 * (result[0] - result[1]) - (result[2] - result[3])) / (12 * step)
    result_matrix: Array = np.swapaxes(quotient, -1, -2).reshape(count, -1).T
    return result_matrix


def relative_error(found: Array, expected: Array, least: float = 0.0) -> float:
    """The largest difference, relative to the largest entry, taken to be ``least`` or more."""
    if found.shape != expected.shape:
        return float("inf")
    if not (np.all(np.isfinite(found)) and np.all(np.isfinite(expected))):
        return float("inf")
    distance = float(np.max(np.abs(found - expected), initial=0.0))
    scale = max(least, float(np.max(np.abs(expected), initial=0.0)))
    return distance / scale if scale else (float("inf") if distance else 0.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """``node`` at a point should equal the matrix that ``layout`` makes of the derivative J.

    ``jacobian`` d vec(F)/d vec(X)', ``turned`` its transpose, ``array`` the shape of X (for the
    gradient of a scalar) or of F (for a scalar variable), ``array turned`` the transpose of that,
    ``line`` the differential in the direction dX, in the shape of F.
    """

    node: Node
    layout: str


def check(
    source: Node,
    variable: Node,
    claims: Sequence[Claim],
    symbols: Mapping[str, Node],
    *,
    text: str,
    seed: int = 0,
) -> Check:
    """Check claims about the derivative of ``source``; raises ``CheckError``."""
    evaluated = [source, *(claim.node for claim in claims if claim.layout != "line")]
    worst = 0.0
    sizes: list[Mapping[str, int]] = []
    seen = False
    for point in random_points(evaluated, symbols, seed):
        if not _affordable(source, variable, point):
            continue
        error = _error(source, variable, claims, point, seed + len(sizes))
        seen = True
        if error is None:
            continue
        worst = max(worst, error)
        sizes.append(point.sizes)
        if worst > TOLERANCE:
            raise CheckError(text, worst)
        if len(sizes) == SAMPLES:
            break
    if not sizes:
        raise unconfirmed() if seen else no_point()
    return Check(len(sizes), worst, tuple(sizes))


def _affordable(source: Node, variable: Node, point: Point) -> bool:
    """Whether the difference quotient in every entry fits into a modest amount of memory."""
    shifted = size_of(variable.shape.entries, point.sizes)
    largest = max(size_of(part.shape.entries, point.sizes) for part in walk(source))
    return 4 * shifted * largest <= MOST_NUMBERS


def _error(
    source: Node, variable: Node, claims: Sequence[Claim], point: Point, seed: int
) -> float | None:
    """The largest relative error of the claims; None where the quotient itself is no good."""
    quotient = numeric_derivative(source, variable.parameter.name, point)
    errors = partial(_errors, source, variable, claims, point, seed)
    error = max(errors(quotient))
    if error <= TOLERANCE:
        return error
    better = _reliable_derivative(source, variable, point, quotient)
    if better is not None:
        return max(errors(better))
    # A derivative that is zero leaves nothing but rounding in its quotient.
    error = max(errors(quotient, least=1.0))
    return error if error <= TOLERANCE else None


def _reliable_derivative(
    source: Node, variable: Node, point: Point, quotient: Array
) -> Array | None:
    """A difference quotient that another step confirms; ``quotient`` is that of the usual step."""
    name = variable.parameter.name
    rounding = rounding_of(source, point)
    for step in (STEP, *LONGER_STEPS):
        if rounding / step > TOLERANCE / 4 * float(np.max(np.abs(quotient), initial=0.0)):
            continue
        coarse = quotient if step == STEP else numeric_derivative(source, name, point, step)
        fine = numeric_derivative(source, name, point, step / 2)
        if relative_error(coarse, fine) < TOLERANCE / 5:
            return coarse
    return None


def _errors(
    source: Node,
    variable: Node,
    claims: Sequence[Claim],
    point: Point,
    seed: int,
    jacobian: Array,
    least: float = 0.0,
) -> list[float]:
    x = point.values[variable.parameter.name]
    direction = np.random.default_rng(seed + 1).standard_normal(x.shape)
    values = {**point.values, f"d{variable.parameter.name}": direction}
    shape = evaluate(source, point.values, point.sizes).shape
    return [
        relative_error(
            evaluate(claim.node, values, point.sizes),
            _expected(claim.layout, jacobian, shape, direction),
            least,
        )
        for claim in claims
    ]


def _expected(layout: str, jacobian: Array, shape: tuple[int, ...], direction: Array) -> Array:
    match layout:
        case "jacobian":
            return jacobian
        case "turned":
            return jacobian.T
        case "line":
            column = jacobian @ direction.T.reshape(-1, 1)
            return column.reshape(shape[::-1]).T
        case "array" | "array turned":
            sizes = direction.shape if jacobian.shape[0] == 1 else shape
            array = jacobian.reshape(sizes[::-1]).T
            return array if layout == "array" else array.T
    raise AssertionError(layout)
