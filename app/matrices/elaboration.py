"""From what was typed to typed nodes: names get their meaning, sizes their values.

``elaborate`` reads a text; names that nobody declared take the convention, sizes that nobody
declared take letters of their own.  Only notation is normalised here (a − b is a sum, a/b a
product with a power, scalars stand before the matrices that they scale); nothing is simplified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.diagnostics import did_you_mean
from app.expressions import ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.reading import Reading, read
from app.expressions.syntax import Binary, Call, Name, Negate, Syntax, Transpose, walk
from app.matrices import nodes
from app.matrices.building import Builder, shape_of
from app.matrices.declarations import Typing, conventional, read_given
from app.matrices.inference import Inference, Pending
from app.matrices.nodes import Node
from app.matrices.shapes import Shape, factors_of
from app.matrices.sizes import Size, SizeVariable, resolve, variables_of

MOST_PARTS = 400
"""Larger matrix expressions are refused: their derivatives would no longer be read by anyone."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")
_LETTERS = "mnpqrstklijuvwabcdefgh"


@dataclass(frozen=True, slots=True)
class Problem:
    """An expression that was understood: its node and all names with their symbols."""

    text: str
    node: Node
    symbols: Mapping[str, Node]


def elaborate(
    text: str,
    given: str = "",
    *,
    wrt: Sequence[str] = (),
    symbols: Mapping[str, Node] | None = None,
    expected: Shape | None = None,
) -> Problem:
    """Read an expression and give every part its shape.

    ``symbols`` are names that are known already (they win over ``given``); ``wrt`` are names that
    must have a meaning, by the expression or by ``given``; ``expected`` is a shape that the whole
    must have, from which open sizes may follow.  Raises ``ExpressionError``.
    """
    typings = read_given(given)
    typings.update({name: _typing_of(node) for name, node in (symbols or {}).items()})
    reading = _read(text, typings)
    return _elaborate([reading], typings, wrt, symbols or {}, expected)[0]


def elaborate_both(left: str, right: str, given: str = "") -> tuple[Problem, Problem]:
    """Two expressions over the same names, whose open sizes follow from both together.

    Where they can have the same shape they get it.  Raises ``ExpressionError``.
    """
    typings = read_given(given)
    readings = [_read(text, typings) for text in (left, right)]
    first, second = _elaborate(readings, typings, (), {}, None)
    return first, second


def elaborate_syntax(
    syntax: Syntax, symbols: Mapping[str, Node], expected: Shape | None = None
) -> Node:
    """The node of a tree over known symbols; raises ``ExpressionError``."""
    typings = {name: _typing_of(node) for name, node in symbols.items()}
    reading = Reading("", syntax, (), frozenset())
    return _elaborate([reading], typings, (), symbols, expected)[0].node


def _read(text: str, typings: Mapping[str, Typing]) -> Reading:
    return read(text, variables=list(typings) or None, mode="matrix")


def _typing_of(node: Node) -> Typing:
    shape, symbol = node.shape, node.parameter
    return Typing(symbol.name, shape.kind, shape.rows, shape.columns, symbol.properties)


def _elaborate(
    readings: Sequence[Reading],
    typings: Mapping[str, Typing],
    wrt: Sequence[str],
    symbols: Mapping[str, Node],
    expected: Shape | None,
) -> list[Problem]:
    trees = [reading.syntax for reading in readings]
    names = _all_names(trees, typings)
    inference = Inference(names)
    shapes = [inference.infer_all(each.syntax, each.python_powers) for each in readings]
    if expected is not None:
        _expect(inference, shapes[0], expected, trees[0])
    for shape in shapes[1:]:
        inference.unify_if_alike(shapes[0], shape)
    _settle(inference, names, trees[0])
    known = {
        name: symbols.get(name) or nodes.symbol(name, shape_of(typing), typing.properties)
        for name, typing in names.items()
    }
    builder = Builder(inference, known)
    problems = [Problem(each.text, builder.build(each.syntax), known) for each in readings]
    for name in wrt:
        if name not in known:
            raise _unknown_variable(name, known)
    return problems


