"""Simplification of scalars: multiples and powers of scalars."""

from __future__ import annotations

from fractions import Fraction

from app.matrices import nodes
from app.matrices.nodes import MINUS_ONE, ONE, ZERO, Node
from app.matrices.rewriting.engine import simplification

LARGEST_NUMBER_POWER = 64


def number_of(node: Node) -> Fraction | None:
    """The value of a number, else None."""
    return node.parameter if node.operation == "number" else None


def is_integer(value: Fraction | None) -> bool:
    return value is not None and value == int(value)


def base_and_exponent(node: Node) -> tuple[Node, Node]:
    """A scalar as base and exponent; 2^a keeps its number as base."""
    return (node.operands[0], node.operands[1]) if node.operation == "power" else (node, ONE)


@simplification("numbers and equal factors are collected", "times")
def collect_factors(node: Node) -> Node | None:
    """2·a·3·a is 6·a²; scalars stand in front, divisors after factors."""
    value: Fraction = Fraction(1)
    powers: dict[Node, Node] = {}
    body: Node | None = None
    for factor in _flat(node):
        if factor.operation == "number":
            value *= factor.parameter
        elif not factor.is_scalar:
            body = factor
        else:
            base, exponent = base_and_exponent(factor)
            powers[base] = _plus(powers[base], exponent) if base in powers else exponent
    if value == 0 or (body is not None and body.operation == "zero"):
        return nodes.zero(node.shape)
    _absorb_signs(powers)
    operands = _ordered(value, powers, body)
    return None if operands == node.operands else _multiple(operands)


def _flat(node: Node) -> list[Node]:
    if node.operation != "times":
        return [node]
    return [part for factor in node.operands for part in _flat(factor)]


def _plus(left: Node, right: Node) -> Node:
    if left.operation == right.operation == "number":
        return nodes.number(left.parameter + right.parameter)
    return nodes.add(left, right)


def _absorb_signs(powers: dict[Node, Node]) -> None:
    """sign(u)·|u|^k is u·|u|^(k−1), where u is not 0."""
    for base in [base for base in powers if base.operation == "sign"]:
        size = nodes.apply("abs", base.operands[0])
        if powers[base] == ONE and size in powers and number_of(powers[size]) is not None:
            lowered: Fraction = powers.pop(size).parameter - 1
            del powers[base]
            inner = base.operands[0]
            powers[inner] = _plus(powers[inner], ONE) if inner in powers else ONE
            if is_integer(lowered / 2):
                powers[inner] = _plus(powers[inner], nodes.number(lowered))
            else:
                powers[size] = nodes.number(lowered)


def _ordered(value: Fraction, powers: dict[Node, Node], body: Node | None) -> tuple[Node, ...]:
    above: list[Node] = []
    below: list[Node] = []
    for base, exponent in powers.items():
        raised = number_of(exponent)
        if raised == 0:
            continue
        factor = base if raised == 1 else nodes.power(base, exponent)
        (below if raised is not None and raised < 0 else above).append(factor)
    number = [nodes.number(value)] if value != 1 else []
    return (*number, *above, *below, *([body] if body is not None else []))


def _multiple(operands: tuple[Node, ...]) -> Node:
    return nodes.make("times", operands) if len(operands) > 1 else (operands or (ONE,))[0]


@simplification("a minus sign enters a difference", "times")
def flip_difference(node: Node) -> Node | None:
    """−(a − b) is b − a: only for a plain sign, and only where it saves one."""
    if len(node.operands) != 2 or node.operands[0] != MINUS_ONE:
        return None
    inner = node.operands[1]
    if inner.operation != "add" or not any(is_negative(term) for term in inner.operands):
        return None
    return nodes.add(*[negated(term) for term in inner.operands])


def coefficient(node: Node) -> tuple[Fraction, Node]:
    """A term as number times core; the core of a number is 1."""
    if node.operation == "number":
        return node.parameter, ONE
    if node.operation == "times" and node.operands[0].operation == "number":
        rest = node.operands[1:]
        core = rest[0] if len(rest) == 1 else nodes.make("times", rest)
        return node.operands[0].parameter, core
    return Fraction(1), node


def scaled(value: Fraction, core: Node) -> Node:
    """Number times core, tidily."""
    if value == 0:
        return nodes.zero(core.shape)
    if core == ONE:
        return nodes.number(value)
    if value == 1:
        return core
    factors = core.operands if core.operation == "times" else (core,)
    return nodes.make("times", (nodes.number(value), *factors))


def is_negative(node: Node) -> bool:
    return coefficient(node)[0] < 0


def negated(node: Node) -> Node:
    value, core = coefficient(node)
    return scaled(-value, core)


@simplification("powers are evaluated", "power")
def evaluate_power(node: Node) -> Node | None:
    base, exponent = node.operands
    raised, number = number_of(exponent), number_of(base)
    if raised == 0 or number == 1:
        return ONE
    if raised == 1:
        return base
    if number is None or raised is None:
        return None
    if number == 0:
        return ZERO if raised > 0 else None
    if is_integer(raised) and abs(raised) <= LARGEST_NUMBER_POWER:
        return nodes.number(number ** int(raised))
    return None


@simplification("powers of powers are multiplied", "power")
def nest_powers(node: Node) -> Node | None:
    """(a^p)^q is a^(pq) for a whole number q."""
    base, exponent = node.operands
    if base.operation != "power" or not is_integer(number_of(exponent)):
        return None
    inner = base.operands[1]
    if inner.operation == "number":
        return nodes.power(base.operands[0], inner.parameter * exponent.parameter)
    return nodes.power(base.operands[0], nodes.times(exponent, inner))


@simplification("a power of a product is a product of powers", "power")
def distribute_power(node: Node) -> Node | None:
    """(a·b)^k is a^k·b^k for a whole number k."""
    base, exponent = node.operands
    if base.operation != "times" or not is_integer(number_of(exponent)):
        return None
    return nodes.times(*[nodes.power(factor, exponent) for factor in base.operands])


@simplification("even powers forget the sign", "power")
def even_powers(node: Node) -> Node | None:
    """|u|^2k is u^2k and sqrt(u)^2k is u^k."""
    base, exponent = node.operands
    raised = number_of(exponent)
    if raised is None or not is_integer(raised / 2):
        return None
    if base.operation == "abs":
        return nodes.power(base.operands[0], exponent)
    if base.operation == "sqrt":
        return nodes.power(base.operands[0], raised / 2)
    return None


@simplification("the root of a sum of squares is a norm", "power", "sqrt")
def root_is_norm(node: Node) -> Node | None:
    """(x'x)^(k/2) is the k-th power of the norm of x, for odd k."""
    if not node.is_scalar:
        return None
    base = node.operands[0]
    raised = Fraction(1, 2) if node.operation == "sqrt" else number_of(node.operands[1])
    if raised is None or is_integer(raised) or not is_integer(raised * 2):
        return None
    inner = _squared_norm(base)
    return None if inner is None else nodes.power(nodes.apply("norm2", inner), raised * 2)


def _squared_norm(node: Node) -> Node | None:
    """x, where the node is the sum of the squares of its entries."""
    if node.operation == "sum":
        inner = node.operands[0]
        if inner.operation == "element_power" and number_of(inner.operands[1]) == 2:
            return inner.operands[0] if not inner.operands[0].is_scalar else None
    chain = node.operands[0] if node.operation == "tr" else node
    if chain.operation == "product" and len(chain.operands) == 2:
        left, right = chain.operands
        if left.operation == "transpose" and left.operands[0] == right:
            return right
    return None
