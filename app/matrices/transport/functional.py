"""The adjoints of the operations: ⟨C, L(Y)⟩ = ⟨L*(C), Y⟩, one law for each.

Source: the definition of the adjoint with ⟨U, V⟩ = tr(U'V); for ⊗ Magnus and Neudecker (2019),
chapter 2 (vec of a Kronecker product) and chapter 3 (commutation matrix).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.expressions.functions import ELEMENTWISE
from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rewriting import simplify
from app.matrices.rules import inner
from app.matrices.shapes import Shape

Adjoint = Callable[[Node, int, Node], Node]
"""(part, index of the varying operand, cotangent of the part) to the cotangent of the operand."""


def flipped(node: Node) -> Node:
    """The transpose; of a transpose what it is the transpose of."""
    return node.operands[0] if node.operation == "transpose" else nodes.transpose(node)


def pulled(part: Node, index: int, cotangent: Node) -> Node:
    return ADJOINTS[part.operation](part, index, cotangent)


def _times(part: Node, index: int, c: Node) -> Node:
    others = [factor for place, factor in enumerate(part.operands) if place != index]
    if not part.operands[index].is_scalar or part.is_scalar:
        return nodes.times(*others, c)
    return nodes.times(*others[:-1], inner(c, others[-1]))


def _product(part: Node, index: int, c: Node) -> Node:
    """⟨C, A·Y·B⟩ = ⟨A'·C·B', Y⟩, which is the cyclic property of the trace."""
    before = [flipped(f) for f in reversed(part.operands[:index])]
    after = [flipped(f) for f in reversed(part.operands[index + 1 :])]
    if c.is_scalar:
        return nodes.times(c, nodes.product(*before, *after))
    return nodes.multiply(*before, c, *after)


def _hadamard(part: Node, index: int, c: Node) -> Node:
    others = [factor for place, factor in enumerate(part.operands) if place != index]
    return nodes.hadamard(c, *others)


def _kron(part: Node, index: int, c: Node) -> Node:
    """⟨C, A⊗Y⟩ = ⟨G, Y⟩, G the sum of the diagonal blocks of (A'⊗I)·C."""
    left, right = part.operands
    c = simplify(c)
    if c.operation == "times":
        return nodes.times(*c.operands[:-1], _kron(part, index, c.operands[-1]))
    if c.operation == "add" and all(_has_kron(term) for term in c.operands):
        return nodes.add(*[_kron(part, index, term) for term in c.operands])
    if index == 1:
        return _kron_right(left, right.shape, c)
    return _kron_right(right, left.shape, _factors_swapped(c, left.shape, right.shape))


def _has_kron(term: Node) -> bool:
    body = term.operands[-1] if term.operation == "times" else term
    return body.operation == "kron"


def _factors_swapped(c: Node, left: Shape, right: Shape) -> Node:
    """K·C·K, which is B⊗A where C is A⊗B with factors of these shapes; I and 11' stay."""
    if c.operation == "ones":
        return c
    if c.operation == "eye" and left.is_square and right.is_square:
        return c
    if c.operation == "kron" and c.operands[0].shape == left and c.operands[1].shape == right:
        return nodes.kron(*reversed(c.operands))
    before = [] if left.rows == 1 or right.rows == 1 else [nodes.comm(right.rows, left.rows)]
    columns = left.columns, right.columns
    after = [] if 1 in columns else [nodes.comm(*columns)]
    swapped = nodes.product(*before, c, *after)
    if swapped.operation == "product" and c.operation == "kron":
        return nodes.kron(*reversed(c.operands))
    return swapped


def _kron_right(left: Node, shape: Shape, c: Node) -> Node:
    if c.operation == "times":
        return nodes.times(*c.operands[:-1], _kron_right(left, shape, c.operands[-1]))
    if c.operation == "ones":
        return nodes.times(nodes.apply("sum", left), nodes.ones(shape))
    if c.operation == "eye" and left.shape.is_square and shape.is_square:
        return nodes.times(nodes.apply("tr", left), nodes.eye(shape.rows))
    if c.operation == "kron" and c.operands[0].shape == left.shape:
        return nodes.times(inner(c.operands[0], left), c.operands[1])
    return _block_trace(left, shape, c)


def _block_trace(left: Node, shape: Shape, c: Node) -> Node:
    """(vec(I_q)'⊗I_m)·(I_q⊗(A'⊗I_m)·C)·(vec(I_q)⊗I_n) for A of p×q and Y of m×n."""
    m, n, q = shape.rows, shape.columns, left.shape.columns
    turned = nodes.transpose(left)
    first = turned if m == 1 else nodes.kron(turned, nodes.eye(m))
    blocks = nodes.multiply(first, c)
    if q == 1:
        return blocks
    corner = nodes.vec(nodes.eye(q))
    before = (
        nodes.transpose(corner) if m == 1 else nodes.kron(nodes.transpose(corner), nodes.eye(m))
    )
    after = corner if n == 1 else nodes.kron(corner, nodes.eye(n))
    return nodes.multiply(before, nodes.kron(nodes.eye(q), blocks), after)


def unstacked(c: Node, shape: Shape) -> Node:
    """The matrix C of a shape with vec(C) = c: found by inspection, else by a formula.

    The formula is C = (vec(I_n)'⊗I_m)·(I_n⊗c), Magnus and Neudecker (2019), chapter 2.
    """
    m, n = shape.rows, shape.columns
    match c.operation:
        case "vec" if c.operands[0].shape == shape:
            return c.operands[0]
        case "ones":
            return nodes.ones(shape)
        case "zero":
            return nodes.zero(shape)
        case "times":
            return nodes.times(*c.operands[:-1], unstacked(c.operands[-1], shape))
        case "add" | "hadamard":
            return nodes.make(c.operation, tuple([unstacked(o, shape) for o in c.operands]))
        case "element_power" if c.operands[1].is_scalar:
            return nodes.element_power(unstacked(c.operands[0], shape), c.operands[1])
        case "kron" if (c.operands[1].shape.rows, c.operands[0].shape.rows) == (m, n):
            return nodes.product(c.operands[1], nodes.transpose(c.operands[0]))
        case "product":
            found = _unstacked_product(c, shape)
            if found is not None:
                return found
    if c.operation in ELEMENTWISE:
        return nodes.apply(c.operation, unstacked(c.operands[0], shape))
    corner = nodes.kron(nodes.transpose(nodes.vec(nodes.eye(n))), nodes.eye(m))
    return nodes.product(corner, nodes.kron(nodes.eye(n), c))


def _unstacked_product(c: Node, shape: Shape) -> Node | None:
    """From (B'⊗A)·vec(X) to A·X·B, and from K·vec(X) to X'."""
    first, rest = c.operands[0], nodes.product(*c.operands[1:])
    if first.operation == "kron" and all(f.shape.kind == "matrix" for f in first.operands):
        b, a = first.operands
        if (a.shape.rows, b.shape.rows) == (shape.rows, shape.columns):
            inside = Shape("matrix", a.shape.columns, b.shape.columns)
            return nodes.product(a, unstacked(rest, inside), nodes.transpose(b))
    if first.operation == "comm" and first.parameter == (shape.columns, shape.rows):
        return nodes.transpose(unstacked(rest, shape.transposed))
    return None


ADJOINTS: Final[dict[str, Adjoint]] = {
    "times": _times,
    "product": _product,
    "hadamard": _hadamard,
    "kron": _kron,
    "transpose": lambda part, index, c: flipped(c),
    "tr": lambda part, index, c: nodes.times(c, nodes.eye(part.operands[0].shape.rows)),
    "sum": lambda part, index, c: nodes.times(c, nodes.ones(part.operands[0].shape)),
    "diag": lambda part, index, c: nodes.diag(c),
    "diagonal": lambda part, index, c: nodes.diag(c),
    "vec": lambda part, index, c: unstacked(simplify(c), part.operands[0].shape),
}
"""The adjoint of every operation that is linear in an operand."""
