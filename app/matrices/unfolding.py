"""The differential from the outside in: one level of rules at a time, as one writes it by hand.

A line holds the rules of the outermost operations worked out, and d(…) before every part that is
still to be differentiated.  The lines differ only in how far they are worked out: each is the same
differential.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.matrices import nodes
from app.matrices.core import FirstDerivative
from app.matrices.differential import Application, Walk
from app.matrices.nodes import Node
from app.matrices.rules import rule_for

MOST_LINES = 5
"""Deeper expressions take several levels in one line, so that a derivation stays a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """The differential worked out down to some level, and the rules that are new in this line."""

    node: Node
    applications: tuple[Application, ...]


def unfolded(part: FirstDerivative) -> tuple[Line, ...]:
    """The lines; the last one has no d(…) left but that of the variable.

    Empty for an expression that does not vary and for the variable itself.
    """
    levels = _levels(part)
    if not levels:
        return ()
    deepest = max(levels.values()) + 1
    stops = _stops(deepest)
    return tuple(_line(part, levels, start, stop) for start, stop in stops)


def _stops(deepest: int) -> list[tuple[int, int]]:
    """Levels shared out over at most MOST_LINES lines, the outer lines one level each."""
    if deepest <= MOST_LINES:
        return [(level, level + 1) for level in range(deepest)]
    single = [(level, level + 1) for level in range(MOST_LINES - 1)]
    return [*single, (MOST_LINES - 1, deepest)]


def _levels(part: FirstDerivative) -> dict[Node, int]:
    """How many rules lie above each part that has one, on the shortest way to the top."""
    applied = {application.node for application in part.differential.applications}
    levels: dict[Node, int] = {}
    front, level = {part.expression} & applied, 0
    while front:
        levels |= dict.fromkeys(front, level)
        below = {operand for node in front for operand in rule_for(node)[1]}
        front, level = (below & applied) - levels.keys(), level + 1
    return levels


def _line(part: FirstDerivative, levels: dict[Node, int], start: int, stop: int) -> Line:
    walk = _Halted(part.variable, {node for node, level in levels.items() if level >= stop})
    node = walk.visit(part.expression)
    assert node is not None, "an expression with rules varies"
    fresh = tuple(
        application
        for application in part.differential.applications
        if start <= levels.get(application.node, -1) < stop
    )
    return Line(node, fresh)


class _Halted(Walk):
    """A walk that leaves d(…) in place of the parts that it is told to halt at."""

    def __init__(self, variable: Node, halts: set[Node]) -> None:
        super().__init__(variable)
        self.halts = halts

    def derive(self, node: Node) -> Node | None:
        return nodes.pending(node) if node in self.halts else super().derive(node)
