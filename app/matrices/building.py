"""Nodes of a syntax tree whose shapes are known; only notation is normalised.

a − b is a sum, a/b a product with a power, and scalars stand before the matrices that they scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.expressions import ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.syntax import Binary, Call, Name, Negate, Number, Syntax, Transpose
from app.matrices import nodes
from app.matrices.constants import dimension_of, integer_constant
from app.matrices.declarations import Typing
from app.matrices.inference import Inference, Pending
from app.matrices.nodes import Node
from app.matrices.reciprocals import reciprocal
from app.matrices.shapes import Shape
from app.matrices.sizes import resolve, variables_of


def shape_of(pending: Typing | Pending) -> Shape:
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
        return shape_of(pending)

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
    for factor in factors:
        for part in _flat(factor, "times"):
            if part.operation == "number":
                value *= part.parameter
            elif all(other.is_scalar for other in others):
                # A·B in front of C is the beginning of the chain, whatever scales it.
                others.extend((part,) if part.is_scalar else _flat(part, "product"))
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
        for part in _flat(entry, "times"):
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
