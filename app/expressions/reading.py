"""The whole way from text to tree, with the notes that a reader should see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.diagnostics import Problem, Span
from app.expressions import errors, limits
from app.expressions.constants import check_constants
from app.expressions.functions import CONSTANTS, Mode
from app.expressions.lexer import tokenize
from app.expressions.parser import Parser
from app.expressions.rows import separate_entries
from app.expressions.syntax import Syntax, children
from app.expressions.words import resolve, vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read.

    ``notes`` are warnings where the text could be meant otherwise (codes ``division-order``,
    ``tower``).  ``python_powers`` are the spans of the ``Binary`` nodes that were written ``**``.
    """

    text: str
    syntax: Syntax
    notes: tuple[Problem, ...]
    python_powers: frozenset[Span]


def read(text: str, *, variables: Collection[str] | None = None, mode: Mode) -> Reading:
    """Read an expression.

    In scalar mode ``variables`` decide how letters split; None lets every letter be a variable.  In
    matrix mode every word is one name.  Raises ``ExpressionError`` with code, message, span and
    hint; nothing else, in time bounded by the limits.
    """
    words = vocabulary(mode, variables)
    tokens = separate_entries(resolve(tokenize(text, mode), words))
    parser = Parser(tokens, mode, frozenset(words.variables or ()))
    syntax = parser.expression()
    _check_depth(syntax)
    check_constants(syntax, {name: CONSTANTS[name] for name in words.constants})
    return Reading(text, syntax, tuple(parser.notes), frozenset(parser.python_powers))


def parse(text: str, *, variables: Collection[str] | None = None, mode: Mode) -> Syntax:
    """The tree of an expression; see ``read``, which also says how sure the reading is."""
    return read(text, variables=variables, mode=mode).syntax


def _check_depth(syntax: Syntax) -> None:
    level: list[Syntax] = [syntax]
    for _ in range(limits.TREE_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    message = "The expression has too many terms or factors in a row"
    raise errors.too_large(message, limits.TREE_DEPTH, syntax.span, "Group or shorten it.")
