"""Typical mistakes of a hand-written backward pass, for the student to find.

Each fault replaces one rule of one operation; the forward pass stays right, so only shapes and the
gradient check can tell.  Where sizes agree the wrong shape is silent, which is the point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.networks.errors import network_error
from app.networks.model import Node
from app.networks.operations import (
    ACTIVATIONS,
    AFFINE,
    CROSS_ENTROPY,
    SOFTMAX,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    Argument,
    Operation,
    softmax,
)

Array = NDArray[np.float64]

_SMOOTH = (ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"])
_ELEMENTWISE = (*_SMOOTH, ACTIVATIONS["relu"])


@dataclass(frozen=True)
class Fault:
    """A mistake, with the sentence that is told when the student has found it or gives up.

    ``position`` is that of the argument whose rule is wrong; ``rule`` makes the wrong rule for one
    of ``operations``, with the matrix that it uses in the place of the Jacobian.
    """

    name: str
    explanation: str
    operations: tuple[Operation, ...]
    position: int
    rule: Callable[[Operation], Argument]


@dataclass(frozen=True)
class Site:
    """A place where a network can have a fault: the rule from ``head`` back to ``tail``."""

    fault: str
    head: str
    tail: str


def _row(value: Array) -> Array:
    return value[None, :]


def _slope_at_output(operation: Operation) -> Argument:
    def slope(z: Array) -> Array:
        value = np.asarray(operation.value(z))
        return np.asarray(np.diag(operation.arguments[0].jacobian(value)))

    return Argument(lambda z: np.diag(slope(z)), lambda v, z: slope(z) * v)


FAULTS = {
    fault.name: fault
    for fault in (
        Fault(
            "forgotten transpose",
            "The cotangent of an affine layer's input is Wᵀv; here W was not transposed.",
            (AFFINE,),
            1,
            lambda _: Argument(lambda W, x, b: W.T, lambda v, W, x, b: W @ v),
        ),
        Fault(
            "swapped outer product",
            "The gradient of W is v xᵀ, with the shape of W; here it is x vᵀ.",
            (AFFINE,),
            0,
            lambda _: Argument(
                lambda W, x, b: np.asarray(np.kron(np.eye(len(b)), _row(x)), dtype=float),
                lambda v, W, x, b: np.outer(x, v),
            ),
        ),
        Fault(
            "forgotten input",
            "The gradient of W is v xᵀ; here x was left out, so that all columns are v.",
            (AFFINE,),
            0,
            lambda _: Argument(
                lambda W, x, b: np.asarray(np.kron(np.ones_like(x), np.eye(len(b))), dtype=float),
                lambda v, W, x, b: np.outer(v, np.ones_like(x)),
            ),
        ),
        Fault(
            "forgotten slope",
            "An activation multiplies the cotangent by its slope f′(z); here it let it pass.",
            _ELEMENTWISE,
            0,
            lambda _: Argument(lambda z: np.eye(len(z)), lambda v, z: v),
        ),
        Fault(
            "slope at the output",
            "The slope f′ belongs at the input z of the activation; here it was taken at f(z).",
            _SMOOTH,
            0,
            _slope_at_output,
        ),
        Fault(
            "forgotten coupling",
            "Every output of softmax depends on every input; here only the diagonal was kept.",
            (SOFTMAX,),
            0,
            lambda _: Argument(
                lambda z: np.diag(softmax(z) * (1.0 - softmax(z))),
                lambda v, z: softmax(z) * (1.0 - softmax(z)) * v,
            ),
        ),
        Fault(
            "forgotten target",
            "The derivative of the loss compares with the target y; here y was left out.",
            (SQUARED_ERROR,),
            0,
            lambda _: Argument(lambda p, y: _row(p), lambda v, p, y: v * p),
        ),
        Fault(
            "forgotten target scores",
            "The derivative of cross-entropy by the scores is p − y; here y was left out.",
            (SOFTMAX_CROSS_ENTROPY,),
            0,
            lambda _: Argument(lambda z, y: _row(softmax(z)), lambda v, z, y: v * softmax(z)),
        ),
        Fault(
            "forgotten division",
            "The derivative of −yᵀ log p by p is −y/p; here the division by p was left out.",
            (CROSS_ENTROPY,),
            0,
            lambda _: Argument(lambda p, y: _row(-y), lambda v, p, y: -v * y),
        ),
    )
}


def sites(nodes: tuple[Node, ...]) -> tuple[Site, ...]:
    """All faults that this network can have, each at each of its places, in order of the graph."""
    return tuple(
        Site(fault.name, node.name, node.arguments[fault.position])
        for node in nodes
        for fault in FAULTS.values()
        if node.operation in fault.operations
    )


def spoiled(nodes: tuple[Node, ...], fault: str, at: str | None = None) -> tuple[Node, ...]:
    """The same forward pass with the fault in the operation of node ``at``; None: wherever it fits.

    Raises NetworkError for an unknown fault and for one that this network cannot have there.
    """
    if fault not in FAULTS:
        raise network_error(
            "unknown-name", f"There is no fault “{fault}”.", f"Known: {', '.join(FAULTS)}."
        )
    places = [site.head for site in sites(nodes) if site.fault == fault]
    chosen = places if at is None else [name for name in places if name == at]
    if not chosen:
        where = "This network" if at is None else f"The operation of {at}"
        hint = f"It fits at: {', '.join(places)}." if places else "Take another fault."
        raise network_error("shape", f"{where} has no place for the fault “{fault}”.", hint)
    return tuple(_spoil(node, FAULTS[fault]) if node.name in chosen else node for node in nodes)


def _spoil(node: Node, fault: Fault) -> Node:
    assert node.operation is not None
    arguments = list(node.operation.arguments)
    arguments[fault.position] = fault.rule(node.operation)
    return replace(node, operation=replace(node.operation, arguments=tuple(arguments)))
