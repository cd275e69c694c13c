"""Interval arithmetic over arrays: bounds that certainly hold the values of a tape on a box.

Each operation of the tape has its interval extension here; the result is widened by a few units in
the last place, which covers the rounding of NumPy's functions.  Source: Moore, Kearfott & Cloud,
Introduction to Interval Analysis, chapters 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.calculus.operations import OPERATIONS
from app.calculus.tape import NestedSlots, Tape

Array = NDArray[np.float64]

RELATIVE_WIDENING = 8 * float(np.finfo(float).eps)
ABSOLUTE_WIDENING = 1e-300
LARGEST = float(np.finfo(float).max)


class Interval(NamedTuple):
    """Lower and upper bounds, arrays of one shape; NaN where nothing is known to hold."""

    low: Array
    high: Array

    @property
    def width(self) -> Array:
        return np.asarray(self.high - self.low)

    @property
    def middle(self) -> Array:
        return np.asarray(0.5 * self.low + 0.5 * self.high)


def point(values: Array) -> Interval:
    """Intervals of width zero."""
    return Interval(values, values)


def widened(low: Array, high: Array) -> Interval:
    """Bounds moved outward by more than the rounding of what computed them; NaN becomes ±∞.

    A lower bound that overflowed says only that the value is large, not that it is infinite.
    """
    low = np.minimum(np.where(np.isnan(low), -np.inf, low), LARGEST)
    high = np.maximum(np.where(np.isnan(high), np.inf, high), -LARGEST)
    return Interval(
        low - RELATIVE_WIDENING * np.where(np.isinf(low), 0.0, np.abs(low)) - ABSOLUTE_WIDENING,
        high + RELATIVE_WIDENING * np.where(np.isinf(high), 0.0, np.abs(high)) + ABSOLUTE_WIDENING,
    )


def add(a: Interval, b: Interval) -> Interval:
    return widened(a.low + b.low, a.high + b.high)


def sub(a: Interval, b: Interval) -> Interval:
    return widened(a.low - b.high, a.high - b.low)


def neg(a: Interval) -> Interval:
    return Interval(-a.high, -a.low)


def mul(a: Interval, b: Interval) -> Interval:
    products = [_times(x, y) for x in a for y in b]
    return widened(np.minimum.reduce(products), np.maximum.reduce(products))


def _times(x: Array, y: Array) -> Array:
    """A product of bounds, in which 0·∞ is 0: the bound is approached by finite factors only."""
    return np.where((x == 0.0) | (y == 0.0), 0.0, x * y)


def div(a: Interval, b: Interval) -> Interval:
    holds_zero = (b.low <= 0.0) & (b.high >= 0.0)
    safe = Interval(np.where(holds_zero, 1.0, b.low), np.where(holds_zero, 1.0, b.high))
    quotient = mul(a, widened(1.0 / safe.high, 1.0 / safe.low))
    return Interval(
        np.where(holds_zero, -np.inf, quotient.low), np.where(holds_zero, np.inf, quotient.high)
    )


def power(a: Interval, b: Interval) -> Interval:
    """aᵇ: by monotony for an integer b, else exp(b·log a), which is known for a > 0 only."""
    exponent = b.low.flat[0] if b.low.size else 0.0
    if np.all(b.low == b.high) and np.all(b.low == exponent) and float(exponent).is_integer():
        return _integer_power(a, int(exponent))
    return _unless(a.low > 0.0, increasing(np.exp)(mul(b, _logarithm(a))))


def _integer_power(a: Interval, exponent: int) -> Interval:
    if exponent < 0:
        one = np.ones_like(a.low)
        return div(Interval(one, one), _integer_power(a, -exponent))
    ends = a.low**exponent, a.high**exponent
    low, high = np.minimum(*ends), np.maximum(*ends)
    if exponent % 2 == 0:
        low = np.where((a.low <= 0.0) & (a.high >= 0.0), 0.0 if exponent else 1.0, low)
    return widened(low, high)


def _logarithm(a: Interval) -> Interval:
    """Where the interval reaches below zero the function is not defined throughout: unknown."""
    defined = a.low > 0.0
    safe = Interval(np.where(defined, a.low, 1.0), np.where(defined, a.high, 1.0))
    bounds = widened(np.log(safe.low), np.log(safe.high))
    return _unless(defined, bounds)


def _unless(known: NDArray[np.bool_], bounds: Interval) -> Interval:
    return Interval(np.where(known, bounds.low, -np.inf), np.where(known, bounds.high, np.inf))


def increasing(f: Callable[[Array], Array]) -> Callable[[Interval], Interval]:
    """The extension of a function that grows everywhere on its domain."""

    def extension(a: Interval) -> Interval:
        return widened(f(a.low), f(a.high))

    return extension


def even(f: Callable[[Array], Array]) -> Callable[[Interval], Interval]:
    """The extension of an even function that grows for positive arguments."""

    def extension(a: Interval) -> Interval:
        largest = np.maximum(np.abs(a.low), np.abs(a.high))
        inside = (a.low <= 0.0) & (a.high >= 0.0)
        smallest = np.where(inside, 0.0, np.minimum(np.abs(a.low), np.abs(a.high)))
        return widened(f(smallest), f(largest))

    return extension


def sine(a: Interval) -> Interval:
    return _wave(np.sin, a, 0.25)


def cosine(a: Interval) -> Interval:
    return _wave(np.cos, a, 0.0)


def _wave(f: Callable[[Array], Array], a: Interval, top: float) -> Interval:
    """Bounds of sin or cos, whose maxima lie at (k + top)·2π and whose minima half a turn on."""
    huge = ~(np.maximum(np.abs(a.low), np.abs(a.high)) < 1e9)
    low, high = _turns(np.where(huge, 0.0, a.low), np.where(huge, 0.0, a.high), 2 * np.pi)
    holds_top = np.floor(high - top) > np.floor(low - top)
    holds_bottom = np.floor(high - top - 0.5) > np.floor(low - top - 0.5)
    ends = f(np.where(huge, 0.0, a.low)), f(np.where(huge, 0.0, a.high))
    lower = np.where(holds_bottom | huge, -1.0, np.minimum(*ends))
    upper = np.where(holds_top | huge, 1.0, np.maximum(*ends))
    return widened(lower, upper)


def _turns(low: Array, high: Array, turn: float) -> tuple[Array, Array]:
    """Ends in units of a turn, moved outward by more than the rounding of the division."""
    low, high = low / turn, high / turn
    return low - 1e-12 - 1e-15 * np.abs(low), high + 1e-12 + 1e-15 * np.abs(high)


def tangent(a: Interval) -> Interval:
    """tan grows between its poles; over a pole nothing is known."""
    low, high = _turns(a.low, a.high, np.pi)
    known = np.floor(low - 0.5) == np.floor(high - 0.5)
    known &= (np.abs(a.low) < 1e9) & (np.abs(a.high) < 1e9)
    bounds = widened(np.tan(np.where(known, a.low, 0.0)), np.tan(np.where(known, a.high, 0.0)))
    return _unless(known, bounds)


def absolute(a: Interval) -> Interval:
    return even(np.abs)(a)


def smaller(a: Interval, b: Interval) -> Interval:
    return Interval(np.minimum(a.low, b.low), np.minimum(a.high, b.high))


def larger(a: Interval, b: Interval) -> Interval:
    return Interval(np.maximum(a.low, b.low), np.maximum(a.high, b.high))


def _square_root(a: Interval) -> Interval:
    bounds = widened(np.sqrt(np.maximum(a.low, 0.0)), np.sqrt(np.maximum(a.high, 0.0)))
    return _unless(a.low >= 0.0, bounds)


def _arc(f: Callable[[Array], Array], grows: bool) -> Callable[[Interval], Interval]:
    """arcsin or arccos, unknown as soon as the interval leaves [−1, 1]."""

    def extension(a: Interval) -> Interval:
        known = (a.low >= -1.0) & (a.high <= 1.0)
        ends = f(np.clip(a.low, -1.0, 1.0)), f(np.clip(a.high, -1.0, 1.0))
        return _unless(known, widened(*(ends if grows else ends[::-1])))

    return extension


def _angle(y: Interval, x: Interval) -> Interval:
    """atan2 where the box lies to the right of the y axis; elsewhere only its range is known."""
    right = x.low > 0.0
    safe = Interval(np.where(right, x.low, 1.0), np.where(right, x.high, 1.0))
    bounds = increasing(np.arctan)(div(y, safe))
    limit = np.full_like(x.low, np.pi)
    everywhere = widened(-limit, limit)
    return Interval(
        np.where(right, bounds.low, everywhere.low), np.where(right, bounds.high, everywhere.high)
    )


EXTENSIONS: Mapping[str, Callable[..., Interval]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "pow": power,
    "neg": neg,
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "arcsin": _arc(np.arcsin, grows=True),
    "arccos": _arc(np.arccos, grows=False),
    "arctan": increasing(np.arctan),
    "sinh": increasing(np.sinh),
    "cosh": even(np.cosh),
    "tanh": increasing(np.tanh),
    "exp": increasing(np.exp),
    "log": _logarithm,
    "sqrt": _square_root,
    "abs": absolute,
    "sign": increasing(np.sign),
    "relu": increasing(OPERATIONS["relu"].apply),
    "sigmoid": increasing(OPERATIONS["sigmoid"].apply),
    "softplus": increasing(OPERATIONS["softplus"].apply),
    "atan2": _angle,
    "min": smaller,
    "max": larger,
}


KINKS: frozenset[str] = frozenset({"abs", "sign", "relu", "min", "max"})
"""Operations whose derivative jumps: where the argument is 0, or both arguments are equal."""


class Enclosure(NamedTuple):
    """Bounds of every output, and where no operation has a kink: there the derivatives among the
    outputs bound the slopes of the others."""

    outputs: dict[str, Interval]
    smooth: NDArray[np.bool_]


def enclose(tape: Tape, box: Sequence[Interval]) -> Enclosure:
    """Bounds of every output over k boxes at once, and whether each box is free of kinks.

    ``box`` has one interval of shape (k,) for each input; an output of shape T comes back with
    bounds of shape T + (k,).  Where nothing is known the bounds are infinite.
    """
    shape = box[0].low.shape
    slots = [*box, *(point(np.full(shape, constant)) for constant in tape.constants)]
    smooth = np.ones(shape, dtype=bool)
    with np.errstate(all="ignore"):
        for step in tape.steps:
            operands = [slots[operand] for operand in step.operands]
            if step.name in KINKS:
                smooth &= ~_may_jump(*operands)
            slots.append(EXTENSIONS[step.name](*operands))
    return Enclosure({name: _stack(slots, nested) for name, nested in tape.outputs.items()}, smooth)


def bounds(tape: Tape, box: Sequence[Interval]) -> dict[str, Interval]:
    """The outputs of ``enclose`` alone."""
    return enclose(tape, box).outputs


def _may_jump(a: Interval, b: Interval | None = None) -> NDArray[np.bool_]:
    """Whether the interval holds 0; of two, whether they have a point in common."""
    low, high = (0.0, 0.0) if b is None else (b.low, b.high)
    return np.asarray((a.low <= high) & (a.high >= low))


def _stack(slots: Sequence[Interval], nested: NestedSlots) -> Interval:
    if isinstance(nested, int):
        return slots[nested]
    parts = [_stack(slots, inner) for inner in nested]
    return Interval(np.stack([p.low for p in parts]), np.stack([p.high for p in parts]))
