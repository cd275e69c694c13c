"""Constants of the syntax that decide about shapes: whole exponents and sizes."""

from __future__ import annotations

from app.expressions import ExpressionError
from app.expressions import to_text as syntax_text
from app.expressions.syntax import Binary, Name, Negate, Number, Syntax
from app.matrices.shapes import Dimension, product_of


def integer_constant(node: Syntax) -> int | None:
    """The value of a constant integer exponent, else None."""
    match node:
        case Number(value) if value == int(value):
            return int(value)
        case Negate(operand):
            inner = integer_constant(operand)
            return None if inner is None else -inner
    return None


def dimension_of(node: Syntax) -> Dimension:
    """The dimension that an argument of eye, ones or comm names."""
    match node:
        case Number(value) if value == int(value) and value >= 1:
            return int(value)
        case Name(name) if len(name) == 1:
            return name
        case Binary("*", left, right):
            return product_of(dimension_of(left), dimension_of(right))
    raise ExpressionError(
        "syntax",
        f"“{syntax_text(node)}” is no size.",
        node.span,
        "Write a letter that stands for a dimension, such as n, or a whole number.",
    )
