"""First and second derivatives as nodes: the computation that ``differentiate`` presents."""

from __future__ import annotations

from dataclasses import dataclass

from app.matrices.differential import Differential, differential
from app.matrices.identification import (
    Identified,
    by_scalar,
    of_array,
    of_scalar,
    stacked_jacobian,
)
from app.matrices.nodes import Node
from app.matrices.rewriting import Simplifier
from app.matrices.shortening import turned_around
from app.matrices.transport import Operator, contributions
from app.matrices.transport.operators import stack


@dataclass(frozen=True, slots=True)
class FirstDerivative:
    """One differentiation: the expression, its differential, the maps of dX, and the result."""

    expression: Node
    variable: Node
    differential: Differential
    maps: tuple[Operator, ...]
    found: Identified


def first_derivative(expression: Node, variable: Node, simplify: Simplifier) -> FirstDerivative:
    """Differentiate by the rules, bring dX to the end, read the derivative off."""
    change = differential(expression, variable)
    maps: tuple[Operator, ...] = ()
    if variable.is_scalar:
        found = by_scalar(change.node, change.increment, expression, simplify)
        return FirstDerivative(expression, variable, change, maps, found)
    if change.node is not None:
        maps = tuple(contributions(change.node))
    if expression.is_scalar:
        found = of_scalar(list(maps), variable, simplify)
    else:
        found = of_array(list(maps), expression, variable, simplify)
    return FirstDerivative(expression, variable, change, maps, found)


@dataclass(frozen=True, slots=True)
class SecondDerivative:
    """Two differentiations; ``result`` is the Hessian of a scalar, else a stacked matrix."""

    first: FirstDerivative
    second: FirstDerivative
    numerator: Node
    denominator: Node


def second_derivative(
    expression: Node, one: Node, other: Node, simplify: Simplifier
) -> SecondDerivative:
    """The derivative by ``one``, differentiated by ``other``."""
    first = first_derivative(expression, one, simplify)
    second = first_derivative(first.found.core, other, simplify)
    if expression.is_scalar:
        hessian = simplify(_hessian(second, simplify))
        return SecondDerivative(first, second, hessian, hessian)
    if one.is_scalar:
        return SecondDerivative(first, second, second.found.numerator, second.found.denominator)
    stacked = stacked_jacobian(second.found, simplify)
    return SecondDerivative(first, second, stacked, turned_around(stacked, simplify))


def _hessian(second: FirstDerivative, simplify: Simplifier) -> Node:
    """d²f / d vec(u) d vec(v)', from the derivative of the gradient."""
    found = second.found
    if found.arrangement == "entries":
        return found.core if found.core.is_scalar else stack(found.core)
    return stacked_jacobian(found, simplify)
