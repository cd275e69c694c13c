"""Trees to text in the language itself: what is printed parses back to the same tree."""

from __future__ import annotations

from app.expressions.syntax import (
    Binary,
    Call,
    Entries,
    Name,
    Negate,
    Number,
    Syntax,
    Transpose,
)

SUM, TERM, POWER, POSTFIX, ATOM = range(5)
"""Binding strengths: an operand is put in parentheses when it binds less than its place asks."""

_STRENGTH = {"+": SUM, "-": SUM, "*": TERM, "/": TERM, ".*": TERM, "./": TERM}
_STRENGTH |= {"^": POWER, ".^": POWER}


def to_text(node: Syntax) -> str:
    """The expression as one types it, with no more parentheses than needed."""
    return _text(node, SUM)


def _text(node: Syntax, place: int) -> str:
    text, strength = _own_text(node)
    return text if strength >= place else f"({text})"


def _own_text(node: Syntax) -> tuple[str, int]:
    match node:
        case Number(_, text):
            return text, ATOM
        case Name(name):
            return name, ATOM
        case Call("eye", ()):
            return "eye", ATOM
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_text, arguments))})", ATOM
        case Entries(entries):
            return f"[{', '.join(map(to_text, entries))}]", ATOM
        case Negate(operand):
            return f"-{_text(operand, TERM)}", SUM
        case Transpose(operand):
            return f"{_text(operand, POSTFIX)}'", POSTFIX
        case Binary(operator, left, right):
            return _binary_text(operator, left, right), _STRENGTH[operator]


def _binary_text(operator: str, left: Syntax, right: Syntax) -> str:
    strength = _STRENGTH[operator]
    if strength == POWER:
        return f"{_text(left, POSTFIX)}{operator}{_exponent(right)}"
    sign = f" {operator} " if strength == SUM else operator
    return f"{_text(left, strength)}{sign}{_text(right, strength + 1)}"


def _exponent(node: Syntax) -> str:
    """A bare exponent is a number or a name, with or without a minus; T would be a transpose."""
    match node:
        case Negate(Number(_, text)):
            return f"-{text}"
        case Number() | Call():
            return _text(node, ATOM)
        case Name(name) if name != "T":
            return name
    return f"({_text(node, SUM)})"
