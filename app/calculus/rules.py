"""The partial derivatives of every operation, one line each, as operations again.

Where an operation has no derivative in the ordinary sense, the rule gives the mean of the two
one-sided derivatives: 0 for |a| at 0, 1/2 for relu at 0, 1/2 each for min and max where both are
equal, 0 for sign.  Where the derivative is infinite (sqrt at 0), it gives an infinity.

Source: any table of elementary derivatives; the forms are chosen so that nothing cancels, for
instance σ'(a) = σ(a)·σ(-a), and 1 - a² as (1 - a)(1 + a).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.calculus.graph import Graph, Node

Partial = Callable[[Graph, tuple[Node, ...], Node], Node]
"""From the graph, the operands and the result of an operation to one partial derivative."""


def _one(g: Graph) -> Node:
    return g.constant(1)


def _root_of_one_minus_square(g: Graph, a: Node) -> Node:
    return g.apply("sqrt", g.mul(g.sub(_one(g), a), g.add(_one(g), a)))


def _squared_radius(g: Graph, a: Node, b: Node) -> Node:
    return g.add(g.mul(a, a), g.mul(b, b))


def _share(g: Graph, more: Node, less: Node) -> Node:
    """1 where ``more`` is larger than ``less``, 0 where smaller, 1/2 where both are equal."""
    sign = g.apply("sign", g.sub(more, less))
    return g.mul(g.constant(0.5), g.add(_one(g), sign))


def _pow_by_base(g: Graph, operands: tuple[Node, ...], _: Node) -> Node:
    base, exponent = operands
    return g.mul(exponent, g.power(base, g.sub(exponent, _one(g))))


PARTIALS: Final[dict[str, tuple[Partial, ...]]] = {
    "add": (lambda g, x, y: _one(g), lambda g, x, y: _one(g)),
    "sub": (lambda g, x, y: _one(g), lambda g, x, y: g.constant(-1)),
    "mul": (lambda g, x, y: x[1], lambda g, x, y: x[0]),
    "div": (lambda g, x, y: g.div(_one(g), x[1]), lambda g, x, y: g.neg(g.div(y, x[1]))),
    "pow": (_pow_by_base, lambda g, x, y: g.mul(y, g.apply("log", x[0]))),
    "neg": (lambda g, x, y: g.constant(-1),),
    "sin": (lambda g, x, y: g.apply("cos", x[0]),),
    "cos": (lambda g, x, y: g.neg(g.apply("sin", x[0])),),
    "tan": (lambda g, x, y: g.add(_one(g), g.mul(y, y)),),
    "arcsin": (lambda g, x, y: g.div(_one(g), _root_of_one_minus_square(g, x[0])),),
    "arccos": (lambda g, x, y: g.div(g.constant(-1), _root_of_one_minus_square(g, x[0])),),
    "arctan": (lambda g, x, y: g.div(_one(g), g.add(_one(g), g.mul(x[0], x[0]))),),
    "sinh": (lambda g, x, y: g.apply("cosh", x[0]),),
    "cosh": (lambda g, x, y: g.apply("sinh", x[0]),),
    "tanh": (lambda g, x, y: g.div(_one(g), g.power(g.apply("cosh", x[0]), g.constant(2))),),
    "exp": (lambda g, x, y: y,),
    "log": (lambda g, x, y: g.div(_one(g), x[0]),),
    "sqrt": (lambda g, x, y: g.div(g.constant(0.5), y),),
    "abs": (lambda g, x, y: g.apply("sign", x[0]),),
    "relu": (lambda g, x, y: _share(g, x[0], g.constant(0)),),
    "sigmoid": (lambda g, x, y: g.mul(y, g.apply("sigmoid", g.neg(x[0]))),),
    "softplus": (lambda g, x, y: g.apply("sigmoid", x[0]),),
    "atan2": (
        lambda g, x, y: g.div(x[1], _squared_radius(g, *x)),
        lambda g, x, y: g.neg(g.div(x[0], _squared_radius(g, *x))),
    ),
    "min": (lambda g, x, y: _share(g, x[1], x[0]), lambda g, x, y: _share(g, x[0], x[1])),
    "max": (lambda g, x, y: _share(g, x[0], x[1]), lambda g, x, y: _share(g, x[1], x[0])),
}

CONSTANT_ON_PIECES: Final = frozenset({"sign"})
"""Operations whose derivative is 0 wherever it exists; nothing is propagated through them."""
