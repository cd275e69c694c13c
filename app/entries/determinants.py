"""Determinant, adjugate and inverse by cofactors: no division, no pivot, hence one program.

A straight-line program cannot choose a pivot.  For the few rows of an example the expansion by
minors costs little, and its derivative is exact at singular matrices too.

Source: R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., Cambridge 2013, 0.3.1 and 0.8.2.
"""

from __future__ import annotations

from app.calculus.graph import Graph, Node
from app.entries.limits import LARGEST_DETERMINANT, too_large

Rows = tuple[tuple[Node, ...], ...]


class Minors:
    """The minors of one matrix, each found once.

    Raises ``ExpressionError`` (too-large) for more than ``LARGEST_DETERMINANT`` rows.
    """

    def __init__(self, graph: Graph, rows: Rows) -> None:
        if len(rows) > LARGEST_DETERMINANT:
            raise too_large(f"This matrix has too many rows ({len(rows)})")
        self.graph = graph
        self.rows = rows
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], Node] = {}

    def determinant(self) -> Node:
        everything = tuple(range(len(self.rows)))
        return self._minor(everything, everything)

    def adjugate(self) -> Rows:
        """Entry (i, j) is the cofactor of entry (j, i)."""
        order = range(len(self.rows))
        return tuple(tuple(self._cofactor(j, i) for j in order) for i in order)

    def inverse(self) -> Rows:
        """The adjugate over the determinant; infinite or NaN where the matrix is singular."""
        determinant = self.determinant()
        return tuple(
            tuple(self.graph.div(cofactor, determinant) for cofactor in row)
            for row in self.adjugate()
        )

    def _cofactor(self, row: int, column: int) -> Node:
        order = range(len(self.rows))
        minor = self._minor(
            tuple(i for i in order if i != row), tuple(j for j in order if j != column)
        )
        return self.graph.neg(minor) if (row + column) % 2 else minor

    def _minor(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> Node:
        """The determinant of the rows and columns that are named, expanded along the first row."""
        if not rows:
            return self.graph.constant(1)
        key = rows, columns
        if key not in self._known:
            self._known[key] = self._expanded(rows, columns)
        return self._known[key]

    def _expanded(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> Node:
        total: Node | None = None
        for place, column in enumerate(columns):
            entry = self.rows[rows[0]][column]
            if self.graph.values.get(entry) == 0:
                continue
            others = columns[:place] + columns[place + 1 :]
            term = self.graph.mul(entry, self._minor(rows[1:], others))
            if total is None:
                total = self.graph.neg(term) if place % 2 else term
            else:
                combine = self.graph.sub if place % 2 else self.graph.add
                total = combine(total, term)
        return self.graph.constant(0) if total is None else total
