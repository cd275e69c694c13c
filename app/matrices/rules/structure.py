"""Linear operations and products: the differential passes through, one factor at a time.

Sources: Magnus and Neudecker, Matrix Differential Calculus (3rd ed. 2019), chapter 8, section 3
(sum, product, Kronecker and Hadamard product, transpose, vec, trace) and the fact that the
differential of a linear function is the function itself.
"""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rules.registry import Differentials, rule

MAGNUS = "Magnus & Neudecker (2019), 8.3"


@rule(
    "add", name="sum rule", formula=r"\mathrm{d}(U + V) = \mathrm{d}U + \mathrm{d}V", source=MAGNUS
)
def _add(node: Node, d: Differentials) -> Node:
    return nodes.add(*[change for change in d if change is not None])


@rule(
    "times",
    name="product rule for scalars",
    formula=r"\mathrm{d}(a U) = (\mathrm{d}a)\, U + a\, \mathrm{d}U",
    source=MAGNUS,
)
def _times(node: Node, d: Differentials) -> Node:
    return nodes.add(*[nodes.times(*factors) for factors in _one_at_a_time(node, d)])


@rule(
    "product",
    name="product rule",
    formula=r"\mathrm{d}(U V) = (\mathrm{d}U) V + U\, \mathrm{d}V",
    source=MAGNUS,
)
def _product(node: Node, d: Differentials) -> Node:
    return nodes.add(*[nodes.product(*factors) for factors in _one_at_a_time(node, d)])


@rule(
    "hadamard",
    name="product rule, entry by entry",
    formula=r"\mathrm{d}(U \odot V) = \mathrm{d}U \odot V + U \odot \mathrm{d}V",
    source=MAGNUS,
)
def _hadamard(node: Node, d: Differentials) -> Node:
    return nodes.add(*[nodes.hadamard(*factors) for factors in _one_at_a_time(node, d)])


@rule(
    "kron",
    name="product rule for ⊗",
    formula=r"\mathrm{d}(U \otimes V) = \mathrm{d}U \otimes V + U \otimes \mathrm{d}V",
    source=MAGNUS,
)
def _kron(node: Node, d: Differentials) -> Node:
    return nodes.add(*[nodes.kron(*factors) for factors in _one_at_a_time(node, d)])


@rule(
    "transpose", name="transpose", formula=r"\mathrm{d}(U^\top) = (\mathrm{d}U)^\top", source=MAGNUS
)
@rule(
    "tr",
    name="trace",
    formula=r"\mathrm{d}\operatorname{tr}U = \operatorname{tr}\mathrm{d}U",
    source=MAGNUS,
)
@rule(
    "vec",
    name="vec",
    formula=r"\mathrm{d}\operatorname{vec}U = \operatorname{vec}\mathrm{d}U",
    source=MAGNUS,
)
@rule(
    "sum",
    name="sum of entries",
    formula=r"\mathrm{d}\,\mathbf{1}^\top U \mathbf{1} = \mathbf{1}^\top (\mathrm{d}U) \mathbf{1}",
    source="The sum of the entries is linear.",
)
@rule(
    "diag",
    name="diagonal matrix",
    formula=r"\mathrm{d}\operatorname{diag}(u) = \operatorname{diag}(\mathrm{d}u)",
    source="diag is linear.",
)
@rule(
    "diagonal",
    name="diagonal",
    formula=r"\mathrm{d}\operatorname{diag}(U) = \operatorname{diag}(\mathrm{d}U)",
    source="Taking the diagonal is linear.",
)
def _linear(node: Node, d: Differentials) -> Node | None:
    change = d[0]
    return None if change is None else nodes.make(node.operation, (change,))


def _one_at_a_time(node: Node, d: Differentials) -> list[list[Node]]:
    """The operands, with each varying one in turn replaced by its differential."""
    return [
        [change if position == index else operand for position, operand in enumerate(node.operands)]
        for index, change in enumerate(d)
        if change is not None
    ]
