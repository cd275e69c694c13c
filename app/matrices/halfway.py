"""d(U) in a reader's line: a part that is still to be differentiated.

Derivations are written from the outside in, ``2*(A*x - b)'*d(A*x - b)`` before ``…*A*dx``.  Before
such a line is read, every d(U) is worked out by the engine's own rules; places in the longer text
lead back to those in the line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.diagnostics import Span
from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.differential import differential
from app.matrices.elaboration import elaborate
from app.matrices.nodes import Node
from app.matrices.printers.text import to_text
from app.matrices.rewriting import finished

_OPENING = re.compile(r"(?<![A-Za-z0-9_.])d\s*\(")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A line without d(U), and the replaced places: (start, end) there and in the line."""

    text: str
    places: tuple[tuple[Span, Span], ...]

    def in_line(self, span: Span) -> Span:
        """Where a span of ``text`` stands in the line."""
        return Span(self._original(span.start, "start"), self._original(span.end, "end"))

    def _original(self, position: int, side: str) -> int:
        shift = 0
        for here, there in self.places:
            if position <= here.start:
                break
            if position < here.end:
                return there.start if side == "start" else there.end
            shift = there.end - here.end
        return position + shift


def worked_out(line: str, symbols: Mapping[str, Node], variable: Node) -> WorkedOut:
    """The line with every d(U) replaced by its differential in the increment of ``variable``.

    A name d that the expression has keeps its meaning.  Raises ``ExpressionError`` with its span in
    the line for a U that cannot be read.
    """
    text, places, position = "", [], 0
    while "d" not in symbols and (match := _OPENING.search(line, position)):
        end = _closing(line, match.end())
        if end is None:
            break
        text += line[position : match.start()]
        start = len(text)
        text += f"({_differential_text(line, Span(match.end(), end - 1), symbols, variable)})"
        places.append((Span(start, len(text)), Span(match.start(), end)))
        position = end
    return WorkedOut(text + line[position:], tuple(places))


def _closing(line: str, position: int) -> int | None:
    """The place behind the parenthesis that closes the one before ``position``."""
    depth = 1
    for index in range(position, len(line)):
        depth += {"(": 1, ")": -1}.get(line[index], 0)
        if depth == 0:
            return index + 1
    return None


def _differential_text(line: str, inside: Span, symbols: Mapping[str, Node], variable: Node) -> str:
    try:
        part = elaborate(line[inside.start : inside.end], symbols=symbols).node
    except ExpressionError as error:
        span = error.problem.span
        moved = inside if span is None else Span(span.start + inside.start, span.end + inside.start)
        problem = error.problem
        raise ExpressionError(error.code, problem.message, moved, problem.hint) from None
    found = differential(part, variable).node
    return to_text(finished(nodes.zero(part.shape) if found is None else found))
