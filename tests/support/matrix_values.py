"""Values of matrix expressions for tests, straight from the syntax tree.

This is not the engine's evaluator: it walks what the parser read, with plain NumPy arrays (columns
as n×1), and knows nothing of nodes, rules or simplification.  Sizes of ``eye``, ``vector`` and
``matrix`` that follow from the context are found by trying the operation again with the size of the
other operand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.expressions import parse
from app.expressions.syntax import Binary, Call, Name, Negate, Number, Syntax, Transpose

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Flexible:
    """A constant whose size is not known yet: c·I, or c in every entry."""

    kind: str
    scale: float

    def sized(self, shape: tuple[int, ...]) -> Array:
        if self.kind == "eye":
            return self.scale * np.eye(shape[0])
        return np.full(shape, self.scale)


Value = Array | Flexible


def value_of(
    text: str,
    values: Mapping[str, Any],
    sizes: Mapping[str, int],
    shape: tuple[int, ...] | None = None,
) -> Array:
    """The value of a text at a point; scalars are 1×1, columns n×1."""
    arrays = {name: _as_columns(value) for name, value in values.items()}
    tree = parse(text, variables=list(arrays), mode="matrix")
    result = _Walk(arrays, sizes).visit(tree)
    if isinstance(result, Flexible):
        assert shape is not None, "the size of the result is not known"
        return result.sized(shape)
    return result


def _as_columns(value: Any) -> Array:
    array = np.asarray(value, dtype=np.float64)
    return array.reshape((1, 1) if array.ndim == 0 else (-1, 1)) if array.ndim < 2 else array


@dataclass(frozen=True)
class _Walk:
    values: Mapping[str, Array]
    sizes: Mapping[str, int]

    def visit(self, node: Syntax) -> Value:
        match node:
            case Number(value):
                return np.array([[value]])
            case Name("pi") if "pi" not in self.values:
                return np.array([[np.pi]])
            case Name(name):
                return self.values[name]
            case Negate(operand):
                return _scaled(self.visit(operand), -1.0)
            case Transpose(operand):
                inner = self.visit(operand)
                return inner if isinstance(inner, Flexible) else inner.T
            case Binary(operator, left, right):
                return _binary(operator, self.visit(left), self.visit(right), right)
            case Call(function, arguments):
                return self.call(function, arguments)
        raise AssertionError(node)

    def call(self, function: str, arguments: tuple[Syntax, ...]) -> Value:
        if function in ("eye", "ones", "comm"):
            return self.constant(function, [self.size(argument) for argument in arguments])
        operands = [self.visit(argument) for argument in arguments]
        if function in ("vector", "matrix"):
            assert not isinstance(operands[0], Flexible)
            return Flexible("fill", float(operands[0].item()))
        arrays = [operand for operand in operands if not isinstance(operand, Flexible)]
        assert len(arrays) == len(operands), function
        return _FUNCTIONS[function](*arrays)

    def size(self, node: Syntax) -> int:
        match node:
            case Number(value):
                return int(value)
            case Name(name):
                return self.sizes[name]
            case Binary("*", left, right):
                return self.size(left) * self.size(right)
        raise AssertionError(node)

    def constant(self, function: str, sizes: list[int]) -> Value:
        if function == "eye":
            return np.eye(sizes[0]) if sizes else Flexible("eye", 1.0)
        if function == "ones":
            return np.ones((sizes[0], sizes[1] if len(sizes) == 2 else 1))
        m, n = sizes
        commutation = np.zeros((m * n, m * n))
        for k in range(m * n):
            matrix = np.zeros(m * n)
            matrix[k] = 1.0
            commutation[:, k] = matrix.reshape((m, n), order="F").T.flatten(order="F")
        return commutation


def _scaled(value: Value, factor: float) -> Value:
    if isinstance(value, Flexible):
        return Flexible(value.kind, factor * value.scale)
    return factor * value


def _binary(operator: str, left: Value, right: Value, exponent: Syntax) -> Value:
    if isinstance(left, Flexible) and isinstance(right, Flexible):
        assert left.kind == right.kind
        assert operator in "+-"
        sign = 1 if operator == "+" else -1
        return Flexible(left.kind, left.scale + sign * right.scale)
    if operator in ("*", "/") and (_scalar(left) or _scalar(right)):
        if isinstance(left, Flexible) or isinstance(right, Flexible):
            flexible, scalar = (left, right) if isinstance(left, Flexible) else (right, left)
            assert not isinstance(scalar, Flexible)
            factor = float(scalar.item())
            return _scaled(flexible, factor if operator == "*" else 1 / factor)
        return left * right if operator == "*" else left / right
    if isinstance(left, Flexible) and not isinstance(right, Flexible):
        left = left.sized(right.shape if operator != "*" else (right.shape[0], right.shape[0]))
    if isinstance(right, Flexible) and not isinstance(left, Flexible):
        right = right.sized(left.shape if operator != "*" else (left.shape[1], left.shape[1]))
    assert not isinstance(left, Flexible)
    assert not isinstance(right, Flexible)
    return _operate(operator, left, right)


def _scalar(value: Value) -> bool:
    return not isinstance(value, Flexible) and value.shape == (1, 1)


def _operate(operator: str, left: Array, right: Array) -> Array:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left @ right
        case ".*":
            return left * right
        case "/" | "./":
            return left / right
        case "^" if left.shape != (1, 1):
            power: Array = np.linalg.matrix_power(left, int(right.item()))
            return power
    raised: Array = left**right
    return raised


def _diag(x: Array) -> Array:
    return np.diag(x[:, 0]) if x.shape[1] == 1 else np.diag(x)[:, None]


def _one(value: Any) -> Array:
    return np.array([[float(value)]])


_FUNCTIONS: dict[str, Any] = {
    **{
        name: getattr(np, name)
        for name in ("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
                     "exp", "log", "sqrt", "abs", "sign")
    },
    "relu": lambda x: np.where(x > 0, x, 0.0),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "atan2": np.arctan2,
    "min": np.minimum,
    "max": np.maximum,
    "sum": lambda x: _one(x.sum()),
    "norm1": lambda x: _one(np.abs(x).sum()),
    "norm2": lambda x: _one(np.sqrt((x**2).sum())),
    "tr": lambda x: _one(np.trace(x)),
    "det": lambda x: _one(np.linalg.det(x)),
    "logdet": lambda x: _one(np.log(np.linalg.det(x))),
    "inv": np.linalg.inv,
    "adj": lambda x: np.linalg.det(x) * np.linalg.inv(x),
    "diag": _diag,
    "vec": lambda x: x.flatten(order="F")[:, None],
    "kron": np.kron,
    "transpose": lambda x: x.T,
}  # fmt: skip
