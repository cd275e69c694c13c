"""Common factors of some terms of a sum, taken out where that makes the sum shorter.

A term is a number, powers of scalars and a body; a body that is a product has a left and a right
end.  Every way to take a factor out of several terms is tried, and the one that saves most is
chosen; none is if the text does not become shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import ONE, Node
from app.matrices.rewriting.scalars import base_and_exponent, number_of
from app.matrices.rewriting.transposes import transposed


@dataclass(frozen=True, slots=True)
class Term:
    """``number · scalars · body``; the body is None for a scalar."""

    node: Node
    number: Fraction
    scalars: tuple[Node, ...]
    body: Node | None


_ZERO = Fraction(0)


def term_of(node: Node) -> Term:
    number: Fraction = Fraction(1)
    scalars: list[Node] = []
    body: Node | None = None
    for factor in node.operands if node.operation == "times" else (node,):
        if factor.operation == "number":
            number *= factor.parameter
        elif factor.is_scalar:
            scalars.append(factor)
        else:
            body = factor
    return Term(node, number, tuple(scalars), body)


def best_factoring(node: Node) -> Node | None:
    """The sum with the most rewarding common factor taken out, or None if none is rewarding."""
    terms = [term_of(operand) for operand in node.operands]
    best: Node | None = None
    for candidate in _candidates(terms):
        if candidate.size < (best or node).size:
            best = candidate
    return best


def _candidates(terms: list[Term]) -> Iterator[Node]:
    yield from _scalar_candidates(terms)
    if terms[0].body is None:
        return
    for split in _SPLITS:
        yield from _group_candidates(terms, split)
    if terms[0].body.shape.kind == "column":
        yield from _inner_product_candidates(terms)


def _replaced(terms: list[Term], group: Sequence[int], factored: Node) -> Node:
    """The sum with the terms of the group replaced, at the place of the first, by one."""
    rest = [
        factored if index == group[0] else term.node
        for index, term in enumerate(terms)
        if index == group[0] or index not in group
    ]
    return nodes.add(*rest)


# --------------------------------------------------------------------- scalar factors


def _scalar_candidates(terms: list[Term]) -> Iterator[Node]:
    """Powers of one scalar that stand in several terms, and all that these terms share."""
    exponents = [_powers(term) for term in terms]
    seen: set[tuple[int, ...]] = set()
    for base in {base: None for powers in exponents for base in powers}:
        for sign in (1, -1):
            group = tuple(
                i for i, powers in enumerate(exponents) if powers.get(base, _ZERO) * sign > 0
            )
            if len(group) < 2 or group in seen:
                continue
            seen.add(group)
            common = _shared([exponents[index] for index in group])
            yield _replaced(terms, group, _divided(terms, group, common))


def _powers(term: Term) -> dict[Node, Fraction]:
    powers: dict[Node, Fraction] = {}
    for scalar in term.scalars:
        base, exponent = base_and_exponent(scalar)
        value = number_of(exponent)
        if value is None:
            base, value = scalar, Fraction(1)
        powers[base] = value
    return powers


def _shared(powers: list[dict[Node, Fraction]]) -> dict[Node, Fraction]:
    """The lowest powers that all of them contain."""
    shared: dict[Node, Fraction] = {}
    for base in powers[0]:
        values = [other.get(base, _ZERO) for other in powers]
        if all(v > 0 for v in values):
            shared[base] = min(values)
        elif all(v < 0 for v in values):
            shared[base] = max(values)
    return shared


def _divided(terms: list[Term], group: Sequence[int], common: dict[Node, Fraction]) -> Node:
    parts = [_without(terms[index], common) for index in group]
    factors = [nodes.power(base, value) if value != 1 else base for base, value in common.items()]
    return nodes.times(*factors, nodes.add(*parts))


def _without(term: Term, common: dict[Node, Fraction]) -> Node:
    left: list[Node] = [nodes.number(term.number)] if term.number != 1 else []
    for base, value in _powers(term).items():
        value -= common.get(base, _ZERO)
        if value:
            left.append(base if value == 1 else nodes.power(base, value))
    if term.body is not None:
        left.append(term.body)
    if not left:
        return ONE
    return nodes.times(*left)


# ------------------------------------------------------------------------ common bodies

Split = Callable[[Node], Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]]


def _left_end(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "product":
        rest = nodes.product(*body.operands[1:])
        yield body.operands[0], rest, lambda factor, inner: nodes.product(factor, inner)


def _right_end(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "product":
        rest = nodes.product(*body.operands[:-1])
        yield body.operands[-1], rest, lambda factor, inner: nodes.product(inner, factor)


def _entry_factor(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "hadamard":
        for index, factor in enumerate(body.operands):
            rest = nodes.hadamard(*body.operands[:index], *body.operands[index + 1 :])
            yield factor, rest, lambda factor, inner: nodes.hadamard(inner, factor)


def _kron_left(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "kron":
        yield body.operands[0], body.operands[1], lambda factor, inner: nodes.kron(factor, inner)


def _kron_right(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "kron":
        yield body.operands[1], body.operands[0], lambda factor, inner: nodes.kron(inner, factor)


def _diagonals(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    if body.operation == "diag":
        yield ONE, body.operands[0], lambda factor, inner: nodes.diag(inner)


def _whole(body: Node) -> Iterator[tuple[Node, Node | None, Callable[[Node, Node], Node]]]:
    yield body, None, lambda factor, inner: nodes.times(inner, factor)


_SPLITS: tuple[Split, ...] = (
    _left_end,
    _right_end,
    _entry_factor,
    _kron_left,
    _kron_right,
    _diagonals,
    _whole,
)


def _group_candidates(terms: list[Term], split: Split) -> Iterator[Node]:
    groups: dict[Node, list[tuple[int, Node | None]]] = {}
    join: Callable[[Node, Node], Node] | None = None
    for index, term in enumerate(terms):
        assert term.body is not None
        for factor, rest, joiner in split(term.body):
            groups.setdefault(factor, []).append((index, rest))
            join = joiner
    for factor, members in groups.items():
        indices = [index for index, _ in members]
        if len(set(indices)) < 2 or len(set(indices)) < len(indices) or join is None:
            continue
        if not _same_shapes([rest for _, rest in members]):
            continue
        parts = [_rest_term(terms[index], rest) for index, rest in members]
        yield _replaced(terms, indices, join(factor, nodes.add(*parts)))


def _inner_product_candidates(terms: list[Term]) -> Iterator[Node]:
    """(k'x)·h + (h'x)·k is (h·k' + k·h')·x: the inner products share a column."""
    ends: dict[Node, dict[int, Node]] = {}
    for index, term in enumerate(terms):
        for column, rest in _opened_products(term):
            ends.setdefault(column, {}).setdefault(index, rest)
    for column, members in ends.items():
        if len(members) > 1:
            inner = nodes.add(*members.values())
            yield _replaced(terms, list(members), nodes.product(inner, column))


def _opened_products(term: Term) -> Iterator[tuple[Node, Node]]:
    """(x, matrix) with term = matrix·x, for every inner product k'x or x'k among the scalars."""
    number = [nodes.number(term.number)] if term.number != 1 else []
    assert term.body is not None
    for place, scalar in enumerate(term.scalars):
        if scalar.operation != "product":
            continue
        others = [*number, *term.scalars[:place], *term.scalars[place + 1 :]]
        flipped = [transposed(factor) for factor in reversed(scalar.operands)]
        for chain in (list(scalar.operands), flipped):
            opened = nodes.product(term.body, *chain[:-1])
            yield chain[-1], nodes.times(*others, opened)


def _same_shapes(rests: list[Node | None]) -> bool:
    return len({None if rest is None else rest.shape for rest in rests}) == 1


def _rest_term(term: Term, rest: Node | None) -> Node:
    number = [nodes.number(term.number)] if term.number != 1 else []
    parts = [*number, *term.scalars, *([] if rest is None else [rest])]
    return nodes.times(*parts) if parts else ONE
