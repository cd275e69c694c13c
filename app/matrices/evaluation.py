"""Values of expressions at a point, with NumPy, for one point or a whole stack of points.

Every value is an array (…, rows, columns): scalars are 1×1, columns n×1.  Leading axes are a stack
of points, so that all perturbations of a difference quotient are evaluated in one pass.  Outside
the domain the value is NaN, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from app.matrices.margins import Array, Margins
from app.matrices.nodes import Node
from app.matrices.shapes import size_of


@dataclass(slots=True)
class Evaluator:
    """Evaluates nodes at one point (or stack of points); equal parts are computed once."""

    values: Mapping[str, Array]
    sizes: Mapping[str, int]
    margins: Margins | None = None
    known: dict[Node, Array] = field(default_factory=dict)

    def __call__(self, node: Node) -> Array:
        found = self.known.get(node)
        if found is None:
            found = _EVALUATORS[node.operation](self, node)
            self.known[node] = found
        return found

    def size(self, node: Node) -> tuple[int, int]:
        return size_of(node.shape.rows, self.sizes), size_of(node.shape.columns, self.sizes)

    def operands(self, node: Node) -> list[Array]:
        return [self(operand) for operand in node.operands]


def evaluate(node: Node, values: Mapping[str, Array], sizes: Mapping[str, int]) -> Array:
    """The value of a node; ``values`` are arrays (rows, columns) by name."""
    with np.errstate(all="ignore"):
        return Evaluator(values, sizes)(node)


def as_columns(value: npt.ArrayLike) -> Array:
    """An array as it stands in the language: a number as 1×1, a vector as a column."""
    array = np.asarray(value, dtype=np.float64)
    return array.reshape((1, 1) if array.ndim == 0 else (-1, 1)) if array.ndim < 2 else array


def turned(array: Array) -> Array:
    return np.swapaxes(array, -1, -2)


def stacked(array: Array) -> Array:
    """vec: the columns below each other."""
    return turned(array).reshape((*array.shape[:-2], -1, 1))


# --------------------------------------------------------------------------- operations

_Function = Callable[[Evaluator, Node], Array]


def _symbol(e: Evaluator, node: Node) -> Array:
    name = node.parameter.name
    return np.full((1, 1), np.pi) if name == "pi" and name not in e.values else e.values[name]


def _comm(e: Evaluator, node: Node) -> Array:
    m, n = (size_of(dimension, e.sizes) for dimension in node.parameter)
    matrix = np.zeros((m * n, m * n))
    # vec(A) has A[i, j] at i + m·j, vec(A') at j + n·i.
    i, j = np.divmod(np.arange(m * n), n)
    matrix[j + n * i, i + m * j] = 1.0
    return matrix


def _times(e: Evaluator, node: Node) -> Array:
    result = e(node.operands[0])
    for operand in node.operands[1:]:
        result = result * e(operand)
    return result


def _chain(e: Evaluator, node: Node) -> Array:
    result = e(node.operands[0])
    for operand in node.operands[1:]:
        result = result @ e(operand)
    return result


def _add(e: Evaluator, node: Node) -> Array:
    result = e(node.operands[0])
    for operand in node.operands[1:]:
        result = result + e(operand)
    return result


def _power(e: Evaluator, node: Node) -> Array:
    base, exponent = e.operands(node)
    return np.power(base, exponent)


def _matrix_power(e: Evaluator, node: Node) -> Array:
    base, exponent = e(node.operands[0]), node.parameter
    if exponent < 0:
        base = _inverse(e, base)
    return np.linalg.matrix_power(base, abs(exponent))


def _inverse(e: Evaluator, matrix: Array) -> Array:
    if e.margins is not None:
        e.margins.inverted(matrix)
    try:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(matrix, np.nan)


def _determinant(e: Evaluator, node: Node) -> Array:
    matrix = e(node.operands[0])
    if e.margins is not None:
        e.margins.inverted(matrix)
    result: Array = np.linalg.det(matrix)[..., None, None]
    return result


def _log_determinant(e: Evaluator, node: Node) -> Array:
    matrix = e(node.operands[0])
    if e.margins is not None:
        e.margins.inverted(matrix)
    sign, logarithm = np.linalg.slogdet(matrix)
    return np.where(sign > 0, logarithm, np.nan)[..., None, None]


def _adjugate(e: Evaluator, node: Node) -> Array:
    matrix = e(node.operands[0])
    result: Array = np.linalg.det(matrix)[..., None, None] * _inverse(e, matrix)
    return result


def _trace(e: Evaluator, node: Node) -> Array:
    result: Array = np.trace(e(node.operands[0]), axis1=-2, axis2=-1)[..., None, None]
    return result


def _sum(e: Evaluator, node: Node) -> Array:
    result: Array = np.sum(e(node.operands[0]), axis=(-2, -1), keepdims=True)
    return result


def _norm1(e: Evaluator, node: Node) -> Array:
    array = e(node.operands[0])
    if e.margins is not None:
        e.margins.near_kink(array)
    result: Array = np.sum(np.abs(array), axis=(-2, -1), keepdims=True)
    return result


def _norm2(e: Evaluator, node: Node) -> Array:
    norm = np.sqrt(np.sum(e(node.operands[0]) ** 2, axis=(-2, -1), keepdims=True))
    if e.margins is not None:
        e.margins.near_kink(norm)
    result: Array = norm
    return result


def _diag(e: Evaluator, node: Node) -> Array:
    vector = e(node.operands[0])
    return vector * np.eye(vector.shape[-2])


def _diagonal(e: Evaluator, node: Node) -> Array:
    return np.diagonal(e(node.operands[0]), axis1=-2, axis2=-1)[..., None]


def _kron(e: Evaluator, node: Node) -> Array:
    left, right = e.operands(node)
    outer = left[..., :, None, :, None] * right[..., None, :, None, :]
    rows, columns = left.shape[-2] * right.shape[-2], left.shape[-1] * right.shape[-1]
    return outer.reshape((*outer.shape[:-4], rows, columns))


def _elementwise(function: Callable[[Array], Array]) -> _Function:
    return lambda e, node: function(e(node.operands[0]))


def _kinked(function: Callable[[Array], Array]) -> _Function:
    """A function with a kink or jump at 0."""

    def value(e: Evaluator, node: Node) -> Array:
        array = e(node.operands[0])
        if e.margins is not None:
            e.margins.near_kink(array)
        return function(array)

    return value


def _selecting(function: Callable[[Array, Array], Array]) -> _Function:
    def value(e: Evaluator, node: Node) -> Array:
        left, right = e.operands(node)
        if e.margins is not None:
            e.margins.near_kink(left - right)
        return function(left, right)

    return value


def _atan2(e: Evaluator, node: Node) -> Array:
    left, right = e.operands(node)
    if e.margins is not None:
        e.margins.near_kink(np.where(right > 0, np.hypot(left, right), left))
    return np.arctan2(left, right)


def _relu(array: Array) -> Array:
    return np.maximum(array, 0.0)


def _sigmoid(array: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-array))


def _softplus(array: Array) -> Array:
    return np.logaddexp(0.0, array)


_EVALUATORS: Final[dict[str, _Function]] = {
    "number": lambda e, node: np.full((1, 1), float(node.parameter)),
    "symbol": _symbol,
    "eye": lambda e, node: np.eye(e.size(node)[0]),
    "ones": lambda e, node: np.ones(e.size(node)),
    "zero": lambda e, node: np.zeros(e.size(node)),
    "comm": _comm,
    "add": _add,
    "times": _times,
    "hadamard": _times,
    "product": _chain,
    "power": _power,
    "element_power": _power,
    "matrix_power": _matrix_power,
    "transpose": lambda e, node: turned(e(node.operands[0])),
    "tr": _trace,
    "sum": _sum,
    "norm1": _norm1,
    "norm2": _norm2,
    "det": _determinant,
    "logdet": _log_determinant,
    "adj": _adjugate,
    "diag": _diag,
    "diagonal": _diagonal,
    "vec": lambda e, node: stacked(e(node.operands[0])),
    "kron": _kron,
    "abs": _kinked(np.abs),
    "sign": _kinked(np.sign),
    "relu": _kinked(_relu),
    "min": _selecting(np.minimum),
    "max": _selecting(np.maximum),
    "atan2": _atan2,
    "sigmoid": _elementwise(_sigmoid),
    "softplus": _elementwise(_softplus),
    **{
        name: _elementwise(getattr(np, name))
        for name in (
            "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp", "log",
            "sqrt",
        )
    },
}  # fmt: skip

EVALUATED: Final = frozenset(_EVALUATORS)
