"""The gradient by central differences, and how far a backward pass may be from it.

The step for an entry w is h = 10⁻⁵ max(1, |w|), near the cube root of the machine precision, where
the error of the formula and the rounding error balance (Nocedal & Wright, Numerical Optimization,
8.1).  What rounding alone may do to a difference, some units in the last place of the loss divided
by h, is its ``noise``: below it nothing can be compared.  A gradient of a few units in that place
is zero but for rounding, and agrees with a difference below the noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.networks.checks import check
from app.networks.model import Array, Layer
from app.networks.operations import ACTIVATIONS, AFFINE, loss_operation

STEP = 1e-5
TOLERANCE = 1e-4
"""A larger relative error is a difference."""
_UNITS = 16 * float(np.finfo(float).eps)

Values = Mapping[str, Array]
Texts = np.ndarray[tuple[int, ...], np.dtype[np.str_]]


@dataclass(frozen=True)
class Comparison:
    """One gradient beside its central differences, entry by entry.

    ``verdicts`` holds one word for each entry: “agrees”, “differs”, “kink” (a rectifier switches
    within the step, so there is no derivative to find), “unresolved” (smaller than the noise) or
    “undefined” (a number is missing or not finite).
    """

    differences: Array
    relative_errors: Array
    verdicts: Texts


def central_differences(layers: Sequence[Layer], x: Array, y: Array, loss: str) -> dict[str, Array]:
    """The gradient of the loss by every input entry, weight and bias, by central differences.

    Raises NetworkError for what does not fit together.
    """
    return {name: each[0] for name, each in _differences(layers, x, y, loss).items()}


def compare(
    layers: Sequence[Layer], x: Array, y: Array, loss: str, gradients: Values
) -> dict[str, Comparison]:
    """Each gradient (in the shape of what it belongs to) beside central differences.

    A gradient that a faulty pass did not reach may be missing.  Raises NetworkError for what does
    not fit together.
    """
    return {
        name: _comparison(gradients.get(name), *found)
        for name, found in _differences(layers, x, y, loss).items()
    }


def _comparison(
    gradient: Array | None, found: Array, rounding: Array, noise: Array, kinks: Array
) -> Comparison:
    own = np.full_like(found, np.nan) if gradient is None else gradient
    with np.errstate(all="ignore"):
        apart = np.abs(own - found)
        size = np.maximum(np.abs(own), np.abs(found))
        zero = (np.abs(own) <= rounding) & (apart <= noise)
        errors = np.where(zero | (apart == 0), 0.0, apart / size)
    verdicts = np.select(
        [~np.isfinite(errors), errors <= TOLERANCE, kinks > 0, apart <= noise],
        ["undefined", "agrees", "kink", "unresolved"],
        "differs",
    )
    return Comparison(found, errors, verdicts)


def _differences(
    layers: Sequence[Layer], x: Array, y: Array, loss: str
) -> dict[str, tuple[Array, Array, Array, Array]]:
    """By name: differences, rounding error of the loss, noise, and 1 where a rectifier switches."""
    check(layers, x, y, loss)
    given: dict[str, Array] = {"x": x}
    for number, layer in enumerate(layers, start=1):
        if layer.W is not None and layer.b is not None:
            given |= {f"W{number}": layer.W, f"b{number}": layer.b}
    chain = _Chain(tuple(layer.activation for layer in layers), y, loss)
    return {name: _by_entries(chain, given, name) for name in given}


def _by_entries(chain: _Chain, given: Values, name: str) -> tuple[Array, Array, Array, Array]:
    differences, rounding, noise, kinks = (np.zeros_like(given[name]) for _ in range(4))
    for index in np.ndindex(given[name].shape):
        step = STEP * max(1.0, abs(float(given[name][index])))
        up, down = (chain.run(given, name, index, sign * step) for sign in (1, -1))
        differences[index] = (up.loss - down.loss) / (2.0 * step)
        rounding[index] = _UNITS * max(1.0, up.scale, down.scale)
        noise[index] = rounding[index] / step
        kinks[index] = float(up.switches != down.switches)
    return differences, rounding, noise, kinks


@dataclass(frozen=True)
class _Outcome:
    loss: float
    scale: float
    """The largest number that went into the loss, which sets its rounding error."""
    switches: tuple[bool, ...]
    """Which rectifiers are on."""


@dataclass(frozen=True)
class _Chain:
    """The network without its numbers."""

    activations: tuple[str | None, ...]
    y: Array
    loss: str

    def run(self, given: Values, name: str, index: tuple[int, ...], shift: float) -> _Outcome:
        """The loss with one entry shifted."""
        moved = given[name].copy()
        moved[index] += shift
        values = {**given, name: moved}
        switches: list[bool] = []
        with np.errstate(all="ignore"):
            a = values["x"]
            for number, activation in enumerate(self.activations, start=1):
                if f"W{number}" in values:
                    a = AFFINE.value(values[f"W{number}"], a, values[f"b{number}"])
                if activation == "relu":
                    switches += [bool(each > 0) for each in a]
                if activation is not None:
                    a = ACTIVATIONS[activation].value(a)
            loss = float(loss_operation(self.loss, self.activations[-1]).value(a, self.y))
        return _Outcome(loss, max(abs(loss), float(np.abs(a).max())), tuple(switches))
