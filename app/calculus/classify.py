"""The second-derivative test at one point: eigenvalues, their signs, and what follows.

Source: Magnus & Neudecker, Matrix Differential Calculus, chapter 7 (theorems 3 and 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

import numpy as np

from app.calculus.degenerate import HigherOrder, examine
from app.calculus.evaluate import evaluate
from app.calculus.intervals import Interval, bounds
from app.calculus.jets import Jet, jet
from app.calculus.operations import Array
from app.calculus.series import NotSmoothError
from app.calculus.tape import Tape
from app.expressions.syntax import Binary, Call, Name, Negate, Number, Syntax

Classification = Literal["positive definite", "negative definite", "indefinite", "singular"]
Verdict = Literal[
    "local minimum", "local maximum", "saddle point", "inconclusive", "not a critical point"
]

EIGENVALUE_ZERO: Final = 1e-10
"""An eigenvalue below this share of the largest counts as zero, unless exact arithmetic decides."""
GRADIENT_ZERO: Final = 1e-8
"""A gradient above this, relative to the size of the Hessian and the point, is surely not zero."""
COORDINATE_ROUNDING: Final = 1e-10
"""A point counts as critical when, this near to it (relative to 1 + |x|), the gradient may be 0."""
_HIGHEST_ORDER: Final = {1: 12, 2: 8}
_HIGHEST_ORDER_ELSE: Final = 6


@dataclass(frozen=True, slots=True)
class HessianAtPoint:
    """``gradient`` has shape (n,), ``hessian`` (n, n); eigenvalues rise.

    Row k of ``eigenvectors`` is a unit vector that belongs to ``eigenvalues[k]``.  Everything from
    there on is None where an entry is not finite, for nothing can be said there.
    """

    value: float
    gradient: Array
    hessian: Array
    eigenvalues: Array | None = None
    eigenvectors: Array | None = None
    classification: Classification | None = None
    verdict: Verdict | None = None


def hessian_at(tape: Tape, point: Sequence[float]) -> HessianAtPoint:
    """The numbers at one point; ``tape`` has the outputs ``value``, ``gradient``, ``hessian``."""
    outputs = evaluate(tape, point)
    value, gradient, hessian = (outputs[name] for name in ("value", "gradient", "hessian"))
    if np.isnan(value):
        gradient, hessian = np.full_like(gradient, np.nan), np.full_like(hessian, np.nan)
    if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
        return HessianAtPoint(float(value), gradient, hessian)
    eigenvalues, columns = np.linalg.eigh(hessian)
    classification = classify(eigenvalues)
    critical = _is_critical(tape, point, gradient, float(np.abs(eigenvalues).max()))
    verdict = VERDICTS[classification] if critical else "not a critical point"
    return HessianAtPoint(
        float(value), gradient, hessian, eigenvalues, columns.T, classification, verdict
    )


def _is_critical(tape: Tape, point: Sequence[float], gradient: Array, curvature: float) -> bool:
    """Whether the gradient is zero within the rounding of the coordinates and of its own terms.

    Interval arithmetic knows the size of the terms, so that 10⁻¹²·x has no critical point and
    10¹²·x² has one.
    """
    x = np.asarray(point, dtype=float)
    if np.abs(gradient).max() > GRADIENT_ZERO * (1 + curvature * (1 + np.abs(x).max())):
        return False
    reach = COORDINATE_ROUNDING * (1 + np.abs(x))
    low, high = (x - reach)[:, None], (x + reach)[:, None]
    around = [Interval(*ends) for ends in zip(low, high, strict=True)]
    slope = bounds(tape, around)["gradient"]
    return bool(((slope.low <= 0.0) & (slope.high >= 0.0)).all())


VERDICTS: Final[dict[Classification, Verdict]] = {
    "positive definite": "local minimum",
    "negative definite": "local maximum",
    "indefinite": "saddle point",
    "singular": "inconclusive",
}


def classify(eigenvalues: Array) -> Classification:
    """By the signs of the eigenvalues; singular only where no two of them have opposite signs."""
    threshold = EIGENVALUE_ZERO * np.abs(eigenvalues).max()
    positive, negative = eigenvalues > threshold, eigenvalues < -threshold
    if positive.any() and negative.any():
        return "indefinite"
    if positive.all():
        return "positive definite"
    return "negative definite" if negative.all() else "singular"


def kink_at(
    expressions: Sequence[Syntax], variables: Sequence[str], point: Sequence[float]
) -> str | None:
    """A sentence on the first function that has a kink or jump exactly at the point, or None.

    There the tape gives the mean of the one-sided derivatives (see ``rules``), which is a useful
    convention and no derivative.
    """
    for expression in expressions:
        try:
            jet(expression, variables, list(map(float, point)), 1)
        except NotSmoothError as error:
            if error.function in _KINKS:
                return _KINKS[error.function].format(error.function)
        except (ArithmeticError, ValueError):
            continue  # beyond the range of numbers, where nothing can be said
    return None


_KINKS: Final = {
    **dict.fromkeys(("abs", "relu", "sign"), "{} is not differentiable where its argument is 0."),
    **dict.fromkeys(("min", "max"), "{} is not differentiable where both arguments are equal."),
}


def higher_order(
    expression: Syntax, variables: Sequence[str], point: Sequence[float]
) -> HigherOrder | None:
    """What the terms above the second order say at a critical point with a singular Hessian.

    None where the function has no Taylor series.  Exact where the point is: a coordinate is taken
    as the decimal number that one types for it.
    """
    degree = _HIGHEST_ORDER.get(len(variables), _HIGHEST_ORDER_ELSE)
    exactly = [Fraction(repr(float(coordinate))) for coordinate in point]
    try:
        function = jet(expression, variables, exactly, degree)
        if function.homogeneous(1):  # not critical exactly, so the point has been rounded
            function = jet(expression, variables, list(map(float, point)), degree)
    except NotSmoothError:
        return None
    whole = polynomial_degree(expression, variables)
    return examine(_without_slope(function), polynomial=whole is not None and whole <= degree)


def _without_slope(function: Jet) -> Jet:
    terms = {e: c for e, c in function.terms.items() if sum(e) != 1}
    return Jet(terms, function.variables, function.degree)


def polynomial_degree(tree: Syntax, variables: Sequence[str]) -> int | None:
    """An upper bound for the degree of a polynomial; None for what is not plainly one."""
    match tree:
        case Number():
            return 0
        case Name(name):
            return int(name in variables)
        case Negate(operand):
            return polynomial_degree(operand, variables)
        case Binary(operator, left, right):
            degrees = polynomial_degree(left, variables), polynomial_degree(right, variables)
            return _combined(operator.lstrip("."), *degrees, right)
        case Call(_, arguments):
            constant = all(polynomial_degree(each, variables) == 0 for each in arguments)
            return 0 if constant else None
    return None


def _combined(operator: str, left: int | None, right: int | None, operand: Syntax) -> int | None:
    if left is None or right is None:
        return None
    match operator:
        case "+" | "-":
            return max(left, right)
        case "*":
            return left + right
        case "/" if right == 0:
            return left
        case "^" if isinstance(operand, Number) and operand.value == int(operand.value) >= 0:
            return left * int(operand.value)
        case "^" if left == right == 0:
            return 0
    return None
