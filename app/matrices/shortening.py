"""The shorter of two forms: as it came, or multiplied out and factored anew.

Some terms cancel only after multiplying out, as in y∘(1 − s) + (y − 1)∘s, which is y − s.  The
attempt is made only where a sum contains a product with a sum, and kept only if it is shorter.
"""

from __future__ import annotations

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


def _may_cancel(node: Node) -> bool:
    return any(
        part.operation == "add" and any(_holds_sum(term) for term in part.operands)
        for part in walk(node)
    )


def _holds_sum(term: Node) -> bool:
    if term.operation not in _PRODUCTS:
        return False
    return any(f.operation == "add" or _holds_sum(f) for f in term.operands)
