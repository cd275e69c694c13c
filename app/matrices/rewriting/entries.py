"""Simplification of elementwise products and powers, and of functions of every entry."""

from __future__ import annotations

from app.expressions import ELEMENTWISE
from app.matrices import nodes
from app.matrices.nodes import ONE, ZERO, Node
from app.matrices.properties import has
from app.matrices.rewriting.engine import simplification
from app.matrices.rewriting.scalars import is_integer, is_negative, negated, number_of


@simplification("equal factors are collected entry by entry", "hadamard")
def collect_entries(node: Node) -> Node | None:
    """2·x∘x is 2·x^∘2; factors of ones vanish, scalars stand in front."""
    scalars: list[Node] = []
    powers: dict[Node, Node] = {}
    for factor in _flat(node):
        body = factor
        if factor.operation == "times":
            scalars.extend(factor.operands[:-1])
            body = factor.operands[-1]
        if body.operation == "zero":
            return nodes.zero(node.shape)
        for part in _flat(body):
            _count(powers, part)
    operands = _ordered(powers)
    if not scalars and operands == node.operands:
        return None
    body = nodes.hadamard(*operands) if operands else nodes.ones(node.shape)
    return nodes.times(*scalars, body)


def _flat(node: Node) -> list[Node]:
    if node.operation != "hadamard":
        return [node]
    return [part for factor in node.operands for part in _flat(factor)]


def _count(powers: dict[Node, Node], factor: Node) -> None:
    if _is_ones(factor):
        return
    base, exponent = factor, ONE
    if factor.operation == "element_power" and factor.operands[1].is_scalar:
        base, exponent = factor.operands
    if base not in powers:
        powers[base] = exponent
    elif powers[base].operation == exponent.operation == "number":
        powers[base] = nodes.number(powers[base].parameter + exponent.parameter)
    else:
        powers[base] = nodes.add(powers[base], exponent)


def _is_ones(node: Node) -> bool:
    inner = node.operands[0] if node.operation == "transpose" else node
    return inner.operation == "ones"


def _ordered(powers: dict[Node, Node]) -> tuple[Node, ...]:
    above: list[Node] = []
    below: list[Node] = []
    for base, exponent in powers.items():
        raised = number_of(exponent)
        if raised == 0:
            continue
        factor = base if raised == 1 else nodes.element_power(base, exponent)
        (below if raised is not None and raised < 0 else above).append(factor)
    return (*above, *below)


@simplification("sign times size is the number itself", "hadamard")
def signed_sizes(node: Node) -> Node | None:
    """sign(u)∘|u|^k is u∘|u|^(k−1), where no entry of u is 0."""
    for sign in node.operands:
        if sign.operation != "sign":
            continue
        for size in node.operands:
            base, exponent = _power_of(size)
            if base.operation == "abs" and base.operands == sign.operands and number_of(exponent):
                rest = [factor for factor in node.operands if factor not in (sign, size)]
                lowered = nodes.element_power(base, exponent.parameter - 1)
                return nodes.hadamard(*rest, sign.operands[0], lowered)
    return None


def _power_of(node: Node) -> tuple[Node, Node]:
    if node.operation == "element_power" and node.operands[1].is_scalar:
        return node.operands[0], node.operands[1]
    return node, ONE


@simplification("a quotient of exponentials is tanh", "hadamard", "times")
def recognise_tanh(node: Node) -> Node | None:
    """(e^u − e^−u)/(e^u + e^−u) is tanh(u)."""
    for over in node.operands:
        pair = _exponential_pair(over)
        if pair is None or pair[1] != -1:
            continue
        for under in node.operands:
            base, exponent = _any_power_of(under)
            other = _exponential_pair(base) if number_of(exponent) == -1 else None
            if other is not None and other[1] == 1 and other[0] in (pair[0], _opposite(pair[0])):
                rest = [factor for factor in node.operands if factor not in (over, under)]
                return _joined(node, [*rest, nodes.apply("tanh", pair[0])])
    return None


def _any_power_of(node: Node) -> tuple[Node, Node]:
    if node.operation in ("power", "element_power") and node.operands[1].is_scalar:
        return node.operands[0], node.operands[1]
    return node, ONE


def _joined(node: Node, factors: list[Node]) -> Node:
    return nodes.times(*factors) if node.operation == "times" else nodes.hadamard(*factors)


def _opposite(node: Node) -> Node:
    return negated(node)


def _exponential_pair(node: Node) -> tuple[Node, int] | None:
    """(u, s) where the node is e^u + s·e^−u."""
    if node.operation != "add" or len(node.operands) != 2:
        return None
    first, second = node.operands
    sign = -1 if is_negative(second) else 1
    second = negated(second) if sign == -1 else second
    if not first.operation == second.operation == "exp":
        return None
    exponent = first.operands[0]
    return (exponent, sign) if second.operands[0] == _opposite(exponent) else None


