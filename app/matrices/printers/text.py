"""Nodes to text in the expression language: what is printed parses back to the same tree."""

from __future__ import annotations

from app.matrices.nodes import Node, Pending
from app.matrices.printers.strength import (
    ATOM,
    POSTFIX,
    POWER,
    SUM,
    TERM,
    inverted_power,
    number_text,
    quotient,
)
from app.matrices.shapes import dimension_text

_NAMES = {"diagonal": "diag"}


def to_text(node: Node) -> str:
    """The expression as one types it, with no more parentheses than reading asks."""
    return _text(node, SUM)


def _text(node: Node, place: int) -> str:
    text, strength = _own(node)
    return text if strength >= place else f"({text})"


def _own(node: Node) -> tuple[str, int]:
    match node.operation:
        case "number":
            return _number(node)
        case "symbol" if isinstance(node.parameter, Pending):
            return f"d({to_text(node.parameter.of)})", ATOM
        case "symbol":
            return node.parameter.name, ATOM
        case "eye":
            return f"eye({dimension_text(node.shape.rows)})", ATOM
        case "ones":
            return f"ones({', '.join(map(dimension_text, node.shape.axes))})", ATOM
        case "zero":
            return _zero(node)
        case "comm":
            return f"comm({', '.join(map(dimension_text, node.parameter))})", ATOM
        case "add":
            return _sum(node), SUM
        case "times" | "power" | "element_power":
            return _multiple(node)
        case "product":
            return "*".join(_text(factor, POWER) for factor in node.operands), TERM
        case "hadamard":
            return _hadamard(node), TERM
        case "matrix_power":
            return _matrix_power(node)
        case "transpose":
            return f"{_text(node.operands[0], POSTFIX)}'", POSTFIX
    name = _NAMES.get(node.operation, node.operation)
    return f"{name}({', '.join(map(to_text, node.operands))})", ATOM


def _number(node: Node) -> tuple[str, int]:
    text = number_text(abs(node.parameter))
    if node.parameter < 0:
        return f"-{text}", SUM
    return text, TERM if "/" in text else ATOM


def _zero(node: Node) -> tuple[str, int]:
    axes = ", ".join(map(dimension_text, node.shape.axes))
    return f"0*ones({axes})" + ("'" if node.shape.kind == "row" else ""), TERM


def _sum(node: Node) -> str:
    parts: list[str] = []
    for term in node.operands:
        if any(not _is_fill(other) for other in node.operands) and _is_fill(term):
            text = _fill(term)
        else:
            text = _text(term, TERM) if term.operation == "add" else _own(term)[0]
        if parts:
            text = f" - {text[1:]}" if text.startswith("-") else f" + {text}"
        parts.append(text)
    return "".join(parts)


def _is_fill(node: Node) -> bool:
    return node.operation == "times" and node.operands[-1].operation == "ones"


def _fill(node: Node) -> str:
    """``vector(c)`` where the sum around it says how long."""
    from app.matrices import nodes

    value = nodes.times(*node.operands[:-1])
    text = _own(value)[0]
    sign, text = (
        ("-", text[1:]) if text.startswith("-") and value.operation != "add" else ("", text)
    )
    return f"{sign}{'vector' if node.shape.kind == 'column' else 'matrix'}({text})"


def _multiple(node: Node) -> tuple[str, int]:
    if node.operation == "power" and inverted_power(node) is None:
        return _power(node, "^")
    if node.operation == "element_power" and inverted_power(node) is None:
        return _power(node, ".^")
    parts = quotient(node)
    over = _numerators(node)
    text = "*".join(over)
    body = parts.body
    if body is not None:
        inverted = inverted_power(body)
        if inverted is not None:
            text = f"{text or '1'}./{_text(inverted, POWER)}"
        elif body.operation == "hadamard":
            text = _hadamard(body, text)
        else:
            piece = _text(body, TERM) if body.operation == "product" else _text(body, POWER)
            text = f"{text}*{piece}" if text else piece
    under = [str(parts.divisor)] if parts.divisor != 1 else []
    under += [_text(divisor, POWER) for divisor in parts.divisors]
    if under:
        bottom = under[0] if len(under) == 1 else f"({'*'.join(under)})"
        text = f"{text or '1'}/{bottom}"
    sign = "-" if parts.negative else ""
    return f"{sign}{text or '1'}", SUM if sign else TERM


def _numerators(node: Node) -> list[str]:
    parts = quotient(node)
    over = [number_text(parts.number)] if parts.number != 1 else []
    for index, factor in enumerate(parts.scalars):
        last = index == len(parts.scalars) - 1 and parts.body is None
        plain = factor.operation == "product" and last
        over.append(_text(factor, TERM if plain else POWER))
    return over


def _power(node: Node, operator: str) -> tuple[str, int]:
    base, exponent = node.operands
    return f"{_text(base, POSTFIX)}{operator}{_exponent(exponent)}", POWER


def _exponent(node: Node) -> str:
    """A bare exponent is a number or a name, with or without a minus; T would be a transpose."""
    text, strength = _own(node)
    if node.operation == "number" and "/" not in text:
        return text
    return text if strength == ATOM and text != "T" else f"({text})"


def _hadamard(node: Node, before: str = "") -> str:
    """``x.*y./z``; the factors with negative exponents follow, and 1 stands where none precedes."""
    over = [f for f in node.operands if inverted_power(f) is None]
    under = [inverted_power(f) for f in node.operands]
    text = ".*".join(_text(factor, POWER) for factor in over)
    if before:
        text = f"{before}*{text}" if text else before
    for factor in under:
        if factor is not None:
            text = f"{text or '1'}./{_text(factor, POWER)}"
    return text


def _matrix_power(node: Node) -> tuple[str, int]:
    base, exponent = node.operands[0], node.parameter
    if exponent >= 0:
        return f"{_text(base, POSTFIX)}^{exponent}", POWER
    inverse = f"inv({to_text(base)})"
    return (inverse, ATOM) if exponent == -1 else (f"{inverse}^{-exponent}", POWER)
