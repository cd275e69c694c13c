"""From what was typed to typed nodes: names get their meaning, sizes their values.

``elaborate`` reads a text; names that nobody declared take the convention, sizes that nobody
declared take letters of their own.  Only notation is normalised here (a − b is a sum, a/b a
product with a power, scalars stand before the matrices that they scale); nothing is simplified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.diagnostics import Span
from app.expressions import ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.reading import read
from app.expressions.syntax import Binary, Call, Name, Negate, Number, Syntax, Transpose, walk
from app.matrices import nodes
from app.matrices.declarations import Typing, conventional, read_given
from app.matrices.inference import Inference, Pending, dimension_of, integer_constant
from app.matrices.nodes import Node
from app.matrices.reciprocals import reciprocal
from app.matrices.shapes import Shape, factors_of
from app.matrices.sizes import Size, SizeVariable, resolve, variables_of

MOST_PARTS = 400
"""Larger matrix expressions are refused: their derivatives would no longer be read by anyone."""
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
    must have a meaning though they may not occur; ``expected`` is a shape that the whole must
    have, from which open sizes may follow.  Raises ``ExpressionError``.
    """
    typings = read_given(given)
    for name, known in (symbols or {}).items():
        shape, properties = known.shape, known.parameter.properties
        typings[name] = Typing(name, shape.kind, shape.rows, shape.columns, properties)
    reading = read(text, variables=None if not typings else _names(text, typings), mode="matrix")
    return _elaborate(
        reading.text, reading.syntax, reading.python_powers, typings, wrt, symbols, expected
    )


def _names(text: str, typings: Mapping[str, Typing]) -> list[str]:
    return list(typings)


def _elaborate(
    text: str,
    syntax: Syntax,
    python_powers: frozenset[Span],
    typings: dict[str, Typing],
    wrt: Sequence[str],
    symbols: Mapping[str, Node] | None,
    expected: Shape | None,
) -> Problem:
    _check_length(syntax)
    for name in [*_free_names(syntax), *wrt]:
        typings.setdefault(name, conventional(name))
    inference = Inference(typings, python_powers)
    shape = inference.infer(syntax)
    if expected is not None:
        _expect(inference, shape, expected, syntax)
    _settle(inference, typings, syntax)
    known = dict(symbols or {})
    for name, typing in typings.items():
        if name not in known:
            known[name] = nodes.symbol(name, _shape_of(typing), typing.properties)
    node = Builder(inference, known).build(syntax)
    return Problem(text, node, known)


def _check_length(syntax: Syntax) -> None:
    count = sum(1 for _ in walk(syntax))
    if count > MOST_PARTS:
        raise ExpressionError(
            "too-large",
            f"The expression has {count} parts; at most {MOST_PARTS} are differentiated.",
            syntax.span,
            "Give a name to a part that repeats.",
        )


def _free_names(syntax: Syntax) -> Iterator[str]:
    """The names that stand for values, in order; sizes such as the n of eye(n) are none."""
    match syntax:
        case Name("pi"):
            return
        case Name(name):
            yield name
        case Call("eye" | "ones" | "comm"):
            return
        case Call(_, arguments):
            for argument in arguments:
                yield from _free_names(argument)
        case Binary(_, left, right):
            yield from _free_names(left)
            yield from _free_names(right)
        case Negate(operand) | Transpose(operand):
            yield from _free_names(operand)


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


def _shape_of(pending: Typing | Pending) -> Shape:
    rows, columns = resolve(pending.rows), resolve(pending.columns)
    assert isinstance(rows, int | str | tuple)
    assert isinstance(columns, int | str | tuple)
    return Shape(pending.kind, rows, columns)


