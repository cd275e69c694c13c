"""Typical mistakes of a hand-written backward pass, for the student to find.

Each fault replaces the pullback of one operation; the forward pass stays right, so only shapes and
the gradient check can tell.  Where sizes agree the wrong shape is silent, which is the point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.networks.errors import network_error
from app.networks.network import Node
from app.networks.operations import ACTIVATIONS, AFFINE, SOFTMAX, Argument, Operation

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fault:
    """A mistake, with the sentence that is told when the student has found it or gives up."""

    name: str
    explanation: str
    spoil: Callable[[Operation], Operation | None]
    """The operation with the mistake in it, or None where it does not apply."""


def _with_argument(
    operation: Operation, position: int, pullback: Callable[..., Array]
) -> Operation:
    arguments = list(operation.arguments)
    arguments[position] = Argument(arguments[position].jacobian, pullback)
    return replace(operation, arguments=tuple(arguments))


def _forget_transpose(operation: Operation) -> Operation | None:
    if operation is not AFFINE:
        return None
    return _with_argument(operation, 1, lambda v, W, x, b: W @ v)


def _swap_outer_product(operation: Operation) -> Operation | None:
    if operation is not AFFINE:
        return None
    return _with_argument(operation, 0, lambda v, W, x, b: np.outer(x, v))


def _forget_slope(operation: Operation) -> Operation | None:
    if operation not in ACTIVATIONS.values() or operation is SOFTMAX:
        return None
    return _with_argument(operation, 0, lambda v, z: v)


def _forget_softmax_coupling(operation: Operation) -> Operation | None:
    if operation is not SOFTMAX:
        return None

    def diagonal_only(v: Array, z: Array) -> Array:
        p = np.asarray(SOFTMAX.value(z))
        return np.asarray(p * (1.0 - p) * v)

    return _with_argument(operation, 0, diagonal_only)


FAULTS = {
    fault.name: fault
    for fault in (
        Fault(
            "forgotten transpose",
            "The cotangent of an affine layer's input is Wᵀv; here W was not transposed.",
            _forget_transpose,
        ),
        Fault(
            "swapped outer product",
            "The gradient of W is v xᵀ, with the shape of W; here it is x vᵀ.",
            _swap_outer_product,
        ),
        Fault(
            "forgotten slope",
            "An activation multiplies the cotangent by its slope f′(z); here it let it pass.",
            _forget_slope,
        ),
        Fault(
            "forgotten coupling",
            "Every output of softmax depends on every input; here only the diagonal was kept.",
            _forget_softmax_coupling,
        ),
    )
}


def spoiled(nodes: tuple[Node, ...], fault: str) -> tuple[Node, ...]:
    """The same forward pass with the fault in every operation that it applies to.

    Raises NetworkError for an unknown fault and for one that this network cannot have.
    """
    if fault not in FAULTS:
        raise network_error(
            "unknown-name", f"There is no fault “{fault}”.", f"Known: {', '.join(FAULTS)}."
        )
    replaced = []
    for node in nodes:
        faulty = FAULTS[fault].spoil(node.operation) if node.operation is not None else None
        replaced.append(node if faulty is None else replace(node, operation=faulty))
    if all(old is new for old, new in zip(nodes, replaced, strict=True)):
        raise network_error("shape", f"This network has no place for the fault “{fault}”.")
    return tuple(replaced)
