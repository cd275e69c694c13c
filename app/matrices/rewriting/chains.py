"""Simplification of matrix products."""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.properties import has
from app.matrices.rewriting.engine import simplification
from app.matrices.rewriting.transposes import transposed
from app.matrices.shapes import column


@simplification("scalars stand in front, identity and zero vanish", "product")
def tidy_chain(node: Node) -> Node | None:
    scalars: list[Node] = []
    chain: list[Node] = []
    changed = False
    for factor in node.operands:
        body = factor
        if factor.operation == "times":
            scalars.extend(factor.operands[:-1])
            body, changed = factor.operands[-1], True
        if body.operation == "zero":
            return nodes.zero(node.shape)
        if body.operation == "product":
            chain.extend(body.operands)
            changed = True
        elif body.operation == "eye":
            changed = True
        else:
            chain.append(body)
    if not changed:
        return None
    rest = nodes.product(*chain) if chain else nodes.eye(node.shape.rows)
    return nodes.times(*scalars, rest)


@simplification("an inner product is a scalar and stands in front", "product")
def extract_inner_product(node: Node) -> Node | None:
    """x·(y'z) is (y'z)·x."""
    factors = node.operands
    for start, factor in enumerate(factors):
        if factor.shape.kind != "row":
            continue
        for end in range(start + 1, len(factors)):
            if factors[end].shape.kind == "column":
                if start == 0 and end == len(factors) - 1:
                    return None
                inner = nodes.product(*factors[start : end + 1])
                outer = [*factors[:start], *factors[end + 1 :]]
                return nodes.times(inner, nodes.multiply(*outer))
    return None


def power_parts(node: Node) -> tuple[Node, int, bool]:
    """A factor as (base, exponent, transposed)."""
    if node.operation == "transpose":
        base, exponent, turned = power_parts(node.operands[0])
        return base, exponent, not turned
    if node.operation == "matrix_power":
        return node.operands[0], node.parameter, False
    return node, 1, False


def from_parts(base: Node, exponent: int, turned: bool) -> Node:
    power = nodes.matrix_power(base, exponent)
    return nodes.transpose(power) if turned else power


@simplification("equal neighbours become a power, inverses cancel", "product")
def merge_neighbours(node: Node) -> Node | None:
    """X·X is X², X·X⁻¹ is I, and Q'·Q is I for an orthogonal Q."""
    factors = node.operands
    for index in range(len(factors) - 1):
        merged = _merged(factors[index], factors[index + 1])
        if merged is None:
            continue
        middle = [] if merged.operation == "eye" else [merged]
        rest = [*factors[:index], *middle, *factors[index + 2 :]]
        return nodes.product(*rest) if rest else nodes.eye(node.shape.rows)
    return None


def _merged(left: Node, right: Node) -> Node | None:
    base, first, turned = power_parts(left)
    other, second, also_turned = power_parts(right)
    if base != other:
        return None
    if turned != also_turned:
        if has(base, "orthogonal") and first == second:
            return nodes.eye(left.shape.rows)
        return None
    if not base.shape.is_square:
        return None
    exponent = first + second
    return nodes.eye(base.shape.rows) if exponent == 0 else from_parts(base, exponent, turned)


@simplification("diagonal matrices multiply entry by entry", "product")
def multiply_diagonals(node: Node) -> Node | None:
    """diag(u)·diag(v) is diag(u∘v), diag(u)·v is u∘v, u'·diag(v) is (u∘v)', 11'·diag(v) is 1·v'."""
    factors = node.operands
    for index in range(len(factors) - 1):
        merged = _diagonal_pair(factors[index], factors[index + 1])
        if merged is not None:
            return nodes.product(*factors[:index], merged, *factors[index + 2 :])
    return None


def _diagonal_pair(left: Node, right: Node) -> Node | None:
    if left.operation == "diag":
        if right.operation == "diag":
            return nodes.diag(nodes.hadamard(left.operands[0], right.operands[0]))
        if right.shape.kind == "column":
            return nodes.hadamard(left.operands[0], right)
        if right.operation == "ones":
            return _outer(left.operands[0], nodes.ones(column(right.shape.columns)))
    if right.operation == "diag" and left.operation == "ones":
        return _outer(nodes.ones(column(left.shape.rows)), right.operands[0])
    if right.operation == "diag" and left.shape.kind == "row":
        return nodes.transpose(nodes.hadamard(transposed(left), right.operands[0]))
    return None


