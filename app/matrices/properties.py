"""Properties of expressions, found from those of their parts.

Declared properties restrict the point, never the differentiation.  ``has`` answers True only for
what follows from the declarations by the rules written here; False means “not known”.
"""

from __future__ import annotations

from typing import Final

from app.matrices.nodes import Node


def has(node: Node, property_name: str) -> bool:
    """Whether a node has one of the declarable properties, as far as is known."""
    if node.operation == "symbol":
        return property_name in node.parameter.properties
    return _CHECKS[property_name](node)


def _symmetric(node: Node) -> bool:
    if not node.shape.is_square:
        return False
    match node.operation:
        case "eye" | "diag" | "ones" | "zero":
            return True
        case "comm":
            return bool(node.parameter[0] == node.parameter[1])
        case "transpose" | "adj" | "matrix_power":
            return has(node.operands[0], "symmetric")
        case "times":
            return has(node.operands[-1], "symmetric")
        case "hadamard" if _diagonal(node):
            return True
        case "hadamard" | "kron":
            return all(has(operand, "symmetric") for operand in node.operands)
        case "add":
            return _symmetric_sum(node)
        case "product":
            return _is_palindrome(node)
        case "element_power":
            return has(node.operands[0], "symmetric") and node.operands[1].is_scalar
    single = len(node.operands) == 1 and node.operands[0].shape == node.shape
    return single and has(node.operands[0], "symmetric")


def _symmetric_sum(node: Node) -> bool:
    """Every term symmetric, or every other term with its transpose beside it."""
    others = [term for term in node.operands if not has(term, "symmetric")]
    return all(any(is_transpose(term, other) for other in others) for term in others)


def _is_palindrome(node: Node) -> bool:
    """A product that reads the same when it is transposed: A'·S·A."""
    factors = node.operands
    pairs = zip(factors, reversed(factors), strict=True)
    half = (len(factors) + 1) // 2
    return all(is_transpose(left, right) for left, right in list(pairs)[:half])


def is_transpose(left: Node, right: Node) -> bool:
    """Whether ``right`` is the transpose of ``left``, at a glance."""
    if left.operation == "transpose" and left.operands[0] == right:
        return True
    if right.operation == "transpose" and right.operands[0] == left:
        return True
    if left == right and left.shape.is_square:
        return has(left, "symmetric")
    if left.operation == right.operation == "product" and len(left.operands) == len(right.operands):
        return all(map(is_transpose, left.operands, reversed(right.operands)))
    if left.operation == right.operation == "times" and left.operands[:-1] == right.operands[:-1]:
        return is_transpose(left.operands[-1], right.operands[-1])
    return False


def _skew(node: Node) -> bool:
    if node.operation == "transpose":
        return has(node.operands[0], "skew")
    if node.operation == "times":
        return has(node.operands[-1], "skew")
    if node.operation == "add":
        return all(has(term, "skew") for term in node.operands)
    if node.operation == "matrix_power":
        return has(node.operands[0], "skew") and node.parameter % 2 == 1
    return False


def _diagonal(node: Node) -> bool:
    match node.operation:
        case "eye" | "diag":
            return True
        case "transpose" | "matrix_power":
            return has(node.operands[0], "diagonal")
        case "times":
            return has(node.operands[-1], "diagonal")
        case "add" | "product":
            return all(has(operand, "diagonal") for operand in node.operands)
        case "hadamard":
            return any(has(operand, "diagonal") for operand in node.operands)
    return False


def _orthogonal(node: Node) -> bool:
    match node.operation:
        case "eye" | "comm":
            return True
        case "transpose" | "matrix_power":
            return has(node.operands[0], "orthogonal")
        case "product" | "kron":
            return all(has(operand, "orthogonal") for operand in node.operands)
    return False


def _nonsingular(node: Node) -> bool:
    match node.operation:
        case "eye" | "comm":
            return True
        case "matrix_power":
            return node.parameter < 0 or has(node.operands[0], "nonsingular")
        case "transpose" | "adj":
            return has(node.operands[0], "nonsingular")
        case "product" | "kron":
            return all(has(operand, "nonsingular") for operand in node.operands)
    return has(node, "positive-definite")


def _positive_definite(node: Node) -> bool:
    match node.operation:
        case "eye":
            return True
        case "diag":
            return has(node.operands[0], "positive")
        case "transpose" | "matrix_power" | "adj":
            return has(node.operands[0], "positive-definite")
        case "times":
            *scalars, body = node.operands
            return all(has(s, "positive") for s in scalars) and has(body, "positive-definite")
        case "add" | "kron" | "hadamard":
            return all(has(operand, "positive-definite") for operand in node.operands)
    return False


def _positive(node: Node) -> bool:
    """Every entry is greater than 0."""
    match node.operation:
        case "number":
            return bool(node.parameter > 0)
        case "ones" | "exp" | "sigmoid" | "softplus" | "cosh":
            return True
        case "transpose" | "vec" | "sum" | "sqrt" | "diagonal" | "norm1" | "norm2":
            return has(node.operands[0], "positive")
        case "det" | "tr":
            return has(node.operands[0], "positive-definite")
        case "power" | "element_power":
            return has(node.operands[0], "positive")
        case "times" | "add" | "product" | "hadamard" | "kron":
            return all(has(operand, "positive") for operand in node.operands)
    return False


_CHECKS: Final = {
    "symmetric": _symmetric,
    "skew": _skew,
    "diagonal": _diagonal,
    "orthogonal": _orthogonal,
    "nonsingular": _nonsingular,
    "positive-definite": _positive_definite,
    "positive": _positive,
}
