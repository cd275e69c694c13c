"""Brings dX to the end: from dF to the linear maps whose sum it is.

``contributions`` walks from the root of dF to every dX in it, along the operations that are linear
in the part with the increment, and carries the map along.  Every operation that a differential rule
may write around an increment has a law here; one without a law raises and names itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.nodes import ONE, Node
from app.matrices.transport.functional import ADJOINTS, pulled
from app.matrices.transport.operators import Functional, Operator, Sandwich, Stacked
from app.matrices.transport.stacked import khatri_rao, stacked_step


def contributions(node: Node) -> list[Operator]:
    """The maps of dX whose sum is the differential."""
    start: Operator = Functional(ONE) if node.is_scalar else Sandwich()
    return list(_bring(node, start))


def _bring(node: Node, operator: Operator) -> Iterator[Operator]:
    if node.operation == "symbol":
        yield operator
        return
    if node.operation == "add":
        for term in node.operands:
            if term.increment:
                yield from _bring(term, operator)
        return
    if node.operation == "diagonal" and node.operands[0].operation == "add":
        yield from _bring(nodes.add(*map(nodes.diag, node.operands[0].operands)), operator)
        return
    if node.operation not in ADJOINTS:
        raise ExpressionError(
            "not-differentiable", f"There is no law to bring dX out of {node.operation}."
        )
    index = next(i for i, operand in enumerate(node.operands) if operand.increment)
    yield from _bring(*_step(node, index, operator))


def _step(part: Node, index: int, operator: Operator) -> tuple[Node, Operator]:
    operand = part.operands[index]
    match operator:
        case Functional(cotangent, value, stacked):
            return operand, Functional(pulled(part, index, cotangent), value, stacked)
        case Stacked(rows):
            return stacked_step(part, index, rows)
        case Sandwich():
            return _sandwich_step(part, index, operator)


def _sandwich_step(part: Node, index: int, around: Sandwich) -> tuple[Node, Operator]:
    operand = part.operands[index]
    match part.operation:
        case "times" if operand.is_scalar:
            others = [f for place, f in enumerate(part.operands) if place != index]
            value = around.applied(others[-1])
            return operand, Functional(nodes.times(*others[:-1], ONE), value)
        case "times":
            scalars = [*part.operands[:-1], *([] if around.scale is None else [around.scale])]
            scale = nodes.times(*scalars)
            return operand, Sandwich(scale, around.left, around.right, around.turned)
        case "product":
            return operand, around.between(part.operands[:index], part.operands[index + 1 :])
        case "transpose":
            turned = not around.turned
            return operand, Sandwich(around.scale, around.left, around.right, turned)
        case "hadamard" if part.shape.kind != "matrix":
            return operand, _scaled_entries(part, index, around)
        case "diag":
            return operand, _from_diagonal(operand, around)
    return stacked_step(part, index, around.matrix(part.shape))


def _scaled_entries(part: Node, index: int, around: Sandwich) -> Sandwich:
    """w∘y is diag(w)·y, and for rows y'∘w' is y'·diag(w)."""
    others = [f for place, f in enumerate(part.operands) if place != index]
    weights = nodes.hadamard(*others)
    if part.shape.kind == "column":
        return around.between((nodes.diag(weights),), ())
    return around.between((), (nodes.diag(nodes.transpose(weights)),))


def _from_diagonal(operand: Node, around: Sandwich) -> Operator:
    """L·diag(y)·R: with a column R it is L·diag(R)·y, else a Khatri–Rao product."""
    left, right = around.left, around.right
    if right is not None and right.shape.kind == "column":
        scaled = Sandwich(around.scale, left, None)
        return scaled.between((nodes.diag(right),), ())
    if left is not None and left.shape.kind == "row":
        scaled = Sandwich(around.scale, None, right, turned=True)
        return scaled.between((nodes.diag(nodes.transpose(left)),), ())
    law = khatri_rao(left, right, operand.shape.rows)
    return Stacked(law if around.scale is None else nodes.times(around.scale, law))
