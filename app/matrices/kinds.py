"""Where the convention does not fit: letters from a to g that must be columns.

In ``A*x - b`` the b cannot be a scalar, though the convention says so.  Such a reading is offered
only where the text has no other, nothing was declared about the letter, and it is never silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.expressions import ExpressionError
from app.expressions.reading import read
from app.expressions.syntax import Name, walk
from app.matrices.declarations import conventional_kind, read_given
from app.matrices.derivation import Derivative, default_variable, derivative_of
from app.matrices.elaboration import Problem, elaborate

MOST_LETTERS = 4


def elaborate_kindly(
    text: str, given: str = "", wrt: Sequence[str] = ()
) -> tuple[Problem, tuple[str, ...]]:
    """``elaborate``, and the names that had to be read as columns though they are scalars by habit.

    Raises the ``ExpressionError`` of the ordinary reading if no such reading fits either.
    """
    try:
        return elaborate(text, given, wrt=wrt), ()
    except ExpressionError as error:
        if error.code != "shape":
            raise
        for names in _candidates(text, given):
            extended = "; ".join([*filter(None, [given]), *(f"{name}: vector" for name in names)])
            try:
                return elaborate(text, extended, wrt=wrt), names
            except ExpressionError:
                continue
        raise


def differentiate_kindly(
    expression: str, wrt: Sequence[str] = (), given: str = "", simplify: bool = True
) -> tuple[Derivative, tuple[str, ...]]:
    """``differentiate`` on a kind reading, and the names that were read as columns.

    Raises ``ExpressionError``.
    """
    problem, as_columns = elaborate_kindly(expression, given, wrt)
    return derivative_of(problem, tuple(wrt) or (default_variable(problem),), simplify), as_columns


def _candidates(text: str, given: str) -> Iterator[tuple[str, ...]]:
    """Sets of undeclared names that are scalars by convention, the smallest first."""
    declared = read_given(given)
    syntax = read(text, variables=list(declared) or None, mode="matrix").syntax
    names = dict.fromkeys(node.name for node in walk(syntax) if isinstance(node, Name))
    free = [name for name in names if name not in declared and name != "pi"]
    free = [name for name in free if conventional_kind(name) == "scalar"][:MOST_LETTERS]
    for count in range(1, len(free) + 1):
        yield from combinations(free, count)


def note_on(names: Sequence[str]) -> str:
    """The sentence that says how the names were read."""
    listed = " and ".join(names)
    verb, kind = ("was", "a column") if len(names) == 1 else ("were", "columns")
    return (
        f"{listed} {verb} read as {kind}, because as a scalar it does not fit here; "
        "declare it to say otherwise."
    )
