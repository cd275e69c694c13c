"""Simplification of inverses and matrix powers."""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.properties import has
from app.matrices.rewriting.chains import power_parts
from app.matrices.rewriting.engine import simplification
from app.matrices.rewriting.transposes import transposed


@simplification("an inverse cancels the factors beside it", "product")
def cancel_inverse(node: Node) -> Node | None:
    """X·(X'AX)⁻¹ is (X'A)⁻¹ where all factors are square; P·P⁻¹ is I for a whole product P."""
    factors = node.operands
    for index, factor in enumerate(factors):
        base, exponent, turned = power_parts(factor)
        if exponent >= 0 or base.operation != "product":
            continue
        chain = (transposed(base) if turned else base).operands
        for side in (_cancel_left, _cancel_right):
            result = side(factors, index, chain, exponent)
            if result is not None:
                return nodes.product(*result) if result else nodes.eye(node.shape.rows)
    return None


def _cancel_left(
    factors: tuple[Node, ...], index: int, chain: tuple[Node, ...], exponent: int
) -> list[Node] | None:
    """… p₁ … p_k · (p₁ … p_k)⁻¹ …, or the last factor alone if all are square."""
    count = len(chain)
    before, after = factors[:index], factors[index + 1 :]
    if before[-count:] == chain:
        return [*before[:-count], *_inverse_power(chain, exponent + 1), *after]
    if exponent == -1 and before and before[-1] == chain[-1] and _all_square(chain):
        return [*before[:-1], *_inverse_power(chain[:-1], -1), *after]
    return None


def _cancel_right(
    factors: tuple[Node, ...], index: int, chain: tuple[Node, ...], exponent: int
) -> list[Node] | None:
    count = len(chain)
    before, after = factors[:index], factors[index + 1 :]
    if after[:count] == chain:
        return [*before, *_inverse_power(chain, exponent + 1), *after[count:]]
    if exponent == -1 and after and after[0] == chain[0] and _all_square(chain):
        return [*before, *_inverse_power(chain[1:], -1), *after[1:]]
    return None


def _all_square(chain: tuple[Node, ...]) -> bool:
    return all(factor.shape.is_square for factor in chain)


def _inverse_power(chain: tuple[Node, ...], exponent: int) -> list[Node]:
    if exponent == 0 or not chain:
        return []
    return [nodes.matrix_power(nodes.product(*chain), exponent)]


_LONGEST_CHAIN = 12
"""Powers of products are multiplied out up to this length, so that like terms meet; at the end
``finished`` writes what repeats as a power again."""


@simplification("matrix powers are evaluated", "matrix_power")
def evaluate_matrix_power(node: Node) -> Node | None:
    base, exponent = node.operands[0], node.parameter
    if exponent == 0:
        return nodes.eye(node.shape.rows)
    match base.operation:
        case "eye":
            return base
        case "matrix_power":
            return nodes.matrix_power(base.operands[0], base.parameter * exponent)
        case "times":
            *scalars, body = base.operands
            raised = [nodes.power(scalar, exponent) for scalar in scalars]
            return nodes.times(*raised, nodes.matrix_power(body, exponent))
        case "diag":
            return nodes.diag(nodes.element_power(base.operands[0], exponent))
        case "product" if exponent >= 2 and exponent * len(base.operands) <= _LONGEST_CHAIN:
            return nodes.product(*base.operands * exponent)
        case "kron" if all(factor.shape.is_square for factor in base.operands):
            return nodes.kron(*[nodes.matrix_power(f, exponent) for f in base.operands])
        case "comm" if exponent == -1:
            return transposed(base)
        case "comm" if base.parameter[0] == base.parameter[1]:
            return nodes.eye(node.shape.rows) if exponent % 2 == 0 else base
    if exponent < 0 and has(base, "orthogonal"):
        return nodes.matrix_power(transposed(base), -exponent)
    return None
