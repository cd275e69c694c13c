"""Expectations taken exactly: of polynomials by moments, of anything over finitely many outcomes.

A random quantity is a sequence of SymPy expressions: one in the outcome x where x is a number, and
one for each outcome where there are finitely many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import sympy

from app.calculus.forms import HIGHEST_POWER
from app.diagnostics import NablaError, Problem

OUTCOME: Final = sympy.Symbol("x", real=True)
DEVIATION: Final = sympy.Symbol("z", real=True)
"""The outcome measured from a centre: z = x − c."""


class ExpectationError(NablaError):
    """The expectation cannot be taken with what is given; the code is “expectation”."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(Problem("expectation", message, hint=hint))


class Measure(Protocol):
    """What expectations are taken under."""

    def expect(self, values: Sequence[Any]) -> Any:
        """The expectation of a random quantity.  Raises ``ExpectationError``."""


@dataclass(frozen=True)
class Outcomes:
    """Finitely many outcomes with their probabilities."""

    probabilities: tuple[Any, ...]

    def expect(self, values: Sequence[Any]) -> Any:
        pairs = zip(self.probabilities, values, strict=True)
        return sum((p * value for p, value in pairs), sympy.Integer(0))


@dataclass(frozen=True)
class Moments:
    """A random number x by its moments E[(x − c)ᵏ], k = 1, 2, …, about the centre c."""

    centre: Any
    moments: tuple[Any, ...]

    def expect(self, values: Sequence[Any]) -> Any:
        (value,) = values
        terms = self.polynomial(value)
        return sum((factor * self._moment(power) for power, factor in terms), sympy.Integer(0))

    def polynomial(self, value: Any) -> list[tuple[int, Any]]:
        """Powers of z = x − c with their coefficients, the lowest first."""
        moved = sympy.expand(value.xreplace({OUTCOME: self.centre + DEVIATION}))
        try:
            terms = sympy.Poly(moved, DEVIATION).terms()
        except sympy.PolynomialError:
            raise _not_polynomial() from None
        found = [(int(power), factor) for (power,), factor in reversed(terms)]
        if any(factor.has(DEVIATION) for _, factor in found):
            raise _not_polynomial()
        return found

    def _moment(self, power: int) -> Any:
        if power == 0:
            return sympy.Integer(1)
        if power > len(self.moments):
            message = f"The moment of order {power} is needed, and {len(self.moments)} are given."
            hint = "Those of a normal distribution about its mean are [0, s^2, 0, 3*s^4]."
            raise ExpectationError(message, hint)
        return self.moments[power - 1]


def _not_polynomial() -> ExpectationError:
    return ExpectationError(
        "The derivatives of the log-density are not polynomials in x.",
        "Only expectations of polynomials follow from moments. Where there are finitely many "
        "outcomes, give a list of their log-probabilities.",
    )


def degree_of(value: Any) -> int:
    """The degree in x of a polynomial.  Raises ``ExpectationError`` beyond ``HIGHEST_POWER``."""
    power = Moments(sympy.Integer(0), ()).polynomial(value)[-1][0]
    if power > HIGHEST_POWER:
        message = f"The log-density has degree {power} in x; at most {HIGHEST_POWER} is worked out."
        raise ExpectationError(message, "Take an expression of a lower degree.")
    return power
