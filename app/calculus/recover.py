"""SymPy to syntax trees again, so that what SymPy found prints in our language and our TeX."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, Final

import sympy

from app.calculus import symbolic
from app.expressions.syntax import Binary, BinaryOperator, Call, Name, Negate, Number, Syntax

_NAMES: Final = {
    **{function: name for name, function in symbolic.FUNCTIONS.items() if name != "sqrt"},
    sympy.Abs: "abs",
    sympy.sign: "sign",
}
_DECIMALS: Final = 12
_LONGEST_NUMBER: Final = 40


class Unreadable(Exception):  # noqa: N818 - not an error of the reader
    """SymPy's result holds something that the language has no word for."""


def to_syntax(expression: Any) -> Syntax:
    """The syntax tree of a SymPy expression.  Raises ``Unreadable``."""
    if expression.is_Rational:
        return _rational(int(expression.p), int(expression.q))
    if expression.is_Float:
        return _signed(float(expression), repr(abs(float(expression))))
    if expression.is_Symbol:
        return Name(expression.name)
    if expression is sympy.pi:
        return Name("pi")
    if expression is sympy.E:
        return Call("exp", (Number(1.0, "1"),))
    if expression.is_Add:
        return _sum(expression.as_ordered_terms())
    if expression.is_Mul:
        return _product(expression)
    if expression.is_Pow:
        return _power(expression)
    name = _NAMES.get(expression.func)
    if name is None:
        raise Unreadable(type(expression).__name__)
    return Call(name, tuple(map(to_syntax, expression.args)))


def _integer(value: int) -> Number:
    text = str(value)
    if len(text) > _LONGEST_NUMBER:
        text = repr(float(value)).replace("e+", "e")
    return Number(float(value), text)


def _rational(p: int, q: int) -> Syntax:
    """A whole number, a short decimal where the denominator is large, or a fraction."""
    if p < 0:
        return Negate(_rational(-p, q))
    if q == 1:
        return _integer(p)
    if _reads_as_decimal(q):
        whole, digits = divmod(p * (10**_DECIMALS // q), 10**_DECIMALS)
        text = f"{whole}.{digits:0{_DECIMALS}d}".rstrip("0")
        return Number(float(text), text)
    return Binary("/", _integer(p), _integer(q))


def _reads_as_decimal(q: int) -> bool:
    """Tenths and hundredths were decimals when they were typed; halves and thirds are fractions."""
    return (q % 10 == 0 or q > 100) and 10**_DECIMALS % q == 0


def _signed(value: float, text: str) -> Syntax:
    number = Number(abs(value), text.removesuffix(".0").replace("e+", "e"))
    return Negate(number) if value < 0 else number


def _sum(terms: Iterable[Any]) -> Syntax:
    """Terms in SymPy's order; the first positive one leads, so that fewer signs are needed."""
    trees = [to_syntax(term) for term in terms]
    leader = next((i for i, tree in enumerate(trees) if not isinstance(tree, Negate)), 0)
    trees.insert(0, trees.pop(leader))
    return reduce(_plus, trees)


def _plus(left: Syntax, right: Syntax) -> Syntax:
    if isinstance(right, Negate):
        return Binary("-", left, right.operand)
    return Binary("+", left, right)


def _product(expression: Any) -> Syntax:
    """Factors over a bar, powers with a negative exponent under it, the sign in front."""
    coefficient, rest = expression.as_coeff_Mul()
    if not coefficient.is_Rational:
        coefficient, rest = sympy.Integer(1), expression
    over, under = [], []
    for factor in rest.as_ordered_factors():
        base, exponent = factor.as_base_exp() if factor.is_Pow else (factor, sympy.Integer(1))
        if exponent.is_Rational and exponent < 0:
            under.append(base**-exponent)
        else:
            over.append(factor)
    p, q = abs(int(coefficient.p)), int(coefficient.q)
    leading = _rational(p, q if _reads_as_decimal(q) else 1)
    q = 1 if _reads_as_decimal(q) else q
    numerator, denominator = _factors(leading, over), _factors(_integer(q), under)
    tree = Binary("/", numerator, denominator) if (q, under) != (1, []) else numerator
    return Negate(tree) if coefficient < 0 else tree


def _factors(leading: Syntax, factors: list[Any]) -> Syntax:
    """A product with its number in front, which is left out where it is a mere 1."""
    bare = leading == _integer(1) and factors
    trees = [] if bare else [leading]
    trees += [to_syntax(factor) for factor in factors]
    return _chain("*", trees)


def _chain(operator: BinaryOperator, trees: list[Syntax]) -> Syntax:
    combine: Callable[[Syntax, Syntax], Syntax] = lambda a, b: Binary(operator, a, b)  # noqa: E731
    return reduce(combine, trees)


def _power(expression: Any) -> Syntax:
    base, exponent = expression.as_base_exp()
    if expression.base is sympy.E:
        return Call("exp", (to_syntax(expression.exp),))
    base, exponent = expression.base, expression.exp
    if exponent.is_Rational and exponent < 0:
        return Binary("/", Number(1.0, "1"), to_syntax(base**-exponent))
    if exponent == symbolic.HALF:
        return Call("sqrt", (to_syntax(base),))
    return Binary("^", to_syntax(base), to_syntax(exponent))
