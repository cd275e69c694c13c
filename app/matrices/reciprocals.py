"""One over something, written without nested fractions: 1/(2*a^2) is 0.5*a^−2."""

from __future__ import annotations

from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import Node


def reciprocal(node: Node) -> Node:
    """The reciprocal of a scalar, or entry by entry of an array."""
    match node.operation:
        case "number" if node.parameter != 0:
            return nodes.number(Fraction(1) / node.parameter)
        case "times":
            return nodes.times(*[reciprocal(factor) for factor in node.operands])
        case "hadamard":
            return nodes.hadamard(*[reciprocal(factor) for factor in node.operands])
        case "ones":
            return node
        case "power" | "element_power" if _numeric(node.operands[1]):
            base, exponent = node.operands
            if not (base.is_scalar and not node.is_scalar):
                value = -exponent.parameter
                return base if value == 1 else nodes.any_power(base, value)
    return nodes.any_power(node, nodes.MINUS_ONE)


def _numeric(node: Node) -> bool:
    return node.operation == "number"
