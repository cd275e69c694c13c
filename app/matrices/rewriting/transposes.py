"""Transposes move to the leaves, and vanish where a matrix is symmetric."""

from __future__ import annotations

from app.expressions.functions import ELEMENTWISE
from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.properties import has
from app.matrices.rewriting.engine import simplification

_INSIDE = frozenset({"add", "hadamard", "element_power", "matrix_power", "adj"}) | ELEMENTWISE


@simplification("transposes move to the leaves", "transpose")
def push_transpose(node: Node) -> Node | None:
    return turned(node.operands[0])


@simplification("one transpose outside instead of many inside", *_INSIDE)
def pull_transpose(node: Node) -> Node | None:
    """f(A')  is f(A)': a matrix function of a transpose shows the transpose outside."""
    if node.operation in ("add", "hadamard") or node.is_scalar:
        return None
    inner = node.operands[0]
    if inner.operation != "transpose" or inner.shape.kind != "matrix":
        return None
    if node.operation == "element_power" and not node.operands[1].is_scalar:
        return None
    return nodes.transpose(
        nodes.make(node.operation, (inner.operands[0], *node.operands[1:]), node.parameter)
    )


def turned(node: Node) -> Node | None:
    """The transpose of a node, if it can be written without the one in front."""
    match node.operation:
        case "transpose":
            return node.operands[0]
        case "eye" | "diag":
            return node
        case "zero":
            return nodes.zero(node.shape.transposed)
        case "ones" if node.shape.kind == "matrix":
            return nodes.ones(node.shape.transposed)
        case "comm":
            rows, columns = node.parameter
            return nodes.comm(columns, rows)
        case "times":
            return nodes.times(*node.operands[:-1], nodes.transpose(node.operands[-1]))
        case "product":
            return nodes.product(*[nodes.transpose(f) for f in reversed(node.operands)])
        case "kron":
            return nodes.kron(*[nodes.transpose(factor) for factor in node.operands])
    if has(node, "symmetric"):
        return node
    if has(node, "skew"):
        return nodes.negative(node)
    return _turned_inside(node) if node.operation in _INSIDE else None


def _turned_inside(node: Node) -> Node | None:
    """The transpose taken inside a sum or function where that does not make it longer."""
    operands = tuple([o if o.is_scalar else transposed(o) for o in node.operands])
    if sum(o.size for o in operands) > sum(o.size for o in node.operands):
        return None
    return nodes.make(node.operation, operands, node.parameter)


def transposed(node: Node) -> Node:
    """The transpose with transposes at the leaves; no other simplification."""
    if node.is_scalar:
        return node
    inner = turned(node)
    if inner is None:
        return nodes.transpose(node)
    match inner.operation:
        case "product" | "kron" if node.operation == inner.operation:
            return nodes.make(inner.operation, tuple([_settled(o) for o in inner.operands]))
        case "times" if node.operation == "times":
            return nodes.make("times", (*inner.operands[:-1], _settled(inner.operands[-1])))
    return inner


def _settled(node: Node) -> Node:
    return transposed(node.operands[0]) if node.operation == "transpose" else node
