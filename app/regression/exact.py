"""The least-squares weights without any rounding, to count the digits that each method keeps.

The numbers of a table are doubles, that is whole numbers over a power of two.  So the normal
equations can be formed and solved in whole numbers (Bareiss' elimination: every division is exact;
Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination, 1968), and
the squared condition number does no harm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from operator import mul

import numpy as np
from numpy.typing import NDArray

from app.regression.conditioning import DIGITS

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

MAX_PRODUCTS = 400_000
"""Multiplications that forming XᵀX may take: some hundredths of a second."""
MAX_WEIGHTS = 12
MAX_BITS = 260
"""Of a column's largest number when its smallest part counts one."""


def exact_weights(
    X: Matrix, y: Vector, ridge: float = 0.0, penalized: Vector | None = None
) -> Vector | None:
    """The minimiser (n) of ‖Xw − y‖² + λ‖Pw‖² for X (m×n), y (m), each weight rounded once.

    None where the columns are dependent, and where the computation would take long.
    """
    m, n = X.shape
    if n > MAX_WEIGHTS or m * n * n > MAX_PRODUCTS:
        return None
    wholes = [_whole(column) for column in (*X.T, y)]
    if max(_bits(numbers) for numbers, _ in wholes) > MAX_BITS:
        return None
    strength = Fraction(ridge)
    penalties = [strength * int(p) for p in (np.ones(n) if penalized is None else penalized)]
    solved = _solve(*_equations(wholes, penalties, strength.denominator))
    if solved is None:
        return None
    scale = wholes[-1][1]
    weights = (z * column[1] / scale for z, column in zip(solved, wholes, strict=False))
    try:
        return np.array([float(weight) for weight in weights])
    except OverflowError:
        return None


def correct_digits(weights: Vector | None, exact: Vector | None) -> float | None:
    """−log₁₀ ‖w − w*‖/‖w*‖, between 0 and the digits of a double; None where either is missing."""
    if weights is None or exact is None:
        return None
    error, size = float(np.linalg.norm(weights - exact)), float(np.linalg.norm(exact))
    if error == 0.0:
        return DIGITS
    return min(DIGITS, max(0.0, -math.log10(error / size))) if size > 0.0 else 0.0


def _whole(column: Vector) -> tuple[list[int], int]:
    """The column as whole numbers over one denominator, a power of two."""
    ratios = [float(value).as_integer_ratio() for value in column]
    denominator = max(part for _, part in ratios)
    return [whole * (denominator // part) for whole, part in ratios], denominator


def _bits(numbers: Sequence[int]) -> int:
    return max(abs(number) for number in numbers).bit_length()


def _equations(
    wholes: Sequence[tuple[list[int], int]], penalties: Sequence[Fraction], factor: int
) -> tuple[list[list[int]], int]:
    """The rows of XᵀX + λP with Xᵀy as a last column, times ``factor``; and how many there are."""
    columns = [numbers for numbers, _ in wholes]
    n = len(columns) - 1
    rows = [[factor * sum(map(mul, columns[i], other)) for other in columns] for i in range(n)]
    for i, penalty in enumerate(penalties):
        rows[i][i] += int(factor * penalty * wholes[i][1] ** 2)
    return rows, n


def _solve(rows: list[list[int]], n: int) -> list[Fraction] | None:
    """Bareiss' elimination and back substitution; XᵀX is semidefinite, so no pivoting is needed."""
    previous = 1
    for k in range(n):
        pivot = rows[k][k]
        if pivot == 0:
            return None
        for i in range(k + 1, n):
            lead = rows[i][k]
            rows[i] = [
                (pivot * a - lead * b) // previous for a, b in zip(rows[i], rows[k], strict=True)
            ]
        previous = pivot
    solved = [Fraction(0)] * n
    for i in reversed(range(n)):
        known = sum((rows[i][j] * solved[j] for j in range(i + 1, n)), Fraction(0))
        solved[i] = (rows[i][n] - known) / rows[i][i]
    return solved
