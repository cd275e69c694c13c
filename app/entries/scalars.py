"""Every operation of matrix expressions, written out for its entries.

A value is a table of graph nodes, rows × columns, as in ``app.matrices.evaluation``: scalars are
1×1, columns n×1.  Entries that are zero by structure (of ``eye``, ``diag``, ``comm``) take part in
nothing, so that the program holds only what is worked out.

An operation that is not in the table is refused, never skipped; the tests compare the table with
that of the matrix engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import pi
from typing import Final

from app.calculus.graph import Graph
from app.calculus.graph import Node as Entry
from app.entries.determinants import Minors, Rows
from app.entries.limits import LARGEST_ARRAY, MOST_STEPS, too_large
from app.expressions import ELEMENTWISE
from app.matrices.nodes import Node
from app.matrices.shapes import Dimension, size_of

Rule = Callable[["Scalariser", Node], Rows]


@dataclass(slots=True)
class Scalariser:
    """Writes nodes into a graph, entry by entry; equal parts are written once.

    ``symbols`` has the graph's inputs for each name, ``sizes`` a number for each letter.
    """

    graph: Graph
    symbols: Mapping[str, Rows]
    sizes: Mapping[str, int]
    known: dict[Node, Rows] = field(default_factory=dict)

    def __call__(self, node: Node) -> Rows:
        """The entries of a node.  Raises ``ExpressionError`` (too-large)."""
        found = self.known.get(node)
        if found is None:
            rows, columns = self.size(node)
            if rows * columns > LARGEST_ARRAY:
                raise too_large(
                    f"A part of this expression has too many entries ({rows}×{columns})"
                )
            found = self.known[node] = _RULES[node.operation](self, node)
            if len(self.graph.steps) > MOST_STEPS:
                raise too_large("This expression takes too many operations")
        return found

    def size(self, node: Node) -> tuple[int, int]:
        return self.number(node.shape.rows), self.number(node.shape.columns)

    def number(self, dimension: Dimension) -> int:
        return size_of(dimension, self.sizes)

    # ------------------------------------------------------------- arithmetic of entries

    def is_zero(self, entry: Entry) -> bool:
        return self.graph.values.get(entry) == 0

    def sum(self, entries: Iterable[Entry]) -> Entry:
        terms = [entry for entry in entries if not self.is_zero(entry)]
        if not terms:
            return self.graph.constant(0)
        total = terms[0]
        for term in terms[1:]:
            total = self.graph.add(total, term)
        return total

    def multiply(self, left: Entry, right: Entry) -> Entry:
        if self.is_zero(left) or self.is_zero(right):
            return self.graph.constant(0)
        return self.graph.mul(left, right)

    def product(self, left: Rows, right: Rows) -> Rows:
        columns = transposed(right)
        return tuple(
            tuple(self.sum(map(self.multiply, row, column)) for column in columns) for row in left
        )

    def constant(self, node: Node, entry: Callable[[int, int], float]) -> Rows:
        rows, columns = self.size(node)
        return tuple(
            tuple(self.graph.constant(entry(i, j)) for j in range(columns)) for i in range(rows)
        )


def transposed(rows: Rows) -> Rows:
    return tuple(zip(*rows, strict=True))


def flat(rows: Rows) -> tuple[Entry, ...]:
    """vec: the columns one after the other."""
    return tuple(chain.from_iterable(transposed(rows)))


# --------------------------------------------------------------------------- operations


def _broadcast(operands: Sequence[Rows]) -> list[Rows]:
    """Scalars in the size of the others."""
    largest = max(operands, key=lambda rows: len(rows) * len(rows[0]))
    height, width = len(largest), len(largest[0])
    return [
        tuple((rows[0][0],) * width for _ in range(height))
        if len(rows) == len(rows[0]) == 1
        else rows
        for rows in operands
    ]


def _combined(combine: Callable[[Scalariser, tuple[Entry, ...]], Entry]) -> Rule:
    """An operation on the entries that stand in the same place."""

    def rule(s: Scalariser, node: Node) -> Rows:
        operands = _broadcast([s(operand) for operand in node.operands])
        return tuple(
            tuple(combine(s, entries) for entries in zip(*rows, strict=True))
            for rows in zip(*operands, strict=True)
        )

    return rule


def _product_of(s: Scalariser, entries: tuple[Entry, ...]) -> Entry:
    result = entries[0]
    for entry in entries[1:]:
        result = s.multiply(result, entry)
    return result


def _named(name: str) -> Rule:
    """A function that is an operation of the tape under the same name."""
    return _combined(lambda s, entries: s.graph.apply(name, *entries))


def _reduction(reduce: Callable[[Scalariser, Rows], Entry]) -> Rule:
    """From all entries of the operand to one number."""
    return lambda s, node: ((reduce(s, s(node.operands[0])),),)


def _norm2(s: Scalariser, rows: Rows) -> Entry:
    squares = (s.multiply(entry, entry) for entry in flat(rows))
    return s.graph.apply("sqrt", s.sum(squares))


def _norm1(s: Scalariser, rows: Rows) -> Entry:
    return s.sum(s.graph.apply("abs", entry) for entry in flat(rows))


def _diagonal_of(rows: Rows) -> tuple[Entry, ...]:
    return tuple(row[index] for index, row in enumerate(rows))


def _determinant(s: Scalariser, rows: Rows) -> Entry:
    return Minors(s.graph, rows).determinant()


def _chain(s: Scalariser, node: Node) -> Rows:
    result = s(node.operands[0])
    for operand in node.operands[1:]:
        result = s.product(result, s(operand))
    return result


def _matrix_power(s: Scalariser, node: Node) -> Rows:
    base, exponent = s(node.operands[0]), node.parameter
    if exponent < 0:
        base = Minors(s.graph, base).inverse()
    result = base
    for _ in range(abs(exponent) - 1):
        result = s.product(result, base)
        if len(s.graph.steps) > MOST_STEPS:
            raise too_large("This power takes too many operations")
    return result


def _kron(s: Scalariser, node: Node) -> Rows:
    left, right = (s(operand) for operand in node.operands)
    return tuple(
        tuple(s.multiply(a, b) for a in upper for b in lower) for upper in left for lower in right
    )


def _comm(s: Scalariser, node: Node) -> Rows:
    m, n = (s.number(dimension) for dimension in node.parameter)
    # Row j + n·i of K picks vec(A)[i + m·j] = A[i, j] for vec(A')[j + n·i].
    return s.constant(node, lambda row, column: float(column == row // n + m * (row % n)))


def _diag(s: Scalariser, node: Node) -> Rows:
    entries = flat(s(node.operands[0]))
    zero = s.graph.constant(0)
    order = range(len(entries))
    return tuple(tuple(entries[i] if i == j else zero for j in order) for i in order)


def _symbol(s: Scalariser, node: Node) -> Rows:
    name = node.parameter.name
    return ((s.graph.constant(pi),),) if name == "pi" and name not in s.symbols else s.symbols[name]


_RULES: Final[dict[str, Rule]] = {
    "number": lambda s, node: s.constant(node, lambda i, j: float(node.parameter)),
    "symbol": _symbol,
    "eye": lambda s, node: s.constant(node, lambda i, j: float(i == j)),
    "ones": lambda s, node: s.constant(node, lambda i, j: 1.0),
    "zero": lambda s, node: s.constant(node, lambda i, j: 0.0),
    "comm": _comm,
    "add": _combined(lambda s, entries: s.sum(entries)),
    "times": _combined(_product_of),
    "hadamard": _combined(_product_of),
    "product": _chain,
    "power": _combined(lambda s, entries: s.graph.power(*entries)),
    "element_power": _combined(lambda s, entries: s.graph.power(*entries)),
    "matrix_power": _matrix_power,
    "transpose": lambda s, node: transposed(s(node.operands[0])),
    "sum": _reduction(lambda s, rows: s.sum(flat(rows))),
    "tr": _reduction(lambda s, rows: s.sum(_diagonal_of(rows))),
    "norm1": _reduction(_norm1),
    "norm2": _reduction(_norm2),
    "det": _reduction(_determinant),
    "logdet": _reduction(lambda s, rows: s.graph.apply("log", _determinant(s, rows))),
    "adj": lambda s, node: Minors(s.graph, s(node.operands[0])).adjugate(),
    "diag": _diag,
    "diagonal": lambda s, node: tuple((entry,) for entry in _diagonal_of(s(node.operands[0]))),
    "vec": lambda s, node: tuple((entry,) for entry in flat(s(node.operands[0]))),
    "kron": _kron,
    **{name: _named(name) for name in (*ELEMENTWISE, "atan2", "min", "max")},
}

SCALARISED: Final = frozenset(_RULES)
"""The operations that can be written out: all of the matrix engine."""