class Builder:
    """Makes nodes of a tree whose shapes are known."""

    def __init__(self, inference: Inference, symbols: Mapping[str, Node]) -> None:
        self.inference = inference
        self.symbols = symbols

    def shape(self, syntax: Syntax) -> Shape:
        pending = self.inference.shapes[id(syntax)]
        if variables_of(pending.rows) or variables_of(pending.columns):
            text = syntax_text(syntax)
            raise ExpressionError(
                "size-undetermined",
                f"The size of {text} does not follow from where it stands.",
                syntax.span,
                "Write its size, as in eye(n), ones(n) or ones(m, n).",
            )
        return _shape_of(pending)

    def build(self, syntax: Syntax) -> Node:
        match syntax:
            case Number(_, text):
                return nodes.number(Fraction(text))
            case Name("pi"):
                return nodes.constant_pi()
            case Name(name):
                return self.symbols[name]
            case Negate(operand):
                return negated(self.build(operand))
            case Transpose(operand):
                return nodes.transpose(self.build(operand))
            case Binary("+" | "-"):
                return nodes.add(*self._terms(syntax))
            case Binary("*" | "/"):
                return gathered(self._factors(syntax))
            case Binary(".*" | "./"):
                return elementwise(self._entries(syntax))
            case Binary("^" | ".^"):
                return self._power(syntax)
            case Call():
                return self._call(syntax)
        raise AssertionError(syntax)

    def _terms(self, syntax: Syntax) -> list[Node]:
        match syntax:
            case Binary("+", left, right):
                return [*self._terms(left), self.build(right)]
            case Binary("-", left, right):
                return [*self._terms(left), negated(self.build(right))]
        return [self.build(syntax)]

    def _factors(self, syntax: Syntax) -> list[Node]:
        match syntax:
            case Binary("*", left, right):
                return [*self._factors(left), self.build(right)]
            case Binary("/", left, right):
                return [*self._factors(left), *_flat(reciprocal(self.build(right)), "times")]
        return [self.build(syntax)]

    def _entries(self, syntax: Syntax) -> list[Node]:
        match syntax:
            case Binary(".*", left, right):
                return [*self._entries(left), self.build(right)]
            case Binary("./", left, right):
                inverted = reciprocal(self.build(right))
                parts = [p for f in _flat(inverted, "times") for p in _flat(f, "hadamard")]
                return [*self._entries(left), *parts]
        return [self.build(syntax)]

    def _power(self, syntax: Binary) -> Node:
        base = self.build(syntax.left)
        if syntax.operator == "^" and not base.is_scalar:
            exponent = integer_constant(syntax.right)
            assert exponent is not None
            if base.operation == "matrix_power" and base.parameter == -1 and exponent > 1:
                return nodes.matrix_power(base.operands[0], -exponent)
            return nodes.matrix_power(base, exponent)
        return nodes.any_power(base, self.build(syntax.right))

    def _call(self, syntax: Call) -> Node:
        match syntax.function:
            case "eye":
                return nodes.eye(self.shape(syntax).rows)
            case "ones":
                return nodes.ones(self.shape(syntax))
            case "comm":
                return nodes.comm(*map(dimension_of, syntax.arguments))
            case "vector" | "matrix":
                return filled(self.build(syntax.arguments[0]), self.shape(syntax))
        operands = [self.build(argument) for argument in syntax.arguments]
        first = operands[0]
        match syntax.function:
            case "inv":
                return nodes.inverse(first)
            case "diag":
                return nodes.diag(first)
            case "vec":
                return nodes.vec(first)
            case "kron" if first.is_scalar or operands[1].is_scalar:
                return nodes.times(*operands)
            case "sum" if first.is_scalar:
                return first
            case "norm1" | "norm2" if first.is_scalar:
                return nodes.apply("abs", first)
        return nodes.apply(syntax.function, *operands)


def _flat(node: Node, operation: str) -> tuple[Node, ...]:
    return node.operands if node.operation == operation else (node,)


def negated(node: Node) -> Node:
    """``-node`` with the sign joined to its number."""
    factors = _flat(node, "times")
    if factors[0].operation == "number":
        value = -factors[0].parameter
        rest = factors[1:]
        if value == 1 and rest:
            return nodes.times(*rest)
        return nodes.times(nodes.number(value), *rest)
    return nodes.times(nodes.MINUS_ONE, *factors)


def gathered(factors: Sequence[Node]) -> Node:
    """A product as typed: numbers joined in front, then scalars, then the chain."""
    value = Fraction(1)
    others: list[Node] = []
    for index, factor in enumerate(factors):
        parts = _flat(factor, "times") if index == 0 or factor.is_scalar else (factor,)
        for part in parts:
            if part.operation == "number":
                value *= part.parameter
            else:
                others.append(part)
    if not others:
        return nodes.number(value)
    rest = nodes.multiply(*others)
    return rest if value == 1 else nodes.times(nodes.number(value), *_flat(rest, "times"))


def elementwise(entries: Sequence[Node]) -> Node:
    """An elementwise product as typed: its scalars stand in front."""
    scalars: list[Node] = []
    arrays: list[Node] = []
    for index, entry in enumerate(entries):
        parts = _flat(entry, "times") if index == 0 or entry.is_scalar else (entry,)
        for part in parts:
            if part.is_scalar:
                scalars.append(part)
            else:
                arrays.extend(_flat(part, "hadamard") if index == 0 else [part])
    body = [nodes.hadamard(*arrays)] if arrays else []
    return gathered([*scalars, *body])


def filled(value: Node, shape: Shape) -> Node:
    """``vector(c)`` and ``matrix(c)``: c in every entry."""
    entries = nodes.ones(shape)
    return entries if value == nodes.ONE else gathered([value, entries])