def _all_names(trees: Sequence[Syntax], typings: Mapping[str, Typing]) -> dict[str, Typing]:
    """All names with their typings: those that occur in order, then the others."""
    names: dict[str, Typing] = {}
    for syntax in trees:
        _check_length(syntax)
        for name in (each.name for each in free_names(syntax)):
            names.setdefault(name, typings.get(name) or conventional(name))
    return names | {name: each for name, each in typings.items() if name not in names}


def _unknown_variable(name: str, names: Mapping[str, Node]) -> ExpressionError:
    """A misspelt variable would have derivative 0 in silence, so it must be declared."""
    shown = name if _NAME.fullmatch(name) else "That"
    return ExpressionError(
        "unknown-name",
        f"{shown} does not occur in the expression, so there is nothing to differentiate by.",
        None,
        did_you_mean(name[:24], names) or "Declare it if you mean it, as in “y: n”.",
    )


def _check_length(syntax: Syntax) -> None:
    count = sum(1 for _ in walk(syntax))
    if count > MOST_PARTS:
        raise ExpressionError(
            "too-large",
            f"The expression has {count} parts; at most {MOST_PARTS} are differentiated.",
            syntax.span,
            "Give a name to a part that repeats.",
        )


def free_names(syntax: Syntax) -> Iterator[Name]:
    """The names that stand for values, in order; sizes such as the n of eye(n) are none."""
    match syntax:
        case Name("pi"):
            return
        case Name():
            yield syntax
        case Call("eye" | "ones" | "comm"):
            return
        case Call(_, arguments):
            for argument in arguments:
                yield from free_names(argument)
        case Binary(_, left, right):
            yield from free_names(left)
            yield from free_names(right)
        case Negate(operand) | Transpose(operand):
            yield from free_names(operand)


def _expect(inference: Inference, shape: Pending, expected: Shape, syntax: Syntax) -> None:
    rows = inference.sizes.unify(shape.rows, expected.rows)
    columns = inference.sizes.unify(shape.columns, expected.columns)
    if not (rows and columns):
        message = f"The result should be {expected}, but {syntax_text(syntax)} has another shape."
        raise ExpressionError("shape", message, syntax.span)


def _settle(inference: Inference, typings: Mapping[str, Typing], syntax: Syntax) -> None:
    """Give letters to the sizes that stay open, then check what had to wait for them."""
    _check_pending(inference, syntax)
    taken = _taken_letters(inference, typings)
    open_sizes = _open_sizes(typings)
    free = [letter for letter in _LETTERS if letter not in taken and letter not in typings]
    free += [letter for letter in _LETTERS if letter not in taken and letter in typings]
    if len(open_sizes) == 1 and "n" in free:
        free.remove("n")
        free.insert(0, "n")
    if len(open_sizes) > len(free):
        raise ExpressionError(
            "too-large",
            "There are more open sizes than letters for them.",
            syntax.span,
            "Declare the sizes, as in “A: m,n; x: n”.",
        )
    for variable, letter in zip(open_sizes, free, strict=False):
        variable.value = letter
    _check_pending(inference, syntax)


def _check_pending(inference: Inference, syntax: Syntax) -> None:
    if not inference.sizes.settle():
        raise ExpressionError(
            "shape", "Two lengths that should be equal differ.", syntax.span, "Declare the sizes."
        )


def _taken_letters(inference: Inference, typings: Mapping[str, Typing]) -> set[str]:
    sizes: list[Size] = [s for t in typings.values() for s in (t.rows, t.columns)]
    sizes += [s for shape in inference.shapes.values() for s in (shape.rows, shape.columns)]
    known = [resolve(size) for size in sizes]
    return {
        factor
        for size in known
        if isinstance(size, int | str | tuple)
        for factor in factors_of(size)
        if isinstance(factor, str)
    }


def _open_sizes(typings: Mapping[str, Typing]) -> list[SizeVariable]:
    """The open sizes of names, in order of appearance, matrices first."""
    ordered = sorted(typings.values(), key=lambda typing: typing.kind != "matrix")
    found: list[SizeVariable] = []
    for typing in ordered:
        for size in (typing.rows, typing.columns):
            for variable in variables_of(size):
                if all(variable is not other for other in found):
                    found.append(variable)
    return found
