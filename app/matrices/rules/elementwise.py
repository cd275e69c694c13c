"""Functions applied to a scalar or to every entry: d f(U) = f'(U) ∘ dU.

Source: elementary calculus, entry by entry.  The tables below are the derivatives f' as functions
of U, written with the operations of the language alone.
"""

from __future__ import annotations

from collections.abc import Callable

from app.matrices import nodes
from app.matrices.nodes import HALF, MINUS_ONE, Node
from app.matrices.rules.registry import Differentials, rule

CALCULUS = "Elementary calculus, entry by entry"


def _enter(
    function: str,
    prime: str,
    slope: Callable[[Node, Node], Node],
    exception: str | None = None,
) -> None:
    """The rule of a function whose derivative is ``slope(u, f(u))``."""

    @rule(
        function,
        name=f"derivative of {function}",
        formula=rf"\mathrm{{d}}\,\operatorname{{{function}}}(U) = {prime} \odot \mathrm{{d}}U",
        source=CALCULUS,
        exception=exception,
    )
    def _derive(node: Node, d: Differentials) -> Node | None:
        change = d[0]
        if change is None:
            return None
        return nodes.elementwise_product(slope(node.operands[0], node), change)


def _one(u: Node) -> Node:
    return nodes.ones(u.shape)


def _squared(u: Node) -> Node:
    return nodes.any_power(u, 2)


def _over(u: Node) -> Node:
    return nodes.any_power(u, MINUS_ONE)


def _one_minus(u: Node) -> Node:
    return nodes.subtract(_one(u), u)


def _circle(u: Node) -> Node:
    """1/√(1 − u²)."""
    return nodes.any_power(_one_minus(_squared(u)), -HALF.parameter)


def step(u: Node) -> Node:
    """1 where u is positive, 0 where it is negative: the derivative of relu."""
    return nodes.apply("relu", nodes.apply("sign", u))


_enter("sin", r"\cos(U)", lambda u, f: nodes.apply("cos", u))
_enter("cos", r"-\sin(U)", lambda u, f: nodes.negative(nodes.apply("sin", u)))
_enter("tan", r"(1 + \tan^2 U)", lambda u, f: nodes.add(_one(u), _squared(f)),
       "tan has poles where the cosine of {entry} is 0")  # fmt: skip
_enter("arcsin", r"(1 - U^2)^{-1/2}", lambda u, f: _circle(u),
       "arcsin is not differentiable where {entry} is 1 or −1")  # fmt: skip
_enter("arccos", r"-(1 - U^2)^{-1/2}",
       lambda u, f: nodes.negative(_circle(u)),
       "arccos is not differentiable where {entry} is 1 or −1")  # fmt: skip
_enter("arctan", r"(1 + U^2)^{-1}", lambda u, f: _over(nodes.add(_one(u), _squared(u))))
_enter("sinh", r"\cosh(U)", lambda u, f: nodes.apply("cosh", u))
_enter("cosh", r"\sinh(U)", lambda u, f: nodes.apply("sinh", u))
_enter("tanh", r"(1 - \tanh^2 U)", lambda u, f: _one_minus(_squared(f)))
_enter("exp", r"\exp(U)", lambda u, f: f)
_enter("log", r"U^{-1}", lambda u, f: _over(u))
_enter("sqrt", r"\tfrac12 U^{-1/2}", lambda u, f: nodes.times(HALF, _over(f)),
       "sqrt is not differentiable where {entry} is 0")  # fmt: skip
_enter("sigmoid", r"\sigma(U) \odot (1 - \sigma(U))",
       lambda u, f: nodes.elementwise_product(f, _one_minus(f)))  # fmt: skip
_enter("softplus", r"\sigma(U)", lambda u, f: nodes.apply("sigmoid", u))
_enter("abs", r"\operatorname{sign}(U)", lambda u, f: nodes.apply("sign", u),
       "abs is not differentiable where {entry} is 0")  # fmt: skip
_enter("relu", r"\operatorname{step}(U)", lambda u, f: step(u),
       "relu is not differentiable where {entry} is 0")  # fmt: skip


@rule(
    "sign",
    name="derivative of sign",
    formula=r"\mathrm{d}\operatorname{sign}(U) = 0 \text{ wherever no entry is } 0",
    source=CALCULUS,
    exception="sign jumps where {entry} is 0; everywhere else its derivative is 0",
)
def _sign(node: Node, d: Differentials) -> Node | None:
    return None


@rule(
    "atan2",
    name="derivative of atan2",
    formula=r"\mathrm{d}\operatorname{atan2}(a, b) = "
    r"\frac{b\,\mathrm{d}a - a\,\mathrm{d}b}{a^2 + b^2}",
    source="Elementary calculus",
    exception="atan2 is not differentiable where both of its arguments are 0",
)
def _atan2(node: Node, d: Differentials) -> Node:
    a, b = node.operands
    over = nodes.power(nodes.add(nodes.power(a, 2), nodes.power(b, 2)), MINUS_ONE)
    terms = [nodes.times(b, over, d[0])] if d[0] is not None else []
    if d[1] is not None:
        terms.append(nodes.times(MINUS_ONE, a, over, d[1]))
    return nodes.add(*terms)


def _selected(left: Node, right: Node, d: Differentials) -> Node:
    """The differential of whichever is larger: steps of the difference select it."""
    difference = nodes.subtract(left, right)
    terms = [nodes.times(step(difference), d[0])] if d[0] is not None else []
    if d[1] is not None:
        terms.append(nodes.times(step(nodes.subtract(right, left)), d[1]))
    return nodes.add(*terms)


@rule(
    "max",
    name="derivative of max",
    formula=r"\mathrm{d}\max(a, b) = \operatorname{step}(a-b)\,\mathrm{d}a + "
    r"\operatorname{step}(b-a)\,\mathrm{d}b",
    source="Elementary calculus",
    exception="max is not differentiable where its arguments are equal",
)
def _max(node: Node, d: Differentials) -> Node:
    return _selected(node.operands[0], node.operands[1], d)


@rule(
    "min",
    name="derivative of min",
    formula=r"\mathrm{d}\min(a, b) = \operatorname{step}(b-a)\,\mathrm{d}a + "
    r"\operatorname{step}(a-b)\,\mathrm{d}b",
    source="Elementary calculus",
    exception="min is not differentiable where its arguments are equal",
)
def _min(node: Node, d: Differentials) -> Node:
    left, right = (nodes.negative(operand) for operand in node.operands)
    return _selected(left, right, d)
