"""Constant parts are calculated in floating point before anything exact meets them.

So a tower of powers, a division by zero or an exponent of a billion is refused while reading, in
microseconds, and never reaches exact arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from app.expressions import errors, limits
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


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


_FUNCTIONS: Final[dict[str, Callable[..., float]]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
    "exp": math.exp, "log": math.log, "sqrt": math.sqrt, "abs": abs, "sign": _sign,
    "relu": lambda x: max(x, 0.0), "sigmoid": _sigmoid, "softplus": _softplus,
    "atan2": math.atan2, "min": min, "max": max,
}  # fmt: skip
_OPERATORS: Final[dict[str, Callable[[float, float], float]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": math.pow,
}


def check_constants(node: Syntax, constants: Mapping[str, float]) -> float | None:
    """The value of ``node`` if it is constant, else None; constant parts are checked on the way.

    Raises ``ExpressionError``: ``too-large`` where a value or an exponent leaves the limits,
    ``not-differentiable`` where a constant has no real value.
    """
    match node:
        case Number(value):
            return value
        case Name(name):
            return constants.get(name)
        case Negate(operand):
            value_or_none = check_constants(operand, constants)
            return None if value_or_none is None else -value_or_none
        case Transpose(operand):
            return check_constants(operand, constants)
        case Binary(operator, left, right):
            values = check_constants(left, constants), check_constants(right, constants)
            return _binary(node, operator.lstrip("."), *values)
        case Call(function, arguments):
            results = [check_constants(argument, constants) for argument in arguments]
            return _call(node, function, results)
        case Entries(entries):
            for entry in entries:
                check_constants(entry, constants)
    return None


def _binary(node: Binary, operator: str, left: float | None, right: float | None) -> float | None:
    on_symbols = operator == "^" and left is None and right is not None
    if on_symbols and abs(right or 0.0) > limits.LARGEST_POWER:
        raise errors.power_too_large(node.right.span)
    if operator == "/" and right == 0:
        raise errors.undefined_constant(node.span)
    if left is None or right is None:
        return None
    value = _checked(node, _OPERATORS[operator], left, right)
    if operator == "^" and value == 0 != left:
        raise errors.number_out_of_range(node.span)
    return value


def _call(node: Call, function: str, arguments: list[float | None]) -> float | None:
    values = [value for value in arguments if value is not None]
    if function not in _FUNCTIONS or len(values) < len(arguments):
        return None
    return _checked(node, _FUNCTIONS[function], *values)


def _checked(node: Syntax, function: Callable[..., float], *values: float) -> float:
    try:
        value = function(*values)
    except OverflowError:
        raise errors.number_out_of_range(node.span) from None
    except (ValueError, ZeroDivisionError):
        raise errors.undefined_constant(node.span) from None
    if abs(value) > limits.LARGEST_NUMBER:
        raise errors.number_out_of_range(node.span)
    return value
