"""A network as a computational graph: forward pass, backward pass, and the check of its gradient.

A network is a chain of layers a ← activation(W a + b) (an activation may be missing) and a loss
that compares the last value with a target.  The graph has a node for every input, weight and
intermediate value and an edge for every dependence; each edge knows its local Jacobian, the
cotangent that arrives at its head and the product that leaves at its tail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.networks.errors import network_error
from app.networks.operations import ACTIVATIONS, AFFINE, LOSSES, Operation

Array = NDArray[np.float64]

MAX_LAYERS = 4
MAX_WIDTH = 8
MAX_VALUE = 1e6


@dataclass(frozen=True)
class Layer:
    """Weights W (m×n), bias b (m) and the name of an activation, or None."""

    W: Array
    b: Array
    activation: str | None


@dataclass(frozen=True)
class Node:
    """A value of the graph; ``operation`` is None for what is given."""

    name: str
    tex: str
    value: Array
    operation: Operation | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edge:
    """The dependence of ``head`` on ``tail``: J (numerator layout), and what flows back over it.

    ``incoming`` is the cotangent of the head in the head's shape, ``outgoing`` = Jᵀ·incoming in the
    tail's shape.
    """

    tail: str
    head: str
    position: int
    jacobian: Array
    incoming: Array
    outgoing: Array


@dataclass(frozen=True)
class Mismatch:
    """The first product of a faulty backward pass whose shapes do not fit, in words."""

    tail: str
    head: str
    message: str


@dataclass(frozen=True)
class Pass:
    """The graph in order of evaluation, the edges in order of the backward pass, all cotangents.

    A ``mismatch`` ended the backward pass early; without faults there is none.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cotangents: Mapping[str, Array]
    mismatch: Mismatch | None = None

    @property
    def loss(self) -> float:
        return float(self.nodes[-1].value)


def forward(layers: Sequence[Layer], x: Array, y: Array, loss: str) -> tuple[Node, ...]:
    """The nodes with their values.  Raises NetworkError for what does not fit together."""
    _check(layers, x, y, loss)
    nodes: list[Node] = [Node("x", r"\mathbf{x}", x)]
    current = "x"
    for number, layer in enumerate(layers, start=1):
        current = _add_layer(nodes, number, layer, current)
    nodes.append(Node("y", r"\mathbf{y}", y))
    _add(nodes, "loss", r"\ell", LOSSES[loss], (current, "y"))
    return tuple(nodes)


def _add_layer(nodes: list[Node], number: int, layer: Layer, current: str) -> str:
    weights, bias, z, a = f"W{number}", f"b{number}", f"z{number}", f"a{number}"
    nodes.append(Node(weights, f"W_{number}", layer.W))
    nodes.append(Node(bias, rf"\mathbf{{b}}_{number}", layer.b))
    _add(nodes, z, rf"\mathbf{{z}}_{number}", AFFINE, (weights, current, bias))
    if layer.activation is None:
        return z
    _add(nodes, a, rf"\mathbf{{a}}_{number}", ACTIVATIONS[layer.activation], (z,))
    return a


def _add(
    nodes: list[Node], name: str, tex: str, operation: Operation, arguments: tuple[str, ...]
) -> None:
    known = {node.name: node.value for node in nodes}
    value = operation.value(*(known[argument] for argument in arguments))
    nodes.append(Node(name, tex, np.asarray(value), operation, arguments))


def backward(nodes: Sequence[Node]) -> Pass:
    """Cotangents from the loss back to every input, edge by edge."""
    values = {node.name: node.value for node in nodes}
    cotangents: dict[str, Array] = {nodes[-1].name: np.asarray(1.0)}
    edges: list[Edge] = []
    for node in reversed(nodes):
        for position in range(len(node.operation.arguments) if node.operation else 0):
            step = _edge(node, position, values, cotangents[node.name])
            if isinstance(step, Mismatch):
                return Pass(tuple(nodes), tuple(edges), cotangents, step)
            edges.append(step)
            before = cotangents.get(step.tail, np.zeros_like(step.outgoing))
            cotangents[step.tail] = before + step.outgoing
    return Pass(tuple(nodes), tuple(edges), cotangents)


