"""The last touch: what has no name in the language is written with what has one.

Identities, ones and commutation matrices of a size m·n are written with ⊗, and zero arrays as 0
times ones.
"""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rewriting.scalars import is_negative
from app.matrices.shapes import Dimension, Shape, column, factors_of, product_of


def finished(node: Node) -> Node:
    """The node with only constants that the language can name."""
    match node.operation:
        case "eye" if _composite(node.shape.rows):
            return _identity(factors_of(node.shape.rows))
        case "ones" if any(map(_composite, node.shape.axes)):
            return _ones(node.shape)
        case "zero":
            return nodes.times(nodes.ZERO, finished(nodes.ones(node.shape)))
        case "comm" if any(map(_composite, node.parameter)):
            return _commutation(*node.parameter)
    if not node.operands:
        return node
    operands = tuple([finished(operand) for operand in node.operands])
    if node.operation == "add":
        operands = _plain_before_transposed(operands)
        if is_negative(operands[0]):
            operands = _positive_first(operands)
    if node.operation == "product" and (shorter := _repeats_as_powers(operands)) is not None:
        return shorter
    if all(map(_is, operands, node.operands)):
        return node
    return nodes.make(node.operation, operands, node.parameter)


def _repeats_as_powers(factors: tuple[Node, ...]) -> Node | None:
    """X'·X·X'·X is written (X'·X)²."""
    for start in range(len(factors) - 3):
        for length in range(2, (len(factors) - start) // 2 + 1):
            block, times = factors[start : start + length], 1
            if block[0].shape.rows != block[-1].shape.columns:
                continue
            while factors[start + times * length : start + (times + 1) * length] == block:
                times += 1
            repeated = nodes.product(*block)
            if times > 1 and repeated.shape.kind == "matrix" and not repeated.increment:
                power = nodes.matrix_power(repeated, times)
                chain = (*factors[:start], power, *factors[start + times * length :])
                return _repeats_as_powers(chain) or nodes.product(*chain)
    return None


def _plain_before_transposed(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """A' + A is written A + A'."""
    ordered = list(terms)
    for place, term in enumerate(ordered):
        if term.operation == "transpose" and term.operands[0] in ordered[place + 1 :]:
            other = ordered.index(term.operands[0], place + 1)
            ordered[place], ordered[other] = ordered[other], term
    return tuple(ordered)


def _positive_first(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """−U + V is written V − U."""
    for index, term in enumerate(terms):
        if not is_negative(term):
            return (term, *terms[:index], *terms[index + 1 :])
    return terms


def _is(left: Node, right: Node) -> bool:
    return left is right


def _composite(dimension: Dimension) -> bool:
    return isinstance(dimension, tuple)


def _identity(factors: tuple[Dimension, ...]) -> Node:
    """I of size m·n is I⊗I."""
    if len(factors) == 1:
        return nodes.eye(factors[0])
    return nodes.kron(_identity(factors[1:]), nodes.eye(factors[0]))


def _ones(shape: Shape) -> Node:
    """Ones of a composite length: ones ⊗ ones."""
    if shape.kind == "column":
        first, *rest = factors_of(shape.rows)
        return nodes.kron(
            finished(nodes.ones(column(product_of(*rest)))), nodes.ones(column(first))
        )
    left = finished(nodes.ones(column(shape.rows)))
    right = finished(nodes.ones(column(shape.columns)))
    return nodes.product(left, nodes.transpose(right))


def _commutation(rows: Dimension, columns: Dimension) -> Node:
    """K(pq,n) = (I_p ⊗ K(q,n))·(K(p,n) ⊗ I_q), and K(m,pq) = (K(m,p) ⊗ I_q)·(I_p ⊗ K(m,q))."""
    if _composite(rows):
        first, rest = factors_of(rows)[0], product_of(*factors_of(rows)[1:])
        outer = nodes.kron(nodes.eye(first), nodes.comm(rest, columns))
        inner = nodes.kron(nodes.comm(first, columns), finished(nodes.eye(rest)))
        return finished(nodes.product(outer, inner))
    first, rest = factors_of(columns)[0], product_of(*factors_of(columns)[1:])
    outer = nodes.kron(nodes.comm(rows, first), finished(nodes.eye(rest)))
    inner = nodes.kron(nodes.eye(first), nodes.comm(rows, rest))
    return finished(nodes.product(outer, inner))
