"""Truncated Taylor polynomials in several variables: the jet of a function at a point.

A jet of degree d holds the coefficients of f(a + u) up to total degree d in u, exactly (as
fractions) wherever the function and the point allow it.  That is what decides a critical point
whose Hessian does not (see ``degenerate``).  Source: Griewank & Walther, Evaluating Derivatives,
chapter 13; composition with an elementary function by Horner's rule on its Taylor series.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.calculus.series import ZERO, Coefficient, NotSmoothError, power, taylor
from app.expressions import syntax
from app.expressions.syntax import Syntax

Exponents = tuple[int, ...]


@dataclass(frozen=True)
class Jet:
    """Σ c·u^e over exponents e of total degree at most ``degree``; absent terms are zero."""

    terms: Mapping[Exponents, Coefficient]
    variables: int
    degree: int

    @property
    def constant(self) -> Coefficient:
        """The value at the point."""
        return self.terms.get((0,) * self.variables, ZERO)

    @property
    def exact(self) -> bool:
        """Whether every coefficient is known exactly."""
        return all(isinstance(c, Fraction) for c in self.terms.values())

    def homogeneous(self, degree: int) -> dict[Exponents, Coefficient]:
        """The terms of one total degree."""
        return {e: c for e, c in self.terms.items() if sum(e) == degree and c != 0}

    def __add__(self, other: Jet) -> Jet:
        terms = dict(self.terms)
        for e, c in other.terms.items():
            terms[e] = terms.get(e, ZERO) + c
        return self._with(terms)

    def __sub__(self, other: Jet) -> Jet:
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: Jet) -> Jet:
        terms: dict[Exponents, Coefficient] = {}
        for e, c in self.terms.items():
            room = self.degree - sum(e)
            for f, b in other.terms.items():
                if sum(f) <= room:
                    key = tuple(i + j for i, j in zip(e, f, strict=True))
                    terms[key] = terms.get(key, ZERO) + c * b
        return self._with(terms)

    def scaled(self, factor: Coefficient) -> Jet:
        """The jet times a number."""
        return self._with({e: factor * c for e, c in self.terms.items()})

    def shifted(self, number: Coefficient) -> Jet:
        """The jet plus a number."""
        return self + constant_jet(number, self.variables, self.degree)

    def derivative(self, index: int) -> Jet:
        """The partial derivative in one variable (correct up to one degree less)."""
        terms = {
            (*e[:index], e[index] - 1, *e[index + 1 :]): e[index] * c
            for e, c in self.terms.items()
            if e[index]
        }
        return self._with(terms)

    def substituted(self, inner: Sequence[Jet]) -> Jet:
        """The composition with jets that vanish at their point, one for each variable."""
        total = constant_jet(ZERO, inner[0].variables, inner[0].degree)
        powers = [_powers(each, self.degree) for each in inner]
        for e, c in self.terms.items():
            term = constant_jet(c, total.variables, total.degree)
            for index, exponent in enumerate(e):
                if exponent:
                    term = term * powers[index][exponent]
            total = total + term
        return total

    def applied(self, series: Sequence[Coefficient]) -> Jet:
        """h∘f from the Taylor coefficients of h about f's value."""
        step = self.shifted(-self.constant)
        result = constant_jet(series[-1], self.variables, self.degree)
        for coefficient in reversed(series[:-1]):
            result = (result * step).shifted(coefficient)
        return result

    def _with(self, terms: Mapping[Exponents, Coefficient]) -> Jet:
        return Jet({e: c for e, c in terms.items() if c != 0}, self.variables, self.degree)


def _powers(jet: Jet, degree: int) -> list[Jet]:
    powers = [constant_jet(Fraction(1), jet.variables, jet.degree)]
    for _ in range(degree):
        powers.append(powers[-1] * jet)
    return powers


def constant_jet(value: Coefficient, variables: int, degree: int) -> Jet:
    """The jet of a constant."""
    return Jet({(0,) * variables: value} if value != 0 else {}, variables, degree)


def variable_jet(index: int, value: Coefficient, variables: int, degree: int) -> Jet:
    """The jet of one coordinate at ``value``."""
    unit = tuple(int(i == index) for i in range(variables))
    return Jet({unit: Fraction(1)}, variables, degree).shifted(value)


def jet(tree: Syntax, variables: Sequence[str], at: Sequence[Coefficient], degree: int) -> Jet:
    """The jet of a scalar function at a point, one coordinate for each variable.

    Raises NotSmoothError where the function has no Taylor series, and KeyError for what is not a
    scalar function of these variables.
    """
    coordinates = {
        name: variable_jet(index, value, len(variables), degree)
        for index, (name, value) in enumerate(zip(variables, at, strict=True))
    }
    return _evaluate(tree, coordinates, len(variables), degree)


CONSTANTS = {"pi": math.pi, "e": math.e}


def _evaluate(tree: Syntax, coordinates: Mapping[str, Jet], n: int, degree: int) -> Jet:
    def walk(node: Syntax) -> Jet:
        match node:
            case syntax.Number(text=text):
                return constant_jet(Fraction(text), n, degree)
            case syntax.Name(name):
                return (
                    coordinates[name]
                    if name in coordinates
                    else constant_jet(CONSTANTS[name], n, degree)
                )
            case syntax.Negate(operand):
                return walk(operand).scaled(Fraction(-1))
            case syntax.Transpose(operand):
                return walk(operand)
            case syntax.Binary(operator, left, right):
                return _combine(operator, walk(left), walk(right))
            case syntax.Call("min" | "max" | "atan2" as name, (left, right)):
                return _of_two(name, walk(left), walk(right))
            case syntax.Call(function, (argument,)):
                inner = walk(argument)
                return inner.applied(taylor(function, inner.constant, degree))
            case _:
                raise KeyError(type(node).__name__)

    return walk(tree)


def _combine(operator: str, left: Jet, right: Jet) -> Jet:
    match operator.removeprefix("."):
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left * _raised(right, Fraction(-1))
        case "^":
            return _power(left, right)
    raise KeyError(operator)


def _power(base: Jet, exponent: Jet) -> Jet:
    if set(exponent.terms) <= {(0,) * exponent.variables}:
        return _raised(base, Fraction(exponent.constant))
    log = base.applied(taylor("log", base.constant, base.degree))
    product = exponent * log
    return product.applied(taylor("exp", product.constant, base.degree))


def _raised(base: Jet, exponent: Fraction) -> Jet:
    if exponent.denominator == 1 and 0 <= exponent <= base.degree:
        return _powers(base, int(exponent))[int(exponent)]
    return base.applied(power(exponent, base.constant, base.degree))


def _of_two(name: str, left: Jet, right: Jet) -> Jet:
    if name in ("min", "max"):
        if left.constant == right.constant:
            raise NotSmoothError(name, left.constant)
        return left if (left.constant < right.constant) == (name == "min") else right
    return _angle(left, right)


def _angle(y: Jet, x: Jet) -> Jet:
    """atan2(y, x) by the branch of the arctangent that holds near the point."""
    if x.constant > 0 or (x.constant < 0 and y.constant == 0):
        quotient, sign = y * _raised(x, Fraction(-1)), 1
        turn: Coefficient = ZERO if x.constant > 0 else math.pi
    elif y.constant != 0:
        quotient, sign = x * _raised(y, Fraction(-1)), -1
        turn = math.copysign(math.pi / 2, y.constant)
    else:
        raise NotSmoothError("atan2", y.constant)
    angle = quotient.applied(taylor("arctan", quotient.constant, y.degree))
    return angle.scaled(Fraction(sign)).shifted(turn)
