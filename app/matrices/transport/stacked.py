"""The laws of vec: what a linear operation does to vec Y is the product with a matrix.

Source: Magnus and Neudecker (2019), chapter 2 (vec(AXB) = (B'⊗A) vec X), chapter 3 (commutation
matrix, vec(A⊗B)); for diag the column-wise and row-wise Khatri–Rao products.
"""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.shapes import Dimension, Shape, column
from app.matrices.transport.operators import Functional, Operator, Sandwich, Stacked, stack


def stacked_step(part: Node, index: int, rows: Node) -> tuple[Node, Operator]:
    """From vec F = rows·vec(part) to the operand that varies; the operand is returned as well."""
    operand = part.operands[index]
    match part.operation:
        case "times" if operand.is_scalar:
            others = [f for place, f in enumerate(part.operands) if place != index]
            value = nodes.product(rows, stack(others[-1]))
            return operand, Functional(nodes.times(*others[:-1], nodes.ONE), value, stacked=True)
        case "times":
            return operand, Stacked(nodes.times(*part.operands[:-1], rows))
        case "product":
            around = Sandwich().between(part.operands[:index], part.operands[index + 1 :])
            return operand, Stacked(nodes.multiply(rows, around.matrix(operand.shape)))
        case "transpose":
            return operand, Stacked(nodes.multiply(rows, *_swap(operand.shape)))
        case "hadamard":
            others = [stack(f) for place, f in enumerate(part.operands) if place != index]
            return operand, Stacked(nodes.product(rows, nodes.diag(nodes.hadamard(*others))))
        case "vec":
            return operand, Stacked(rows)
        case "diag":
            return operand, Stacked(nodes.product(rows, khatri_rao(None, None, operand.shape.rows)))
        case "diagonal":
            inner, law = diagonal_law(operand)
            return inner, Stacked(nodes.product(rows, law))
        case "kron":
            return operand, Stacked(nodes.multiply(rows, kron_law(part, index)))
    raise AssertionError(part.operation)


def _swap(shape: Shape) -> list[Node]:
    return [nodes.comm(shape.rows, shape.columns)] if shape.kind == "matrix" else []


def khatri_rao(left: Node | None, right: Node | None, size: Dimension) -> Node:
    """M with vec(L·diag(y)·R) = M·y: the columns of R' and L, multiplied by ⊗ pair by pair."""
    up = nodes.eye(size) if right is None else nodes.transpose(right)
    down = nodes.eye(size) if left is None else left
    first = nodes.kron(up, nodes.ones(column(down.shape.rows)))
    return nodes.hadamard(first, nodes.kron(nodes.ones(column(up.shape.rows)), down))


def diagonal_law(operand: Node) -> tuple[Node, Node]:
    """The part Y and M with diag(L·Y·R) = M·vec(Y), where the operand is L·Y·R (or Y alone)."""
    part = operand
    before: tuple[Node, ...] = ()
    after: tuple[Node, ...] = ()
    if operand.operation == "product":
        index = next(i for i, factor in enumerate(operand.operands) if factor.increment)
        part = operand.operands[index]
        before, after = operand.operands[:index], operand.operands[index + 1 :]
    size = operand.shape.rows
    up = nodes.transpose(nodes.product(*after)) if after else nodes.eye(size)
    down = nodes.product(*before) if before else nodes.eye(size)
    rows, columns = part.shape.rows, part.shape.columns
    if rows == 1:
        return part, nodes.multiply(nodes.diag(down), up)
    if columns == 1:
        return part, nodes.multiply(nodes.diag(up), down)
    first = nodes.kron(up, nodes.transpose(nodes.ones(column(rows))))
    return part, nodes.hadamard(
        first, nodes.kron(nodes.transpose(nodes.ones(column(columns))), down)
    )


def kron_law(part: Node, index: int) -> Node:
    """vec(A⊗B) = (I_n ⊗ K(q,m) ⊗ I_p)·(vec A ⊗ vec B) for A of m×n and B of p×q."""
    left, right = part.operands
    m, n = left.shape.rows, left.shape.columns
    p, q = right.shape.rows, right.shape.columns
    if index == 1:
        spread = nodes.kron(stack(left), nodes.eye(right.shape.entries))
    else:
        spread = nodes.kron(nodes.eye(left.shape.entries), stack(right))
    if q == 1 or m == 1:
        return spread
    swap: Node = nodes.comm(q, m)
    if n != 1:
        swap = nodes.kron(nodes.eye(n), swap)
    if p != 1:
        swap = nodes.kron(swap, nodes.eye(p))
    return nodes.product(swap, spread)
