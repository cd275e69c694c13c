"""The second-derivative test in whole fractions, where the entries of the Hessian are exact.

Floating point cannot tell 10⁻¹² from rounding: diag(2, 2·10⁻¹²) is positive definite, and its
eigenvalues alone do not show it.  Where the Taylor terms at the point are rational numbers, the
signs of the eigenvalues follow exactly from the characteristic polynomial.

Source: Faddeev & Faddeeva, Computational Methods of Linear Algebra, §47 (the coefficients by
traces); Descartes' rule of signs, which is exact where all roots are real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from app.calculus.classify import VERDICTS, Classification, HessianAtPoint
from app.calculus.jets import Jet, jet
from app.calculus.series import NotSmoothError
from app.expressions.syntax import Syntax

Matrix = list[list[Fraction]]


def settled(
    expression: Syntax, variables: Sequence[str], point: Sequence[float], here: HessianAtPoint
) -> HessianAtPoint:
    """``here`` with the classification that exact arithmetic gives; unchanged where there is none.

    A coordinate is taken as the decimal number that one types for it.  At a critical point whose
    coordinates have been rounded the exact gradient is not zero; the exact Hessian there is not
    that of the true point, and the numeric judgement stands.
    """
    try:
        function = jet(expression, variables, [Fraction(repr(float(x))) for x in point], 2)
    except (NotSmoothError, ArithmeticError, ValueError):
        return here
    if not function.exact:
        return here
    sloping = bool(function.homogeneous(1))
    if sloping and here.verdict != "not a critical point":
        return here
    classification = exact_classification(_hessian(function))
    verdict = "not a critical point" if sloping else VERDICTS[classification]
    return replace(here, classification=classification, verdict=verdict)


def exact_classification(matrix: Matrix) -> Classification:
    """The class of a symmetric matrix of fractions, by the exact signs of its eigenvalues."""
    n = len(matrix)
    polynomial = characteristic_polynomial(matrix)
    positive = _sign_changes(polynomial)
    negative = _sign_changes([c * (-1) ** k for k, c in enumerate(polynomial)])
    if positive and negative:
        return "indefinite"
    if positive == n:
        return "positive definite"
    return "negative definite" if negative == n else "singular"


def characteristic_polynomial(matrix: Matrix) -> list[Fraction]:
    """The coefficients of det(λI − A), beginning with that of the highest power."""
    n = len(matrix)
    coefficients = [Fraction(1)]
    product = matrix
    for k in range(1, n + 1):
        last = -sum((product[i][i] for i in range(n)), Fraction(0)) / k
        coefficients.append(last)
        shifted = [[product[i][j] + last * (i == j) for j in range(n)] for i in range(n)]
        product = _times(matrix, shifted)
    return coefficients


def _times(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right, strict=True))
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in columns]
        for row in left
    ]


def _sign_changes(coefficients: Sequence[Fraction]) -> int:
    signs = [coefficient > 0 for coefficient in coefficients if coefficient]
    return sum(first != second for first, second in pairwise(signs))


def _hessian(function: Jet) -> Matrix:
    n = function.variables
    rows = [[Fraction(0)] * n for _ in range(n)]
    for exponents, coefficient in function.homogeneous(2).items():
        i, j = [index for index, power in enumerate(exponents) for _ in range(power)]
        rows[i][j] = rows[j][i] = Fraction(coefficient) * (2 if i == j else 1)
    return rows
