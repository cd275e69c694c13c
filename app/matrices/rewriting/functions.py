"""Simplification of trace, sum, determinant, diag, vec, ⊗ and their neighbours."""

from __future__ import annotations

from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import ONE, ZERO, Node
from app.matrices.rewriting.engine import simplification
from app.matrices.rewriting.scalars import coefficient, scaled
from app.matrices.rewriting.transposes import transposed

_LARGEST_UNFOLDED = 8
_HOMOGENEOUS = ("tr", "sum", "diag", "diagonal", "vec")


@simplification("scalars stand in front", *_HOMOGENEOUS)
def take_scalars_out(node: Node) -> Node | None:
    inner = node.operands[0]
    if inner.operation == "times":
        *scalars, body = inner.operands
        if body.is_scalar:
            return None
        return nodes.times(*scalars, nodes.apply(node.operation, body))
    if inner.operation == "zero":
        return nodes.zero(node.shape)
    return None


@simplification(
    "the transpose does not matter", "tr", "sum", "det", "logdet", "norm1", "norm2", "diagonal"
)
def forget_transpose(node: Node) -> Node | None:
    inner = node.operands[0]
    if inner.operation == "transpose":
        return nodes.apply(node.operation, inner.operands[0])
    return None


@simplification("the trace is cyclic", "tr")
def cyclic_trace(node: Node) -> Node | None:
    """tr(A·x·y'·B) is y'·B·A·x."""
    inner = node.operands[0]
    if inner.operation != "product":
        return None
    factors = inner.operands
    for index in range(len(factors)):
        if factors[index].shape.kind == "row":
            return nodes.product(*factors[index:], *factors[:index])
    return None


def outer_place(node: Node) -> int | None:
    """Where a row begins in a product of rank one: a·b' has it at 1."""
    for index, factor in enumerate(node.operands):
        if factor.shape.kind == "row":
            return index if index > 0 and node.shape.kind == "matrix" else None
    return None


@simplification("the trace is cyclic, so rotations merge", "tr")
def merge_rotations(node: Node) -> Node | None:
    """tr(A·B + B·A) is 2·tr(A·B)."""
    inner = node.operands[0]
    if inner.operation != "add":
        return None
    totals: dict[tuple[int, ...], Fraction] = {}
    shown: dict[tuple[int, ...], Node] = {}
    for term in inner.operands:
        value, core = coefficient(term)
        key = rotation_key(core)
        totals[key] = totals.get(key, Fraction(0)) + value
        shown.setdefault(key, core)
    if len(shown) == len(inner.operands):
        return None
    terms = [scaled(value, shown[key]) for key, value in totals.items()]
    return nodes.apply("tr", nodes.add(*terms))


def rotation_key(node: Node) -> tuple[int, ...]:
    """The same for all rotations of a product, and for those of its transpose."""
    chain = _unfolded(node)
    turned = [transposed(factor) for factor in reversed(chain)]
    digests = [[factor.digest for factor in side] for side in (chain, turned)]
    return min(tuple(side[i:] + side[:i]) for side in digests for i in range(len(side)))


def _unfolded(node: Node) -> list[Node]:
    """The factors of a product, with small powers written out."""
    factors: list[Node] = []
    for factor in node.operands if node.operation == "product" else (node,):
        if factor.operation == "matrix_power" and 2 <= factor.parameter <= _LARGEST_UNFOLDED:
            factors += [factor.operands[0]] * factor.parameter
        else:
            factors.append(factor)
    return factors


@simplification("the trace of a special matrix", "tr")
def special_trace(node: Node) -> Node | None:
    """tr(diag(x)) is sum(x), tr(A⊗B) is tr(A)·tr(B), tr(1'·A) is sum(A)."""
    inner = node.operands[0]
    match inner.operation:
        case "diag":
            return nodes.apply("sum", inner.operands[0])
        case "kron" if all(factor.shape.is_square for factor in inner.operands):
            return nodes.times(*[nodes.apply("tr", factor) for factor in inner.operands])
        case "product" if inner.operands[0].operation == "ones":
            return nodes.apply("sum", nodes.product(*inner.operands[1:]))
        case "product" if inner.operands[-1].operation == "ones":
            return nodes.apply("sum", nodes.product(*inner.operands[:-1]))
    return None