def _edge(
    node: Node, position: int, values: Mapping[str, Array], incoming: Array
) -> Edge | Mismatch:
    assert node.operation is not None
    tail, rule = node.arguments[position], node.operation.arguments[position]
    arguments = [values[name] for name in node.arguments]
    try:
        outgoing = np.asarray(rule.pullback(incoming, *arguments))
    except ValueError:
        matrix = _shape(values[node.arguments[0]])
        message = (
            f"On the way from {node.name} to {tail} a product of {matrix} with the cotangent of "
            f"{node.name}, {_shape(incoming)}, does not exist."
        )
        return Mismatch(tail, node.name, message)
    if outgoing.shape != values[tail].shape:
        message = (
            f"The cotangent of {tail} must have the shape of {tail}, {_shape(values[tail])}, but "
            f"comes out as {_shape(outgoing)}."
        )
        return Mismatch(tail, node.name, message)
    return Edge(tail, node.name, position, rule.jacobian(*arguments), incoming, outgoing)


def _shape(value: Array) -> str:
    """A shape in words: columns are n×1."""
    if value.ndim == 0:
        return "1×1"
    return f"{value.shape[0]}×{value.shape[1] if value.ndim == 2 else 1}"


def central_differences(
    layers: Sequence[Layer], x: Array, y: Array, loss: str, step: float = 1e-5
) -> dict[str, Array]:
    """The gradient of the loss by every weight, bias and input entry, by central differences."""
    given = {"x": x}
    for number, layer in enumerate(layers, start=1):
        given |= {f"W{number}": layer.W, f"b{number}": layer.b}

    def loss_at(values: Mapping[str, Array]) -> float:
        rebuilt = [
            Layer(values[f"W{n}"], values[f"b{n}"], layer.activation)
            for n, layer in enumerate(layers, start=1)
        ]
        return float(forward(rebuilt, values["x"], y, loss)[-1].value)

    gradients: dict[str, Array] = {}
    for name, value in given.items():
        gradient = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            shift = np.zeros_like(value)
            shift[index] = step
            up, down = (
                loss_at({**given, name: value + shift}),
                loss_at({**given, name: value - shift}),
            )
            gradient[index] = (up - down) / (2.0 * step)
        gradients[name] = gradient
    return gradients


def _check(layers: Sequence[Layer], x: Array, y: Array, loss: str) -> None:
    if loss not in LOSSES:
        raise network_error(
            "unknown-name", f"There is no loss “{loss}”.", f"Known: {_list(LOSSES)}."
        )
    if not 1 <= len(layers) <= MAX_LAYERS:
        raise network_error("too-large", f"A network here has 1 to {MAX_LAYERS} layers.")
    width = len(x)
    for number, layer in enumerate(layers, start=1):
        _check_layer(number, layer, width)
        width = len(layer.b)
    if len(y) != width:
        raise network_error("shape", f"The target has {len(y)} entries, the last layer {width}.")
    if loss == "cross-entropy":
        _check_cross_entropy(layers[-1], y)
    arrays = [x, y, *(array for layer in layers for array in (layer.W, layer.b))]
    if not all(np.isfinite(array).all() and np.abs(array).max() <= MAX_VALUE for array in arrays):
        raise network_error(
            "too-large", "Every number must be finite and at most 1,000,000 in size."
        )


def _check_layer(number: int, layer: Layer, width: int) -> None:
    if layer.activation is not None and layer.activation not in ACTIVATIONS:
        raise network_error(
            "unknown-name",
            f"There is no activation “{layer.activation}”.",
            f"Known: {_list(ACTIVATIONS)}.",
        )
    if not 1 <= len(layer.b) <= MAX_WIDTH or not 1 <= width <= MAX_WIDTH:
        raise network_error("too-large", f"A layer here is 1 to {MAX_WIDTH} wide.")
    if layer.W.shape != (len(layer.b), width):
        rows, columns = layer.W.shape
        raise network_error(
            "shape",
            f"W{number} is {rows}×{columns}, but it takes {width} entries to {len(layer.b)}.",
            f"It must be {len(layer.b)}×{width}.",
        )


def _check_cross_entropy(last: Layer, y: Array) -> None:
    if last.activation is not None:
        raise network_error(
            "shape",
            "Cross-entropy contains the softmax, so the last layer has no activation of its own.",
            "Take the activation of the last layer away.",
        )
    if (y < 0).any() or abs(float(y.sum()) - 1.0) > 1e-9:
        raise network_error(
            "shape", "For cross-entropy the target holds probabilities that add up to 1."
        )


def _list(names: Mapping[str, object]) -> str:
    return ", ".join(names)
