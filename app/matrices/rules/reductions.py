"""Norms, determinant, logarithm of the determinant and adjugate.

Sources: Magnus and Neudecker (2019), 8.4 (determinant, "Jacobi's formula"), 8.6 (adjoint matrix);
The Matrix Cookbook (2012), (46), (57), (129)–(132).
"""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rules.registry import Differentials, rule


def inner(left: Node, right: Node) -> Node:
    """⟨U, V⟩ = tr(U'V): the inner product of two arrays of one shape."""
    kind = left.shape.kind
    if kind == "scalar":
        return nodes.times(left, right)
    if kind == "column":
        return nodes.product(nodes.transpose(left), right)
    if kind == "row":
        return nodes.product(left, nodes.transpose(right))
    return nodes.apply("tr", nodes.product(nodes.transpose(left), right))


@rule(
    "norm2",
    name="Euclidean norm",
    formula=r"\mathrm{d}\lVert U\rVert = "
    r"\frac{\operatorname{tr}(U^\top \mathrm{d}U)}{\lVert U\rVert}",
    source="The Matrix Cookbook (129), (132); for a matrix the Frobenius norm",
    exception="norm2 is not differentiable where {whole} is 0",
)
def _norm2(node: Node, d: Differentials) -> Node | None:
    change = d[0]
    return None if change is None else nodes.divide(inner(node.operands[0], change), node)


@rule(
    "even power of norm2",
    name="squared norm",
    formula=r"\mathrm{d}\lVert U\rVert^2 = 2\operatorname{tr}(U^\top \mathrm{d}U)",
    source="The Matrix Cookbook (131), (132); for ‖U‖²ᵏ with the power rule",
    compound=True,
)
def _even_power_of_norm(node: Node, d: Differentials) -> Node | None:
    (norm, exponent), change = node.operands, d[0]
    if change is None:
        return None
    (inside,), lower = norm.operands, exponent.parameter - 2
    others = [nodes.power(norm, nodes.number(lower))] if lower else []
    return nodes.times(exponent, *others, inner(inside, change))


@rule(
    "norm1",
    name="sum of absolute values",
    formula=r"\mathrm{d}\lVert U\rVert_1 = "
    r"\operatorname{tr}(\operatorname{sign}(U)^\top \mathrm{d}U)",
    source="Elementary calculus, entry by entry",
    exception="norm1 is not differentiable where {entry} is 0",
)
def _norm1(node: Node, d: Differentials) -> Node | None:
    change = d[0]
    return None if change is None else inner(nodes.apply("sign", node.operands[0]), change)


def _relative(u: Node, change: Node) -> Node:
    """tr(U⁻¹ dU)."""
    return nodes.apply("tr", nodes.product(nodes.inverse(u), change))


@rule(
    "det",
    name="determinant",
    formula=r"\mathrm{d}\det U = \det(U)\,\operatorname{tr}(U^{-1}\mathrm{d}U)",
    source="Jacobi's formula: Magnus & Neudecker (2019), 8.4; The Matrix Cookbook (46)",
    condition="The formula for det assumes that {whole} is invertible.",
)
def _det(node: Node, d: Differentials) -> Node | None:
    change = d[0]
    return None if change is None else nodes.times(node, _relative(node.operands[0], change))


@rule(
    "logdet",
    name="logarithm of the determinant",
    formula=r"\mathrm{d}\log\det U = \operatorname{tr}(U^{-1}\mathrm{d}U)",
    source="Magnus & Neudecker (2019), 8.4; The Matrix Cookbook (57)",
)
def _logdet(node: Node, d: Differentials) -> Node | None:
    change = d[0]
    return None if change is None else _relative(node.operands[0], change)


@rule(
    "adj",
    name="adjugate",
    formula=r"\mathrm{d}\operatorname{adj}U = "
    r"\det(U)\left(\operatorname{tr}(U^{-1}\mathrm{d}U)\,U^{-1}"
    r" - U^{-1}(\mathrm{d}U)U^{-1}\right)",
    source="Magnus & Neudecker (2019), 8.6, from adj U = det(U) U⁻¹",
    condition="The formula for adj assumes that {whole} is invertible.",
)
def _adj(node: Node, d: Differentials) -> Node | None:
    u, change = node.operands[0], d[0]
    if change is None:
        return None
    inverse = nodes.inverse(u)
    turned = nodes.negative(nodes.product(inverse, change, inverse))
    scaled = nodes.times(_relative(u, change), inverse)
    return nodes.times(nodes.apply("det", u), nodes.add(scaled, turned))
