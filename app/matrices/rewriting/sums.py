"""Simplification of sums: like terms merge, common factors are taken out."""

from __future__ import annotations

from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import MINUS_ONE, Node
from app.matrices.rewriting.engine import simplification
from app.matrices.rewriting.factoring import best_factoring
from app.matrices.rewriting.scalars import coefficient, scaled
from app.matrices.rewriting.transposes import transposed


@simplification("like terms merge", "add")
def merge_terms(node: Node) -> Node | None:
    """a·U + b·U is (a + b)·U for numbers a and b; zero terms vanish."""
    totals: dict[Node, Fraction] = {}
    count = 0
    for term in _flat(node):
        count += 1
        if term.operation == "zero":
            continue
        value, core = coefficient(term)
        totals[core] = totals[core] + value if core in totals else value
    kept = {core: value for core, value in totals.items() if value != 0}
    if len(kept) == count == len(node.operands):
        return None
    if not kept:
        return nodes.zero(node.shape)
    return nodes.add(*[scaled(value, core) for core, value in kept.items()])


def _flat(node: Node) -> list[Node]:
    """The terms of nested sums; a negated sum is a sum of negatives."""
    if node.operation == "add":
        return [part for term in node.operands for part in _flat(term)]
    if node.operation == "times" and len(node.operands) == 2:
        factor, inner = node.operands
        if factor == MINUS_ONE and inner.operation == "add":
            parts = [coefficient(part) for part in _flat(inner)]
            return [scaled(-value, core) for value, core in parts]
    return [node]


@simplification("a transposed sum is opened where terms merge", "add")
def open_transposed_sums(node: Node) -> Node | None:
    """U + (U + V)' with a symmetric V becomes U + U' + V: only where like terms meet."""
    if not any(_is_transposed_sum(term) for term in node.operands):
        return None
    opened = [part for term in node.operands for part in _opened(term)]
    cores = {coefficient(term)[1] for term in opened}
    return nodes.add(*opened) if len(cores) < len(opened) else None


def _is_transposed_sum(node: Node) -> bool:
    return node.operation == "transpose" and node.operands[0].operation == "add"


def _opened(term: Node) -> list[Node]:
    if not _is_transposed_sum(term):
        return [term]
    return [transposed(part) for part in term.operands[0].operands]


@simplification("a common number is taken out", "add", factors=True)
def common_number(node: Node) -> Node | None:
    """2·U + 2·V is 2·(U + V), −U − V is −(U + V)."""
    values = [coefficient(term)[0] for term in node.operands]
    size = abs(values[0])
    if any(abs(value) != size for value in values[1:]):
        return None
    common = size if any(value > 0 for value in values) else -size
    if common == 1 or node.operands[0].operation == "number":
        return None
    terms = [
        scaled(value / common, coefficient(t)[1])
        for value, t in zip(values, node.operands, strict=True)
    ]
    return nodes.times(nodes.number(common), nodes.add(*terms))


@simplification("common factors are taken out", "add", factors=True)
def common_factors(node: Node) -> Node | None:
    return best_factoring(node)