@simplification("products of rank one join", "hadamard")
def outer_products(node: Node) -> Node | None:
    """(a·b')∘(c·d') is (a∘c)·(b∘d)'."""
    outer = [factor for factor in node.operands if _is_outer(factor)]
    if len(outer) < 2:
        return None
    rest = [factor for factor in node.operands if not _is_outer(factor)]
    columns = nodes.hadamard(*[factor.operands[0] for factor in outer])
    rows = nodes.hadamard(*[factor.operands[1] for factor in outer])
    return nodes.hadamard(*rest, nodes.product(columns, rows))


def _is_outer(node: Node) -> bool:
    if node.operation != "product" or len(node.operands) != 2:
        return False
    return node.operands[0].shape.kind == "column"


@simplification("a diagonal matrix keeps only the diagonal", "hadamard")
def masked_by_diagonal(node: Node) -> Node | None:
    """diag(u)∘A is diag(u∘diag(A)), and I∘I is I."""
    for index, factor in enumerate(node.operands):
        others = [*node.operands[:index], *node.operands[index + 1 :]]
        if factor.operation == "diag":
            inner = [nodes.diag(other) for other in others]
            return nodes.diag(nodes.hadamard(factor.operands[0], *inner))
        if factor.operation == "eye" and any(has(other, "diagonal") for other in others):
            return nodes.hadamard(*others)
    return None


@simplification("elementwise powers are evaluated", "element_power")
def evaluate_element_power(node: Node) -> Node | None:
    base, exponent = node.operands
    raised = number_of(exponent)
    if raised == 0 or (base.is_scalar and number_of(base) == 1) or _is_ones(base):
        return nodes.ones(node.shape)
    if raised == 1:
        return base
    if raised is None or base.is_scalar or not is_integer(raised):
        return None
    match base.operation:
        case "element_power" if number_of(base.operands[1]) is not None:
            return nodes.element_power(base.operands[0], base.operands[1].parameter * raised)
        case "times":
            scalars = [nodes.power(scalar, exponent) for scalar in base.operands[:-1]]
            return nodes.times(*scalars, nodes.element_power(base.operands[-1], exponent))
        case "hadamard":
            return nodes.hadamard(*[nodes.element_power(f, exponent) for f in base.operands])
        case "abs" if is_integer(raised / 2):
            return nodes.element_power(base.operands[0], exponent)
        case "sqrt" if is_integer(raised / 2):
            return nodes.element_power(base.operands[0], raised / 2)
        case "transpose" if base.operands[0].shape.kind == "column":
            return nodes.transpose(nodes.element_power(base.operands[0], exponent))
    return None


@simplification("a function of a row is the row of the function", *sorted(ELEMENTWISE))
def function_of_row(node: Node) -> Node | None:
    inner = node.operands[0]
    if inner.shape.kind != "row" or inner.operation != "transpose":
        return None
    return nodes.transpose(nodes.apply(node.operation, inner.operands[0]))


_AT_ZERO = {
    "sin": 0, "tan": 0, "arcsin": 0, "arctan": 0, "sinh": 0, "tanh": 0, "sqrt": 0, "abs": 0,
    "relu": 0, "cos": 1, "cosh": 1, "exp": 1,
}  # fmt: skip


@simplification("functions of 0 and 1 are evaluated", *_AT_ZERO, "log")
def evaluate_function(node: Node) -> Node | None:
    inner = node.operands[0]
    if node.operation == "log":
        if inner.operation == "number" and inner.parameter == 1:
            return ZERO
        return nodes.zero(node.shape) if inner.operation == "ones" else None
    if inner.operation == "zero" or inner == ZERO:
        value = _AT_ZERO[node.operation]
        return nodes.ones(node.shape) if value else nodes.zero(node.shape)
    return None


@simplification("log and exp undo each other", "log", "exp")
def inverse_functions(node: Node) -> Node | None:
    """log(e^u) is u; e^log(u) is u where log(u) exists."""
    other = "exp" if node.operation == "log" else "log"
    inner = node.operands[0]
    return inner.operands[0] if inner.operation == other else None


@simplification("signs of what is known to be positive", "sign", "abs", "relu")
def known_signs(node: Node) -> Node | None:
    """For u > 0: sign(u) is 1, |u| and relu(u) are u.  sign(sign(u)) is sign(u)."""
    inner = node.operands[0]
    if inner.operation == node.operation:
        return inner
    if not has(inner, "positive"):
        return None
    return nodes.ones(node.shape) if node.operation == "sign" else inner


@simplification("sizes forget the sign", "abs", "norm1", "norm2")
def forget_sign(node: Node) -> Node | None:
    """|−2u| is 2·|u|."""
    inner = node.operands[0]
    if inner.operation == "times" and inner.operands[0].operation == "number":
        value = abs(inner.operands[0].parameter)
        rest = nodes.times(*inner.operands[1:])
        return nodes.times(nodes.number(value), nodes.apply(node.operation, rest))
    if inner.operation == "number":
        return nodes.number(abs(inner.parameter))
    return None
