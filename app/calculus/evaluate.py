"""Tapes run by NumPy, a whole array of points at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.calculus.operations import OPERATIONS, Array
from app.calculus.tape import NestedSlots, Tape


def evaluate(tape: Tape, point: Sequence[npt.ArrayLike] | Array) -> dict[str, Array]:
    """Every output of the tape.

    ``point`` has one number or array for each input; arrays broadcast to a common shape S.  An
    output of shape T (``()``, ``(m,)`` or ``(m, n)``) comes back with shape T + S.  Outside the
    domain values are NaN or infinite; nothing is raised or warned of.
    """
    if len(point) != len(tape.inputs):
        raise ValueError(f"The tape has {len(tape.inputs)} inputs, not {len(point)}.")
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in point))
    shape = arrays[0].shape if arrays else ()
    # Views without a stride: a constant takes no memory, and operations see that it is one.
    constants = (np.broadcast_to(np.float64(value), shape) for value in tape.constants)
    slots: list[Array] = [*arrays, *constants]
    with np.errstate(all="ignore"):
        for step in tape.steps:
            operands = (slots[operand] for operand in step.operands)
            slots.append(np.asarray(OPERATIONS[step.name].apply(*operands), dtype=np.float64))
    return {name: _stack(slots, nested, shape) for name, nested in tape.outputs.items()}


def _stack(slots: Sequence[Array], nested: NestedSlots, shape: tuple[int, ...]) -> Array:
    if isinstance(nested, int):
        return slots[nested]
    if not nested:
        return np.empty((0, *shape))
    return np.stack([_stack(slots, inner, shape) for inner in nested])