def _outer(left: Node, right: Node) -> Node:
    return nodes.product(left, nodes.transpose(right))


@simplification("a product with ones is a sum", "product")
def ones_sum(node: Node) -> Node | None:
    """1'·x is sum(x), if the whole product is a scalar."""
    if not node.is_scalar:
        return None
    first, last = node.operands[0], node.operands[-1]
    if first.operation == "transpose" and first.operands[0].operation == "ones":
        return nodes.apply("sum", nodes.product(*node.operands[1:]))
    if last.operation == "ones":
        return nodes.apply("sum", transposed(nodes.product(*node.operands[:-1])))
    return None


@simplification("a scalar is its own transpose", "product")
def orient(node: Node) -> Node | None:
    """x'·A·y and y'·A'·x are the same: dX stands untransposed, else the shorter one is chosen."""
    if not node.is_scalar:
        return None
    if node.increment:
        other = _reversed(node)
        turned, also_turned = _increment_is_turned(node), _increment_is_turned(other)
        return other if turned and not also_turned else None
    other = _reversed(node)
    if other.size != node.size:
        return other if other.size < node.size else None
    return other if _leaf_names(other) < _leaf_names(node) else None


def _reversed(node: Node) -> Node:
    return nodes.product(*[transposed(factor) for factor in reversed(node.operands)])


def _increment_is_turned(node: Node) -> bool:
    """Whether the first dX in the node stands below an odd number of transposes."""
    turned = False
    while node.operands:
        turned ^= node.operation == "transpose"
        node = next(operand for operand in node.operands if operand.increment)
    return turned


def _leaf_names(node: Node) -> list[str]:
    return [str(leaf.parameter) for leaf in nodes.walk(node) if not leaf.operands]


@simplification("mixed products of ⊗ join", "product")
def mixed_product(node: Node) -> Node | None:
    """(A⊗B)·(C⊗D) is AC⊗BD where the inner dimensions agree."""
    factors = node.operands
    for index in range(len(factors) - 1):
        left, right = factors[index], factors[index + 1]
        if left.operation == right.operation == "kron":
            a, b, c, d = *left.operands, *right.operands
            if _conform(a, c) and _conform(b, d):
                joined = nodes.kron(nodes.product(a, c), nodes.product(b, d))
                return nodes.product(*factors[:index], joined, *factors[index + 2 :])
    return None


def _conform(left: Node, right: Node) -> bool:
    return left.shape.columns == right.shape.rows and (left.shape.kind == "column") == (
        right.shape.kind == "row"
    )


@simplification("a commutation matrix swaps", "product")
def commutation(node: Node) -> Node | None:
    """K·vec(A) is vec(A'), K(m,n)·K(n,m) is I, K·(b⊗a) is a⊗b."""
    factors = node.operands
    for index in range(len(factors) - 1):
        merged = _commuted(factors[index], factors[index + 1])
        if merged is not None:
            middle = [] if merged.operation == "eye" else [merged]
            rest = [*factors[:index], *middle, *factors[index + 2 :]]
            return nodes.product(*rest) if rest else merged
    return None


def _commuted(left: Node, right: Node) -> Node | None:
    if left.operation == "comm":
        rows, columns = left.parameter
        if right.operation == "comm" and right.parameter == (columns, rows):
            return nodes.eye(left.shape.rows)
        if right.operation == "vec":
            inner = right.operands[0]
            if (inner.shape.rows, inner.shape.columns) == (rows, columns):
                return nodes.vec(transposed(inner))
        if right.operation == "kron" and right.shape.kind == "column":
            b, a = right.operands
            if (a.shape.rows, b.shape.rows) == (rows, columns):
                return nodes.kron(a, b)
    if right.operation == "comm" and left.shape.kind == "row":
        turned = _commuted(transposed(right), transposed(left))
        return None if turned is None else transposed(turned)
    return None
