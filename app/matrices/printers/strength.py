"""Binding strengths, and the parts of a product: what all printers share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import Node

SUM, TERM, POWER, POSTFIX, ATOM = range(5)
"""An operand is put in parentheses when it binds less than its place asks."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """A product taken apart: ``sign · number · scalars · body / (divisor · divisors)``.

    ``body`` is the operand with entries; ``divisors`` are scalars with positive exponents.
    """

    negative: bool
    number: Fraction
    divisor: int
    scalars: tuple[Node, ...]
    divisors: tuple[Node, ...]
    body: Node | None


def quotient(node: Node) -> Quotient:
    """Take a product apart for printing."""
    number: Fraction = Fraction(1)
    scalars: list[Node] = []
    divisors: list[Node] = []
    body: Node | None = None
    for factor in node.operands if node.operation == "times" else (node,):
        if factor.operation == "number":
            number *= factor.parameter
        elif not factor.is_scalar:
            body = factor
        elif (inverted := inverted_power(factor)) is not None:
            divisors.append(inverted)
        else:
            scalars.append(factor)
    divisor = 1
    if isinstance(number, Fraction) and not is_decimal(number):
        number, divisor = Fraction(number.numerator), number.denominator
    return Quotient(number < 0, abs(number), divisor, tuple(scalars), tuple(divisors), body)


def is_decimal(number: Fraction) -> bool:
    """Whether a fraction has a short decimal form, such as 0.5."""
    return 10**4 % number.denominator == 0


def inverted_power(node: Node) -> Node | None:
    """The base to the positive exponent, for a power with a negative number as exponent."""
    if node.operation not in ("power", "element_power"):
        return None
    base, exponent = node.operands
    if exponent.operation != "number" or exponent.parameter >= 0:
        return None
    if base.is_scalar and not node.is_scalar:
        return None
    value = -exponent.parameter
    return base if value == 1 else nodes.any_power(base, value)


def number_text(value: Fraction) -> str:
    """A number that is not negative, exactly; a fraction without short decimal form as p/q."""
    if value.denominator == 1:
        return str(value.numerator)
    if not is_decimal(value):
        return f"{value.numerator}/{value.denominator}"
    scaled = str(value * 10**4).rjust(5, "0")
    return f"{scaled[:-4]}.{scaled[-4:]}".rstrip("0")
