"""Powers: of scalars, entry by entry, and of square matrices with the inverse among them.

Sources: Magnus and Neudecker (2019), 8.4 (inverse) and 8.3 (product rule, for matrix powers);
Petersen and Pedersen, The Matrix Cookbook (2012), (59).
"""

from __future__ import annotations

from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rules.registry import Differentials, rule

LARGEST_MATRIX_POWER = 40
"""A power k gives k terms; larger ones are refused rather than printed."""


@rule(
    "power",
    name="power rule",
    formula=r"\mathrm{d}(a^b) = b\,a^{b-1}\,\mathrm{d}a + \log(a)\,a^b\,\mathrm{d}b",
    source="Elementary calculus; the second term needs a > 0.",
)
def _power(node: Node, d: Differentials) -> Node:
    base, exponent = node.operands
    terms: list[Node] = []
    if d[0] is not None:
        terms.append(nodes.times(exponent, *_lowered(base, exponent), d[0]))
    if d[1] is not None:
        terms.append(nodes.times(nodes.apply("log", base), node, d[1]))
    return nodes.add(*terms)


@rule(
    "element_power",
    name="power rule, entry by entry",
    formula=r"\mathrm{d}(U^{\odot b}) = b\,U^{\odot (b-1)} \odot \mathrm{d}U",
    source="Elementary calculus in every entry; a varying exponent needs positive entries.",
)
def _element_power(node: Node, d: Differentials) -> Node:
    base, exponent = node.operands
    terms: list[Node] = []
    if d[0] is not None:
        terms.append(_entries(exponent, *_lowered(base, exponent), d[0]))
    if d[1] is not None:
        terms.append(_entries(nodes.apply("log", base), node, d[1]))
    return nodes.add(*terms)


@rule(
    "matrix_power",
    name="power of a matrix",
    formula=r"\mathrm{d}(U^k) = \sum_{i=1}^{k} U^{i-1}\,(\mathrm{d}U)\,U^{k-i}, \quad "
    r"\mathrm{d}(U^{-1}) = -U^{-1}(\mathrm{d}U)U^{-1}",
    source="Magnus & Neudecker (2019), 8.4; The Matrix Cookbook (59)",
)
def _matrix_power(node: Node, d: Differentials) -> Node | None:
    base, exponent, change = node.operands[0], node.parameter, d[0]
    if change is None or exponent == 0:
        return None
    if abs(exponent) > LARGEST_MATRIX_POWER:
        raise ExpressionError(
            "too-large",
            f"The derivative of a matrix power {exponent} has {abs(exponent)} terms; at most "
            f"{LARGEST_MATRIX_POWER} are written out.",
        )
    if exponent < 0:
        terms = [
            nodes.times(nodes.MINUS_ONE, _between(base, -i, change, exponent - 1 + i))
            for i in range(1, -exponent + 1)
        ]
    else:
        terms = [_between(base, i, change, exponent - 1 - i) for i in range(exponent)]
    return nodes.add(*terms)


def _between(base: Node, left: int, change: Node, right: int) -> Node:
    before = [nodes.matrix_power(base, left)] if left else []
    after = [nodes.matrix_power(base, right)] if right else []
    return nodes.product(*before, change, *after)


def _lowered(base: Node, exponent: Node) -> tuple[Node, ...]:
    """The base to the exponent less one; nothing for exponent 1, the base itself for 2."""
    if exponent.operation == "number":
        value = exponent.parameter - 1
        if value in (0, 1):
            return (base,) if value == 1 else ()
        return (nodes.any_power(base, value),)
    minus = nodes.MINUS_ONE if exponent.is_scalar else nodes.negative(nodes.ones(exponent.shape))
    return (nodes.any_power(base, nodes.add(exponent, minus)),)


def _entries(*factors: Node) -> Node:
    """The elementwise product of factors of which some may be scalars."""
    scalars = [factor for factor in factors if factor.is_scalar]
    arrays = [factor for factor in factors if not factor.is_scalar]
    return nodes.times(*scalars, nodes.hadamard(*arrays))
