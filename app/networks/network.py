"""A network as a computational graph: forward pass and backward pass.

A network is a chain of layers a ← activation(W a + b), where the activation or the affine map may
be missing, and a loss that compares the last value with a target.  The graph has a node for every
input, weight and intermediate value and an edge for every dependence; each edge knows its local
Jacobian, the cotangent that arrives at its head and the product that leaves at its tail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from app.networks.checks import check
from app.networks.model import Array, Edge, Layer, Mismatch, Node, Pass, shape_in_words
from app.networks.operations import ACTIVATIONS, AFFINE, Operation, loss_operation


def forward(layers: Sequence[Layer], x: Array, y: Array, loss: str) -> tuple[Node, ...]:
    """The nodes with their values.  Raises NetworkError for what does not fit together."""
    check(layers, x, y, loss)
    nodes = [Node("x", r"\mathbf{x}", x)]
    current = "x"
    for number, layer in enumerate(layers, start=1):
        current = _add_layer(nodes, number, layer, current)
    nodes.append(Node("y", r"\mathbf{y}", y))
    operation = loss_operation(loss, layers[-1].activation)
    _add(nodes, "loss", r"\ell", operation, (current, "y"))
    return tuple(nodes)


def _add_layer(nodes: list[Node], number: int, layer: Layer, current: str) -> str:
    weights, bias, z, a = f"W{number}", f"b{number}", f"z{number}", f"a{number}"
    if layer.W is not None and layer.b is not None:
        nodes.append(Node(weights, f"W_{number}", layer.W))
        nodes.append(Node(bias, rf"\mathbf{{b}}_{number}", layer.b))
        _add(nodes, z, rf"\mathbf{{z}}_{number}", AFFINE, (weights, current, bias))
        current = z
    if layer.activation is None:
        return current
    _add(nodes, a, rf"\mathbf{{a}}_{number}", ACTIVATIONS[layer.activation], (current,))
    return a


def _add(
    nodes: list[Node], name: str, tex: str, operation: Operation, arguments: tuple[str, ...]
) -> None:
    known = {node.name: node.value for node in nodes}
    with np.errstate(all="ignore"):
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
        with np.errstate(all="ignore"):
            outgoing = np.asarray(rule.pullback(incoming, *arguments))
            jacobian = rule.jacobian(*arguments)
    except ValueError:
        matrix = shape_in_words(values[node.arguments[0]])
        message = (
            f"On the way from {node.name} to {tail} a product of {matrix} with the cotangent of "
            f"{node.name}, {shape_in_words(incoming)}, does not exist."
        )
        return Mismatch(tail, node.name, message)
    if outgoing.shape != values[tail].shape:
        message = (
            f"The cotangent of {tail} must have the shape of {tail}, "
            f"{shape_in_words(values[tail])}, but comes out as {shape_in_words(outgoing)}."
        )
        return Mismatch(tail, node.name, message)
    return Edge(tail, node.name, position, jacobian, incoming, outgoing)
