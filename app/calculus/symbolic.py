"""Syntax trees to SymPy, object by object: no text ever reaches SymPy.

Numbers become exact rationals from their digits.  Functions that SymPy lacks, or whose derivatives
it gives as distributions or complex parts, are functions of our own with the conventions of
``rules``: the derivative of |u| is sign(u), that of sign(u) is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

import sympy
from sympy.core.function import ArgumentIndexError

from app.expressions import ExpressionError
from app.expressions.syntax import (
    Binary,
    Call,
    Entries,
    Name,
    Negate,
    Number,
    Syntax,
    Transpose,
)

HALF: Final = sympy.Rational(1, 2)
LARGEST_EXACT_POWER: Final = 200


class _Real(sympy.Function):  # type: ignore[misc]
    """A real function of real arguments whose derivatives are given by ``partials``."""

    is_real = True

    def partials(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def fdiff(self, argindex: int = 1) -> Any:
        partials = self.partials()
        if not 1 <= argindex <= len(partials):
            raise ArgumentIndexError(self, argindex)
        return partials[argindex - 1]


class signum(_Real):  # noqa: N801 - functions are lowercase in SymPy
    def partials(self) -> tuple[Any, ...]:
        return (sympy.Integer(0),)


class absolute(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        return (signum(self.args[0]),)


class relu(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        return ((1 + signum(self.args[0])) / 2,)


class sigmoid(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        return (self * sigmoid(-self.args[0]),)


class softplus(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        return (sigmoid(self.args[0]),)


class minimum(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        sign = signum(self.args[0] - self.args[1])
        return (1 - sign) / 2, (1 + sign) / 2


class maximum(_Real):  # noqa: N801
    def partials(self) -> tuple[Any, ...]:
        sign = signum(self.args[0] - self.args[1])
        return (1 + sign) / 2, (1 - sign) / 2


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan,
    "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh,
    "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "atan2": sympy.atan2,
    "abs": absolute, "sign": signum, "relu": relu, "sigmoid": sigmoid, "softplus": softplus,
    "min": minimum, "max": maximum,
}  # fmt: skip
CONSTANTS: Final = {"pi": sympy.pi, "e": sympy.E}


def symbols(variables: tuple[str, ...]) -> dict[str, Any]:
    """A real symbol for each variable."""
    return {name: sympy.Symbol(name, real=True) for name in variables}


def to_sympy(syntax: Syntax, names: Mapping[str, Any]) -> Any:
    """The SymPy expression of a scalar expression; ``names`` maps variables to symbols."""
    match syntax:
        case Number(_, text):
            fraction = Fraction(text)
            return sympy.Rational(fraction.numerator, fraction.denominator)
        case Name(name) if name in names or name in CONSTANTS:
            return names[name] if name in names else CONSTANTS[name]
        case Negate(operand):
            return -to_sympy(operand, names)
        case Binary(operator, left, right):
            return _binary(operator.lstrip("."), to_sympy(left, names), to_sympy(right, names))
        case Call(function, arguments) if function in FUNCTIONS:
            return FUNCTIONS[function](*(to_sympy(each, names) for each in arguments))
        case Name() | Call() | Transpose() | Entries():
            message = "This cannot be part of a scalar function."
            raise ExpressionError("shape", message, syntax.span)


def _binary(operator: str, left: Any, right: Any) -> Any:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    # An exact power of numbers could have millions of digits; as a float it has sixteen.
    if left.is_Number and right.is_Number and abs(right) > LARGEST_EXACT_POWER:
        return sympy.Float(float(left)) ** sympy.Float(float(right))
    return left**right
