"""The derivatives that one reads: found by SymPy, compared with the tape, never shown unless equal.

These functions run in a worker process (``app.compute``), which has a deadline of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import sympy

from app.calculus.build import entries_of, hessian_tape, jacobian_tape, value_tape
from app.calculus.evaluate import evaluate
from app.calculus.forms import Matrix, Readable
from app.calculus.operations import Array
from app.calculus.recover import Unreadable
from app.calculus.symbolic import symbols, to_sympy
from app.calculus.tape import Tape
from app.calculus.tidy import shortest
from app.expressions import parse
from app.expressions.syntax import Syntax

TIDY_SECONDS: Final = 0.4
"""For shortening all entries together; what is not reached stays as it was differentiated."""
POINTS: Final = 24
AGREEMENT: Final = 1e-6


class Disagreement(Exception):  # noqa: N818 - not an error of the reader
    """Two independent derivations differ; neither is shown."""


def readable_jacobian(entries: Sequence[Syntax], variables: Sequence[str]) -> Readable:
    """The matrix ``jacobian``, m rows of n entries."""
    names = symbols(tuple(variables))
    functions = [to_sympy(entry, names) for entry in entries]
    rows = [_derivatives(function, names) for function in functions]
    tape = jacobian_tape(entries, variables)
    return _checked({"jacobian": rows}, tape, variables, Shortener(TIDY_SECONDS))


def readable_hessian(expression: Syntax, variables: Sequence[str]) -> Readable:
    """The matrices ``gradient`` (one row) and ``hessian`` (n rows)."""
    (found,) = readable_hessians([expression], variables)
    return found


def readable_hessians(
    expressions: Sequence[Syntax], variables: Sequence[str]
) -> tuple[Readable, ...]:
    """The same of several functions, shortened together: what occurs twice is worked on once."""
    names = symbols(tuple(variables))
    shortener = Shortener(TIDY_SECONDS)
    return tuple(
        _checked(
            _gradient_and_hessian(to_sympy(expression, names), names),
            hessian_tape(expression, variables),
            variables,
            shortener,
        )
        for expression in expressions
    )


def _gradient_and_hessian(function: Any, names: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    gradient = _derivatives(function, names)
    rows = [_derivatives(entry, names) for entry in gradient]
    # The order of differentiation is of no account where the tape confirms it: one form for both.
    hessian = [[rows[min(i, j)][max(i, j)] for j in range(len(rows))] for i in range(len(rows))]
    return {"gradient": [gradient], "hessian": hessian}


def _derivatives(function: Any, names: Mapping[str, Any]) -> list[Any]:
    """By each variable.  SymPy's |x| has a distribution as its second derivative; ours has 0."""
    return [
        function.diff(symbol).replace(sympy.DiracDelta, lambda *_: sympy.Integer(0))
        for symbol in names.values()
    ]


def warm_up() -> None:
    """Fill SymPy's caches with what nearly every job needs."""
    for text in ("[x^2 - y^2, 2 x y]", "exp(x y) cos(x + y) + sqrt(x^2 + y^2)/x"):
        readable_jacobian(entries_of(parse(text, variables="xy", mode="scalar")), "xy")


class Shortener:
    """The shortest form of each expression, all within so many seconds.

    Raises ``Unreadable`` for what cannot be written at all.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._known: dict[Any, Syntax] = {}

    def __call__(self, entry: Any) -> Syntax:
        if entry not in self._known:
            left = self._end - time.monotonic()
            self._known[entry] = shortest(sympy.sympify(entry), left)
        return self._known[entry]


def _checked(
    found: dict[str, list[list[Any]]],
    tape: Tape,
    variables: Sequence[str],
    shortener: Callable[[Any], Syntax],
) -> Readable:
    try:
        matrices = {
            name: tuple(tuple(shortener(entry) for entry in row) for row in rows)
            for name, rows in found.items()
        }
    except Unreadable:
        return Readable({}, "The derivative needs a function that the book has no name for.")
    for name, matrix in matrices.items():
        compare(name, matrix, tape, variables)
    return Readable(matrices)


def compare(name: str, matrix: Matrix, tape: Tape, variables: Sequence[str]) -> None:
    """Raise ``Disagreement`` where the readable entries and the tape have different values.

    Points at which either is undefined say nothing; neither do those at which the tape itself
    changes as much when its inputs change by rounding, since there no digit can be relied upon.
    """
    points = sample_points(len(variables))
    exact = evaluate(tape, points)[name].reshape(-1, POINTS)
    nearby = evaluate(tape, points * (1 + 4e-16))[name].reshape(-1, POINTS)
    entries = [entry for row in matrix for entry in row]
    read = evaluate(value_tape(entries, variables), points)["value"]
    with np.errstate(all="ignore"):
        allowed = AGREEMENT * (1 + np.abs(exact)) + 1e3 * np.abs(nearby - exact)
        wrong = np.abs(read - exact) > allowed
    if wrong.any():
        raise Disagreement(name)


def sample_points(count: int) -> Array:
    """Points of several sizes and all signs, the same in every run; shape (count, POINTS)."""
    generator = np.random.default_rng(1729)
    points: Array = generator.uniform(-1, 1, (count, POINTS)) * np.geomspace(0.3, 4, POINTS)
    points[:, : POINTS // 2] = np.abs(points[:, : POINTS // 2]) + 0.05
    return points