@simplification("the sum of a special array", "sum")
def special_sum(node: Node) -> Node | None:
    inner = node.operands[0]
    match inner.operation:
        case "diag" | "vec":
            return nodes.apply("sum", inner.operands[0])
        case "diagonal":
            return nodes.apply("tr", inner.operands[0])
        case "kron":
            return nodes.times(*[nodes.apply("sum", factor) for factor in inner.operands])
        case "hadamard" if len(inner.operands) == 2 and inner.shape.kind == "column":
            return nodes.product(nodes.transpose(inner.operands[0]), inner.operands[1])
        case "product" if (place := outer_place(inner)) is not None:
            parts = inner.operands[:place], inner.operands[place:]
            return nodes.times(*[nodes.apply("sum", nodes.product(*part)) for part in parts])
        case "product" if inner.operands[0].operation == inner.operands[-1].operation == "diag":
            first, *middle, last = inner.operands
            return nodes.product(nodes.transpose(first.operands[0]), *middle, last.operands[0])
        case "eye":
            return nodes.apply("tr", inner)
    return None


@simplification("determinants of powers and identities", "det", "logdet")
def special_determinant(node: Node) -> Node | None:
    """det(X^k) is det(X)^k and det(I) is 1."""
    inner = node.operands[0]
    logarithm = node.operation == "logdet"
    if inner.operation == "eye":
        return ZERO if logarithm else ONE
    if inner.operation == "matrix_power" and not logarithm:
        base = nodes.apply(node.operation, inner.operands[0])
        return nodes.power(base, inner.parameter)
    return None


@simplification("diag of a special vector", "diag")
def special_diag(node: Node) -> Node | None:
    inner = node.operands[0]
    if inner.operation == "ones":
        return nodes.eye(inner.shape.rows)
    return None


@simplification("the diagonal of a special matrix", "diagonal")
def special_diagonal(node: Node) -> Node | None:
    """The diagonal of a·b' is a∘b; of A∘B the product of the diagonals."""
    inner = node.operands[0]
    match inner.operation:
        case "diag":
            return inner.operands[0]
        case "eye":
            return nodes.ones(node.shape)
        case "ones":
            return nodes.ones(node.shape)
        case "product" if (place := outer_place(inner)) is not None:
            left = nodes.product(*inner.operands[:place])
            return nodes.hadamard(left, transposed(nodes.product(*inner.operands[place:])))
        case "product" if inner.operands[0].operation == "diag":
            rest = nodes.diag(nodes.product(*inner.operands[1:]))
            return nodes.hadamard(inner.operands[0].operands[0], rest)
        case "product" if inner.operands[-1].operation == "diag":
            rest = nodes.diag(nodes.product(*inner.operands[:-1]))
            return nodes.hadamard(inner.operands[-1].operands[0], rest)
        case "hadamard":
            return nodes.hadamard(*[nodes.diag(factor) for factor in inner.operands])
    return None


@simplification("vec of a special matrix", "vec")
def special_vec(node: Node) -> Node | None:
    """vec(a·b') is b⊗a."""
    inner = node.operands[0]
    if inner.operation == "product":
        for index, factor in enumerate(inner.operands):
            if factor.shape.kind == "row":
                left = nodes.product(*inner.operands[:index])
                right = nodes.product(*inner.operands[index:])
                return nodes.kron(transposed(right), left)
    return None


@simplification("scalars, identities and vectors in ⊗", "kron")
def tidy_kron(node: Node) -> Node | None:
    """(aA)⊗B is a·(A⊗B); I⊗I is I; a⊗b' is a·b'."""
    left, right = node.operands
    if left.is_scalar or right.is_scalar:
        return nodes.times(left, right)
    if left.operation == "zero" or right.operation == "zero":
        return nodes.zero(node.shape)
    if left.operation == "times" or right.operation == "times":
        scalars = [s for f in (left, right) if f.operation == "times" for s in f.operands[:-1]]
        bodies = [f.operands[-1] if f.operation == "times" else f for f in (left, right)]
        return nodes.times(*scalars, nodes.kron(*bodies))
    if left.operation == right.operation == "eye":
        return nodes.eye(node.shape.rows)
    kinds = (left.shape.kind, right.shape.kind)
    if kinds == ("column", "row"):
        return nodes.product(left, right)
    if kinds == ("row", "column"):
        return nodes.product(right, left)
    return None
