"""The closed set of operations of a tape: one table, from which everything else is derived.

NumPy evaluates it here, ``static/math/operations.js`` evaluates it in the browser, and
``static/math/operations.json`` (written from this table by ``python -m tools.operations``) is what
both are tested against.  Arithmetic is IEEE: outside its domain an operation gives NaN or an
infinity, never an exception or a warning.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its formula, and where it is undefined or has no derivative."""

    name: str
    arity: int
    apply: Callable[..., Any]
    meaning: str
    domain: str = ""
    kinks: str = ""


def _pow(a: Array, b: Array) -> Array:
    """As in ECMAScript: a base of size 1 with an exponent that is not finite has no value.

    Small whole exponents that are the same everywhere are products, many times as fast.
    """
    if b.size and not any(b.strides) and (product := _PRODUCTS.get(float(b.flat[0]))):
        return product(a)
    power: Array = np.power(a, b)
    return np.where((np.abs(a) == 1) & ~np.isfinite(b), np.nan, power)


_PRODUCTS: Final[dict[float, Callable[[Array], Array]]] = {
    2.0: lambda a: a * a,
    3.0: lambda a: a * a * a,
    4.0: lambda a: (a * a) * (a * a),
    5.0: lambda a: (a * a) * (a * a) * a,
    6.0: lambda a: (a * a) * (a * a) * (a * a),
}


def _relu(a: Array) -> Array:
    return np.where(a > 0, a, a * 0)


def _sigmoid(a: Array) -> Array:
    power = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + power), power / (1 + power))


def _softplus(a: Array) -> Array:
    result: Array = np.maximum(a, 0) + np.log1p(np.exp(-np.abs(a)))
    return result


TABLE: Final = (
    Operation("add", 2, np.add, "a + b"),
    Operation("sub", 2, np.subtract, "a - b"),
    Operation("mul", 2, np.multiply, "a * b"),
    Operation("div", 2, np.divide, "a / b", "b != 0"),
    Operation("pow", 2, _pow, "a ^ b", "a > 0, or b an integer", "a = 0 where b < 1"),
    Operation("neg", 1, np.negative, "-a"),
    Operation("sin", 1, np.sin, "sin(a)"),
    Operation("cos", 1, np.cos, "cos(a)"),
    Operation("tan", 1, np.tan, "tan(a)"),
    Operation("arcsin", 1, np.arcsin, "arcsin(a)", "|a| <= 1", "|a| = 1"),
    Operation("arccos", 1, np.arccos, "arccos(a)", "|a| <= 1", "|a| = 1"),
    Operation("arctan", 1, np.arctan, "arctan(a)"),
    Operation("sinh", 1, np.sinh, "sinh(a)"),
    Operation("cosh", 1, np.cosh, "cosh(a)"),
    Operation("tanh", 1, np.tanh, "tanh(a)"),
    Operation("exp", 1, np.exp, "e ^ a"),
    Operation("log", 1, np.log, "natural logarithm of a", "a > 0"),
    Operation("sqrt", 1, np.sqrt, "square root of a", "a >= 0", "a = 0"),
    Operation("abs", 1, np.abs, "|a|", "", "a = 0"),
    Operation("sign", 1, np.sign, "-1, 0 or 1", "", "a = 0"),
    Operation("relu", 1, _relu, "max(a, 0)", "", "a = 0"),
    Operation("sigmoid", 1, _sigmoid, "1 / (1 + e ^ -a)"),
    Operation("softplus", 1, _softplus, "log(1 + e ^ a)"),
    Operation("atan2", 2, np.arctan2, "angle of the point (b, a)", "", "a = 0 where b <= 0"),
    Operation("min", 2, np.minimum, "the smaller of a and b", "", "a = b"),
    Operation("max", 2, np.maximum, "the larger of a and b", "", "a = b"),
)
OPERATIONS: Final = {operation.name: operation for operation in TABLE}


def table_as_json() -> str:
    """The table for the browser's side: names, number of operands, meanings."""
    entries = [
        {
            "name": operation.name,
            "operands": operation.arity,
            "meaning": operation.meaning,
            "domain": operation.domain or "everywhere",
            "notDifferentiable": operation.kinks or "nowhere in the domain",
        }
        for operation in TABLE
    ]
    return json.dumps({"operations": entries}, indent=2, ensure_ascii=False) + "\n"
