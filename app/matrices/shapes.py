"""Shapes with symbolic dimensions: scalar, column, row and matrix.

A dimension is a number, a letter, or a product of several (the length of ``vec(X)`` is m·n).
Columns are true vectors and rows are their transposes, so a shape knows its kind besides its two
dimensions: a matrix with one column is no column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Dimension = int | str | tuple[int | str, ...]
"""A number, a letter, or a product: its factors sorted, the number first."""

Kind = Literal["scalar", "column", "row", "matrix"]

_SPOKEN_WITH_A_VOWEL = re.compile(r"[aefhilmnorsx8]|1[18](\d{3})*(?!\d)", re.IGNORECASE)
"""How such a dimension begins: an n×k, an 8×3 or an 18×2 matrix, but a 180×2 one."""


class Shape(NamedTuple):
    """The kind of a value and its two dimensions."""

    kind: Kind
    rows: Dimension
    columns: Dimension

    @property
    def transposed(self) -> Shape:
        kind = self.kind
        if kind == "column":
            kind = "row"
        elif kind == "row":
            kind = "column"
        return Shape(kind, self.columns, self.rows)

    @property
    def axes(self) -> tuple[Dimension, ...]:
        """The axes of the array: none for a scalar, one for a column or row, two for a matrix."""
        if self.kind == "scalar":
            return ()
        if self.kind == "column":
            return (self.rows,)
        if self.kind == "row":
            return (self.columns,)
        return (self.rows, self.columns)

    @property
    def entries(self) -> Dimension:
        """How many entries: the length of vec."""
        return product_of(self.rows, self.columns)

    @property
    def is_square(self) -> bool:
        return self.kind == "matrix" and self.rows == self.columns

    def __str__(self) -> str:
        if self.kind == "scalar":
            return "a scalar"
        if self.kind == "matrix":
            return matrix_words(dimension_text(self.rows), dimension_text(self.columns))
        return f"a {self.kind} of length {dimension_text(self.axes[0])}"


def matrix_words(rows: str, columns: str) -> str:
    """A matrix of that size, with its article: an n×k matrix, a k×n matrix."""
    return f"{'an' if _SPOKEN_WITH_A_VOWEL.match(rows) else 'a'} {rows}×{columns} matrix"


SCALAR = Shape("scalar", 1, 1)


def column(length: Dimension) -> Shape:
    return Shape("column", length, 1)


def row(length: Dimension) -> Shape:
    return Shape("row", 1, length)


def matrix(rows: Dimension, columns: Dimension) -> Shape:
    return Shape("matrix", rows, columns)


def factors_of(dimension: Dimension) -> tuple[int | str, ...]:
    """The factors of a dimension; a 1 has none."""
    if isinstance(dimension, tuple):
        return dimension
    return () if dimension == 1 else (dimension,)


def product_of(*dimensions: Dimension) -> Dimension:
    """The product: numbers multiplied, letters sorted, so that m·n and n·m are the same."""
    number = 1
    letters: list[str] = []
    for dimension in dimensions:
        for factor in factors_of(dimension):
            if isinstance(factor, int):
                number *= factor
            else:
                letters.append(factor)
    parts: list[int | str] = [*([number] if number != 1 else []), *sorted(letters)]
    if not parts:
        return 1
    return parts[0] if len(parts) == 1 else tuple(parts)


def dimension_text(dimension: Dimension) -> str:
    """As it is written: ``n``, ``3`` or ``m*n``."""
    return "*".join(map(str, factors_of(dimension))) or "1"


def letters_of(dimensions: Iterable[Dimension]) -> set[str]:
    return {f for d in dimensions for f in factors_of(d) if isinstance(f, str)}


def size_of(dimension: Dimension, sizes: Mapping[str, int]) -> int:
    """The number that a dimension is, when every letter has its size."""
    result = 1
    for factor in factors_of(dimension):
        result *= factor if isinstance(factor, int) else sizes[factor]
    return result
