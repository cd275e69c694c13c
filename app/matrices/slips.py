"""What went wrong in a line: small slips, tried out one at a time.

A wrong line is changed in one place (a transpose added or removed, two factors exchanged, a sign
turned); if the changed line equals the true differential, that was the slip.  A line that is a
constant multiple of the truth has a wrong factor.  Numbers decide, at one random point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np

from app.expressions import ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.reading import read
from app.expressions.syntax import (
    Binary,
    Call,
    Name,
    Negate,
    Number,
    Syntax,
    Transpose,
    children,
)
from app.matrices.elaboration import elaborate_syntax, free_names
from app.matrices.evaluation import evaluate
from app.matrices.nodes import Node
from app.matrices.points import Point, random_points
from app.matrices.rounding import agree_at
from app.matrices.shapes import Shape

MOST_CHANGES = 200
MOST_PAIRS = 400
LONGEST_SHOWN = 60
"""Of a part of an expression within a sentence, in characters."""


class Slip(NamedTuple):
    """A slip that was found: of which kind, and the sentence that names it."""

    kind: Literal["transpose", "layout", "order", "sign", "term"]
    sentence: str


Meaning = Callable[[Node], Node]
"""What is made of a changed expression before it is compared, such as names written out."""


def find_slip(
    text: str, symbols: Mapping[str, Node], truth: Node, meaning: Meaning = lambda node: node
) -> Slip | None:
    """The slip behind any wrong expression for ``truth``, whether its shapes fit or not."""
    try:
        syntax = read(text, variables=list(symbols), mode="matrix").syntax
    except ExpressionError:
        return None
    return _slip(syntax, symbols, truth, meaning)


def find_two_slips(
    text: str, symbols: Mapping[str, Node], truth: Node, meaning: Meaning = lambda node: node
) -> tuple[Slip, ...]:
    """The two slips behind an expression that no single one explains: transposes, signs, order."""
    try:
        syntax = read(text, variables=list(symbols), mode="matrix").syntax
    except ExpressionError:
        return ()
    points = [] if _names_another(syntax, symbols) else _points(truth, symbols)
    for changed, slips in islice(_two_changes(syntax), MOST_PAIRS if points else 0):
        if _comes_out(changed, symbols, truth, points, meaning):
            return slips
    return ()


def readings_with_a_slip(
    text: str, symbols: Mapping[str, Node], expected: Shape
) -> Iterator[tuple[Node, Slip]]:
    """Whatever of the expected shape an expression becomes by undoing one slip."""
    try:
        syntax = read(text, variables=list(symbols), mode="matrix").syntax
    except ExpressionError:
        return
    for changed, slip in islice(_changes(syntax), MOST_CHANGES):
        try:
            node = elaborate_syntax(changed, symbols, expected)
        except ExpressionError:
            continue
        if node.shape == expected:
            yield node, slip


def explain_misfit(text: str, symbols: Mapping[str, Node], truth: Node) -> str | None:
    """The slip behind a line whose shapes do not fit, if one change makes it right."""
    slip = find_slip(text, symbols, truth)
    return None if slip is None else slip.sentence


def explain_difference(text: str, symbols: Mapping[str, Node], truth: Node) -> str | None:
    """The slip behind a line that fits but is not equal to the differential."""
    syntax = read(text, variables=list(symbols), mode="matrix").syntax
    if other := _names_another(syntax, symbols):
        return f"The expression has no {other}."
    factor = _wrong_factor(syntax, symbols, truth)
    slip = None if factor else _slip(syntax, symbols, truth)
    return factor if slip is None else slip.sentence


def _wrong_factor(syntax: Syntax, symbols: Mapping[str, Node], truth: Node) -> str | None:
    """A constant ratio between the line and the truth."""
    own = elaborate_syntax(syntax, symbols, truth.shape)
    ratios: list[float] = []
    for point in _points(truth, symbols):
        mine = evaluate(own, point.values, point.sizes)
        right = evaluate(truth, point.values, point.sizes)
        scale = float(np.sum(mine * right) / max(float(np.sum(right * right)), 1e-300))
        if not np.allclose(mine, scale * right, rtol=1e-7, atol=1e-9):
            return None
        ratios.append(scale)
    if not ratios or max(ratios) - min(ratios) > 1e-7 * abs(ratios[0]) or abs(ratios[0]) < 1e-12:
        return None
    return _factor_sentence(ratios[0])


def _factor_sentence(ratio: float) -> str:
    fraction = Fraction(ratio).limit_denominator(1000)
    if fraction == -1:
        return "The sign is wrong: the line is −1 times the differential."
    exact = abs(fraction - ratio) <= 1e-9 * abs(ratio)
    size = str(fraction) if exact else f"about {ratio:.6g}"
    return f"A constant factor is wrong: the line is {size} times the differential."


def _slip(
    syntax: Syntax,
    symbols: Mapping[str, Node],
    truth: Node,
    meaning: Meaning = lambda node: node,
) -> Slip | None:
    points = [] if _names_another(syntax, symbols) else _points(truth, symbols)
    for changed, slip in islice(_changes(syntax), MOST_CHANGES if points else 0):
        if _comes_out(changed, symbols, truth, points, meaning):
            return slip
    return None


def _comes_out(
    changed: Syntax,
    symbols: Mapping[str, Node],
    truth: Node,
    points: list[Point],
    meaning: Meaning,
) -> bool:
    try:
        node = meaning(elaborate_syntax(changed, symbols, truth.shape))
    except ExpressionError:
        return False
    return node.shape == truth.shape and _equal(node, truth, points)


def _names_another(syntax: Syntax, symbols: Mapping[str, Node]) -> str | None:
    """A name in it that has no value at the points, if there is one: no slip brought it there."""
    return next((each.name for each in free_names(syntax) if each.name not in symbols), None)


def _points(truth: Node, symbols: Mapping[str, Node]) -> list[Point]:
    found: list[Point] = []
    for point in random_points([truth], symbols, seed=5):
        found.append(point)
        if len(found) == 2:
            break
    return found


def _equal(left: Node, right: Node, points: list[Point]) -> bool:
    return all(agree_at(left, right, point) for point in points)


# ------------------------------------------------------------------------------ changes


def _changes(syntax: Syntax) -> Iterator[tuple[Syntax, Slip]]:
    """The tree changed in one place, with the sentence that names the slip."""
    yield from _changes_here(syntax)
    parts = children(syntax)
    for index, part in enumerate(parts):
        for changed, slip in _changes(part):
            yield _with_child(syntax, index, changed), slip


def _two_changes(syntax: Syntax) -> Iterator[tuple[Syntax, tuple[Slip, Slip]]]:
    """The tree changed in two places, every way once; pairs of transposes and signs come first."""
    turned = Negate(syntax), Slip("sign", "The sign is wrong.")
    known = {syntax}
    for kinds in ({"transpose", "sign"}, {"transpose", "sign", "order"}):
        for changed, first in (*_changes(syntax), turned):
            if first.kind not in kinds:
                continue
            for again, second in _changes(changed):
                if second.kind in kinds and again not in known:
                    known.add(again)
                    yield again, (first, second)


def _changes_here(syntax: Syntax) -> Iterator[tuple[Syntax, Slip]]:
    text = _shown(syntax)
    match syntax:
        case Transpose(operand):
            yield (
                operand,
                Slip("transpose", f"The transpose on {_shown(operand)} is one too many."),
            )
        case Binary("*", left, Name(name)) if name.startswith("d") and len(name) > 1:
            before = _shown(left)
            turned = Binary("*", Transpose(left), Name(name))
            sentence = f"What stands before {name} is in the other layout: transpose {before}."
            yield turned, Slip("layout", sentence)
            sentence = f"{before} and {name} stand in the wrong order."
            yield Binary("*", Name(name), left), Slip("order", sentence)
            yield from _neighbours(left, Name(name))
        case Binary("*", left, right):
            a, b = _shown(left), _shown(right)
            swapped = Binary("*", right, left)
            yield swapped, Slip("order", f"The factors {a} and {b} stand in the wrong order.")
            yield from _neighbours(left, right)
        case Binary("+", left, right):
            yield Binary("-", left, right), _sign(right)
        case Binary("-", left, right):
            yield Binary("+", left, right), _sign(right)
            yield left, _term(right)
        case Negate(operand):
            yield operand, _sign(operand)
        case Call("kron", (left, right)):
            a, b = _shown(left), _shown(right)
            told = f"The factors {a} and {b} of kron stand in the wrong order."
            yield Call("kron", (right, left)), Slip("order", told)
    if isinstance(syntax, Binary) and syntax.operator == "+":
        yield syntax.left, _term(syntax.right)
        yield syntax.right, _term(syntax.left)
    if not isinstance(syntax, Transpose | Number):
        yield Transpose(syntax), Slip("transpose", f"A transpose is missing on {text}.")


def _sign(part: Syntax) -> Slip:
    return Slip("sign", f"The sign before {_shown(part)} is wrong.")


def _term(part: Syntax) -> Slip:
    return Slip("term", f"The term {_shown(part)} does not belong here.")


def _neighbours(left: Syntax, right: Syntax) -> Iterator[tuple[Syntax, Slip]]:
    """In a·b·c, which is (a·b)·c, also b and c can have changed places."""
    if isinstance(left, Binary) and left.operator == "*":
        first, second = left.left, left.right
        swapped = Binary("*", Binary("*", first, right), second)
        a, b = _shown(second), _shown(right)
        yield swapped, Slip("order", f"The factors {a} and {b} stand in the wrong order.")


def _with_child(syntax: Syntax, index: int, child: Syntax) -> Syntax:
    match syntax:
        case Negate():
            return Negate(child)
        case Transpose():
            return Transpose(child)
        case Binary(operator, left, right):
            return Binary(operator, child, right) if index == 0 else Binary(operator, left, child)
        case Call(function, arguments):
            return Call(function, (*arguments[:index], child, *arguments[index + 1 :]))
    return syntax


def _shown(part: Syntax) -> str:
    """A part as text; of a long one the beginning and the end."""
    text = syntax_text(part)
    if len(text) <= LONGEST_SHOWN:
        return text
    half = (LONGEST_SHOWN - 3) // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
