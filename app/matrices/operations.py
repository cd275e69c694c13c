"""The closed set of operations of matrix expressions, each with the rule for its shape.

A shape rule gets the shapes of the operands and the parameter of the node; it returns the shape of
the result or raises ``ShapeError``.  An operation that is not in the table does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from app.expressions import ELEMENTWISE, ExpressionError
from app.matrices.shapes import SCALAR, Shape, column, dimension_text, matrix, product_of

COMMUTATIVE: Final = frozenset({"add", "times", "hadamard"})
OF_TWO_SCALARS: Final = frozenset({"atan2", "min", "max"})
LEAVES: Final = frozenset({"number", "symbol", "eye", "ones", "zero", "comm"})


class ShapeError(ExpressionError):
    """The operands of an operation do not fit together."""

    def __init__(self, message: str) -> None:
        super().__init__("shape", message)


ShapeRule = Callable[[tuple[Shape, ...], Any], Shape]


def _fixed(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    raise TypeError("Leaves have constructors of their own.")


def _same(operation: str) -> ShapeRule:
    def shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
        first = operands[0]
        for operand in operands[1:]:
            if operand != first:
                raise ShapeError(f"{operation} needs equal shapes, not {first} and {operand}.")
        return first

    return shape


def _times_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    for operand in operands[:-1]:
        if operand.kind != "scalar":
            raise ShapeError(f"Only one factor of a multiple may have entries: {operand}.")
    return operands[-1]


def _product_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    for left, right in pairwise(operands):
        _check_pair(left, right)
    first, last = operands[0], operands[-1]
    if first.kind == "row":
        return SCALAR if last.kind == "column" else Shape("row", 1, last.columns)
    if last.kind == "column":
        return column(first.rows)
    return matrix(first.rows, last.columns)


def _check_pair(left: Shape, right: Shape) -> None:
    if left.kind == "scalar" or right.kind == "scalar":
        raise ShapeError("A matrix product has no scalar factors.")
    if left.columns != right.rows:
        a, b = dimension_text(left.columns), dimension_text(right.rows)
        raise ShapeError(f"The inner dimensions {a} and {b} of {left} times {right} differ.")
    if (left.kind == "column") != (right.kind == "row"):
        raise ShapeError(f"{left} times {right} is not defined.")


def _scalars(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    for operand in operands:
        if operand.kind != "scalar":
            raise ShapeError(f"Scalars are needed here, not {operand}.")
    return SCALAR


def _element_power_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    base, exponent = operands[0], operands[1]
    if base.kind == "scalar":
        if exponent.kind == "scalar":
            raise ShapeError("A power of scalars is no elementwise power.")
        return exponent
    if exponent.kind != "scalar" and exponent != base:
        raise ShapeError(f".^ needs equal shapes, not {base} and {exponent}.")
    return base


def _square(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    shape = operands[0]
    if not shape.is_square:
        raise ShapeError(f"A square matrix is needed, not {shape}.")
    return shape


def _of_square(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    _square(operands, parameter)
    return SCALAR


def _diag_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    shape = operands[0]
    if shape.kind != "column":
        raise ShapeError(f"diag needs a column or a square matrix, not {shape}.")
    return matrix(shape.rows, shape.rows)


def _diagonal_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    return column(_square(operands, parameter).rows)


def _vec_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    shape = operands[0]
    if shape.kind != "matrix":
        raise ShapeError(f"vec needs a matrix or a column, not {shape}.")
    return column(shape.entries)


def _kron_shape(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    left, right = operands[0], operands[1]
    rows = product_of(left.rows, right.rows)
    columns = product_of(left.columns, right.columns)
    if left.kind == right.kind == "column":
        return column(rows)
    if left.kind == right.kind == "row":
        return Shape("row", 1, columns)
    return matrix(rows, columns)


def _first(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    return operands[0]


def _to_scalar(operands: tuple[Shape, ...], parameter: Any) -> Shape:
    return SCALAR


SHAPES: Final[dict[str, ShapeRule]] = {
    **dict.fromkeys(LEAVES, _fixed),
    "add": _same("A sum"),
    "times": _times_shape,
    "product": _product_shape,
    "hadamard": _same("An elementwise product"),
    "power": _scalars,
    "element_power": _element_power_shape,
    "matrix_power": _square,
    "transpose": lambda operands, parameter: operands[0].transposed,
    **dict.fromkeys(ELEMENTWISE, _first),
    **dict.fromkeys(OF_TWO_SCALARS, _scalars),
    **dict.fromkeys(("sum", "norm1", "norm2"), _to_scalar),
    **dict.fromkeys(("tr", "det", "logdet"), _of_square),
    "adj": _square,
    "diag": _diag_shape,
    "diagonal": _diagonal_shape,
    "vec": _vec_shape,
    "kron": _kron_shape,
}
"""The closed set of operations, each with the rule for its shape."""

OPERATIONS: Final = frozenset(SHAPES)
