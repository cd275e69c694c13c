"""The shorter of two forms: as it came, or multiplied out and factored anew.

Some terms cancel only after multiplying out, as in y∘(1 − s) + (y − 1)∘s, which is y − s.  The
attempt is made only where a sum contains a product with a sum, and kept only if it is shorter.
"""

from __future__ import annotations

from app.matrices import nodes
from app.matrices.expansion import normal_form
from app.matrices.nodes import Node, walk
from app.matrices.rewriting import Simplifier

LARGEST = 120
_PRODUCTS = frozenset({"times", "product", "hadamard", "kron"})


def shortest(node: Node, simplifier: Simplifier) -> Node:
    """The node, or the same multiplied out and simplified if that is shorter."""
    if not simplifier.factoring or node.size > LARGEST or not _may_cancel(node):
        return node
    other = simplifier(normal_form(node))
    return other if other.size < node.size else node


def turned_around(node: Node, simplifier: Simplifier) -> Node:
    """The transpose of a result; a sum is transposed term by term where that is hardly longer."""
    whole = simplifier(nodes.transpose(node))
    scalars = whole.operands[:-1] if whole.operation == "times" else ()
    body = whole.operands[-1] if scalars else whole
    if body.operation != "transpose" or body.operands[0].operation != "add":
        return whole
    terms = [simplifier(nodes.transpose(term)) for term in body.operands[0].operands]
    opened = simplifier(nodes.times(*scalars, nodes.add(*terms)))
    return opened if opened.size <= whole.size + 1 else whole


def _may_cancel(node: Node) -> bool:
    return any(
        part.operation == "add" and any(_holds_sum(term) for term in part.operands)
        for part in walk(node)
    )


def _holds_sum(term: Node) -> bool:
    if term.operation not in _PRODUCTS:
        return False
    return any(f.operation == "add" or _holds_sum(f) for f in term.operands)
