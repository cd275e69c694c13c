"""Taylor coefficients of the elementary functions about a point, exactly where that is possible.

A coefficient is a ``Fraction`` when it is known exactly (exp at 0, log at 1, any rational power of
a perfect power …) and a float otherwise.  Lists are ordered by degree: h(a + t) = Σ c[k] tᵏ.

Sources: the recurrences of Griewank & Walther, Evaluating Derivatives, chapter 13.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

Coefficient = Fraction | float
Series = Sequence[Coefficient]

ZERO, ONE = Fraction(0), Fraction(1)


class NotSmoothError(Exception):
    """The function has no Taylor series at this point; carries its name and the point."""

    def __init__(self, function: str, point: Coefficient) -> None:
        super().__init__(f"{function} has no Taylor series at {float(point):g}")
        self.function = function
        self.point = point


def taylor(function: str, a: Coefficient, degree: int) -> Series:
    """The coefficients c[0..degree] of an elementary function about ``a``.

    Raises NotSmoothError where there are none and KeyError for a function that is not elementary.
    """
    return ELEMENTARY[function](a, degree)


def multiply(u: Series, v: Series) -> Series:
    """The product of two series, cut at their common degree."""
    return [_sum(u[i] * v[k - i] for i in range(k + 1)) for k in range(len(u))]


def divide(u: Series, v: Series) -> Series:
    """The quotient of two series; v[0] must not be zero (ZeroDivisionError)."""
    quotient: list[Coefficient] = []
    for k in range(len(u)):
        rest = u[k] - _sum(quotient[i] * v[k - i] for i in range(k))
        quotient.append(rest / v[0])
    return quotient


def _sum(terms: Iterable[Coefficient]) -> Coefficient:
    total: Coefficient = ZERO
    for term in terms:
        total = total + term
    return total


def _integrate(constant: Coefficient, derivative: Series) -> Series:
    return [constant, *(c / Fraction(k + 1) for k, c in enumerate(derivative[:-1]))]


def _exact_or_float(
    a: Coefficient, at: Coefficient, exact: int, f: Callable[[float], float]
) -> Coefficient:
    return Fraction(exact) if a == at and isinstance(a, Fraction) else _value(f, a)


def _value(f: Callable[[float], float], a: Coefficient) -> float:
    try:
        return f(float(a))
    except (ValueError, OverflowError):
        return math.nan


def _exp(a: Coefficient, degree: int) -> Series:
    value = _exact_or_float(a, ZERO, 1, math.exp)
    return [value / Fraction(math.factorial(k)) for k in range(degree + 1)]


def _log(a: Coefficient, degree: int) -> Series:
    if not a > 0:
        raise NotSmoothError("log", a)
    value = _exact_or_float(a, ONE, 0, math.log)
    return [value, *(Fraction((-1) ** (k + 1), k) / a**k for k in range(1, degree + 1))]


def _sine_and_cosine(a: Coefficient) -> tuple[Coefficient, Coefficient]:
    return _exact_or_float(a, ZERO, 0, math.sin), _exact_or_float(a, ZERO, 1, math.cos)


def _sin(a: Coefficient, degree: int) -> Series:
    sine, cosine = _sine_and_cosine(a)
    cycle: Series = (sine, cosine, -sine, -cosine)
    return [cycle[k % 4] / Fraction(math.factorial(k)) for k in range(degree + 1)]


def _cos(a: Coefficient, degree: int) -> Series:
    sine, cosine = _sine_and_cosine(a)
    cycle: Series = (cosine, -sine, -cosine, sine)
    return [cycle[k % 4] / Fraction(math.factorial(k)) for k in range(degree + 1)]


def _sinh(a: Coefficient, degree: int) -> Series:
    sine = _exact_or_float(a, ZERO, 0, math.sinh)
    cosine = _exact_or_float(a, ZERO, 1, math.cosh)
    return [(cosine if k % 2 else sine) / Fraction(math.factorial(k)) for k in range(degree + 1)]


def _cosh(a: Coefficient, degree: int) -> Series:
    sine = _exact_or_float(a, ZERO, 0, math.sinh)
    cosine = _exact_or_float(a, ZERO, 1, math.cosh)
    return [(sine if k % 2 else cosine) / Fraction(math.factorial(k)) for k in range(degree + 1)]


def _tan(a: Coefficient, degree: int) -> Series:
    return divide(_sin(a, degree), _cos(a, degree))


def _tanh(a: Coefficient, degree: int) -> Series:
    return divide(_sinh(a, degree), _cosh(a, degree))


def _shifted_square(sign: int, a: Coefficient, degree: int) -> Series:
    """1 + sign·(a + t)²."""
    head: list[Coefficient] = [ONE + sign * a * a, sign * 2 * a, Fraction(sign)]
    return (head + [ZERO] * degree)[: degree + 1]


def _arctan(a: Coefficient, degree: int) -> Series:
    one = [ONE] + [ZERO] * degree
    derivative = divide(one, _shifted_square(1, a, degree))
    return _integrate(_exact_or_float(a, ZERO, 0, math.atan), derivative)


def _arcsin(a: Coefficient, degree: int) -> Series:
    if not -1 < a < 1:
        raise NotSmoothError("arcsin", a)
    inner = _shifted_square(-1, a, degree)
    derivative = compose(power(Fraction(-1, 2), inner[0], degree), inner)
    return _integrate(_exact_or_float(a, ZERO, 0, math.asin), derivative)


def _arccos(a: Coefficient, degree: int) -> Series:
    series = [-c for c in _arcsin(a, degree)]
    return [math.pi / 2 + float(series[0]), *series[1:]]


def _sigmoid(a: Coefficient, degree: int) -> Series:
    one = [ONE] + [ZERO] * degree
    decay = [c * (-1) ** k for k, c in enumerate(_exp(-a, degree))]
    return divide(one, [ONE + decay[0], *decay[1:]])


def _softplus(a: Coefficient, degree: int) -> Series:
    value = max(float(a), 0.0) + math.log1p(math.exp(-abs(float(a))))
    return _integrate(value, _sigmoid(a, degree))


def _sqrt(a: Coefficient, degree: int) -> Series:
    if not a > 0:
        raise NotSmoothError("sqrt", a)
    return power(Fraction(1, 2), a, degree)


def _with_kink(function: str, left: int, right: int) -> Callable[[Coefficient, int], Series]:
    """A function that is ``left``·t below zero and ``right``·t above."""

    def series(a: Coefficient, degree: int) -> Series:
        if a == 0 or a != a:
            raise NotSmoothError(function, a)
        slope = Fraction(right if a > 0 else left)
        head: list[Coefficient] = [slope * a, slope]
        return (head + [ZERO] * degree)[: degree + 1]

    return series


def _sign(a: Coefficient, degree: int) -> Series:
    if a == 0 or a != a:
        raise NotSmoothError("sign", a)
    return [Fraction(1 if a > 0 else -1)] + [ZERO] * degree


def power(exponent: Fraction, a: Coefficient, degree: int) -> Series:
    """(a + t)^p = Σ binom(p, k) a^(p−k) tᵏ.

    Raises NotSmoothError at a = 0 unless p is a natural number, and for a < 0 unless p is an
    integer.
    """
    whole = exponent.denominator == 1
    if (a == 0 and not (whole and exponent >= 0)) or (a < 0 and not whole) or a != a:
        raise NotSmoothError(f"the power {exponent}", a)
    series: list[Coefficient] = []
    binomial = ONE
    for k in range(degree + 1):
        series.append(binomial * _raise(a, exponent - k) if binomial else ZERO)
        binomial = binomial * (exponent - k) / (k + 1)
    return series


def _raise(a: Coefficient, exponent: Fraction) -> Coefficient:
    if exponent.denominator == 1:
        return a ** int(exponent) if isinstance(a, Fraction) else float(a) ** int(exponent)
    if isinstance(a, Fraction) and exponent.denominator == 2:
        numerator, denominator = math.isqrt(a.numerator), math.isqrt(a.denominator)
        if numerator**2 == a.numerator and denominator**2 == a.denominator:
            return Fraction(numerator, denominator) ** exponent.numerator
    return math.pow(float(a), float(exponent))


def compose(outer: Series, inner: Series) -> Series:
    """Σ outer[k] (inner − inner[0])ᵏ by Horner's rule."""
    step = [ZERO, *inner[1:]]
    result: list[Coefficient] = [outer[-1]] + [ZERO] * (len(outer) - 1)
    for coefficient in reversed(outer[:-1]):
        result = list(multiply(result, step))
        result[0] = result[0] + coefficient
    return result


ELEMENTARY: dict[str, Callable[[Coefficient, int], Series]] = {
    "exp": _exp,
    "log": _log,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "arcsin": _arcsin,
    "arccos": _arccos,
    "arctan": _arctan,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sqrt": _sqrt,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "abs": _with_kink("abs", -1, 1),
    "relu": _with_kink("relu", 0, 1),
    "sign": _sign,
}
