"""A normal form for comparing: everything multiplied out, like terms merged.

What ``rewriting`` does for reading, this does for deciding: products, traces, transposes and the
like are distributed over sums, squared norms are written as inner products, cyclic products below
a trace begin at the same factor.  Equal normal forms prove equality; different ones prove nothing.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product as combinations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rewriting import Simplifier
from app.matrices.rewriting.scalars import coefficient, is_integer, number_of
from app.matrices.rewriting.transposes import transposed
from app.matrices.rules import inner

_LINEAR = frozenset({"transpose", "tr", "sum", "diag", "diagonal", "vec"})
_MULTILINEAR = frozenset({"times", "product", "hadamard", "kron"})
MOST_TERMS = 400
_ROUNDS = 8
_LARGEST_POWER = 4


def normal_form(node: Node) -> Node:
    """The node multiplied out; what would become too long is left as it is."""
    simplifier = Simplifier(factoring=False)
    current = simplifier(node)
    for _ in range(_ROUNDS):
        expanded = simplifier(_expanded(current, {}))
        if expanded == current:
            return current
        current = expanded
    return current


def _expanded(node: Node, known: dict[Node, Node]) -> Node:
    if not node.operands:
        return node
    if node in known:
        return known[node]
    operands = tuple([_expanded(operand, known) for operand in node.operands])
    result = _distributed(nodes.make(node.operation, operands, node.parameter))
    known[node] = result
    return result


def _distributed(node: Node) -> Node:
    if node.operation in _LINEAR and node.operands[0].operation == "add":
        terms = [nodes.make(node.operation, (term,)) for term in node.operands[0].operands]
        return nodes.add(*terms)
    if node.operation in _MULTILINEAR:
        return _multiplied_out(node)
    if node.operation in ("power", "element_power", "matrix_power"):
        return _power(node)
    if node.operation == "tr" and node.operands[0].operation == "product":
        return _rotated(node)
    if node.operation == "tr" and node.operands[0].operation == "times":
        *scalars, body = node.operands[0].operands
        return nodes.times(*scalars, nodes.apply("tr", body))
    return node


def _multiplied_out(node: Node) -> Node:
    choices = [f.operands if f.operation == "add" else (f,) for f in node.operands]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count == 1 or count > MOST_TERMS:
        return node
    return nodes.add(*[nodes.make(node.operation, parts) for parts in combinations(*choices)])


def _power(node: Node) -> Node:
    """Small whole powers of sums, and even powers of norms, are written out."""
    base = node.operands[0]
    whole = node.operation == "matrix_power"
    exponent = Fraction(node.parameter) if whole else number_of(node.operands[1])
    if exponent is None or not is_integer(exponent):
        return node
    if base.operation == "norm2" and exponent % 2 == 0:
        squared = inner(base.operands[0], base.operands[0])
        return nodes.power(squared, exponent / 2)
    if base.operation != "add" or not 2 <= exponent <= _LARGEST_POWER:
        return node
    factors = [base] * int(exponent)
    if node.operation == "matrix_power":
        return _multiplied_out(nodes.product(*factors))
    if node.is_scalar:
        return _multiplied_out(nodes.make("times", tuple(factors)))
    return _multiplied_out(nodes.hadamard(*factors))


def _rotated(node: Node) -> Node:
    """tr(A·B·C) in the rotation, or that of its transpose, that comes first in a fixed order."""
    chain = node.operands[0].operands
    turned = tuple([transposed(factor) for factor in reversed(chain)])
    rotations = [c[i:] + c[:i] for c in (chain, turned) for i in range(len(c))]
    first = min(rotations, key=lambda factors: [factor.digest for factor in factors])
    return node if first == chain else nodes.apply("tr", nodes.product(*first))


def same_normal_form(left: Node, right: Node) -> bool:
    """Whether the difference of two nodes of one shape multiplies out to zero."""
    difference = normal_form(nodes.subtract(left, right))
    return difference.operation == "zero" or coefficient(difference)[0] == 0
