"""Trees to TeX, as one writes mathematics: fractions, roots, bars, indices and Greek letters."""

from __future__ import annotations

import re
from typing import Final

from app.expressions.characters import GREEK_NAMES
from app.expressions.functions import TEX_COMMANDS
from app.expressions.printer import ATOM, POSTFIX, POWER, SUM, TERM
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

_FENCES: Final = {
    "abs": r"\left| {} \right|",
    "norm1": r"\left\| {} \right\|_1",
    "norm2": r"\left\| {} \right\|_2",
    "sqrt": r"\sqrt{{{}}}",
}
_SIGNS: Final = {"+": "+", "-": "-", ".*": r"\odot", "./": r"\oslash"}
_NAME: Final = re.compile(r"([A-Za-z]+?)_?([0-9]+|(?<=_)[A-Za-z0-9]+)?$")


def to_tex(node: Syntax) -> str:
    """The expression in TeX that the book typesets.  Lists become columns."""
    return _tex(node, SUM)


def name_to_tex(name: str) -> str:
    """A name in TeX: ``theta1`` is θ with the index 1, a whole word stands upright."""
    match = _NAME.match(name)
    stem, index = match.groups() if match else (name.replace("_", r"\_"), None)
    if stem in GREEK_NAMES:
        letter = f"\\{stem}"
    else:
        letter = stem if len(stem) == 1 else f"\\mathrm{{{stem}}}"
    return f"{letter}_{{{index}}}" if index else letter


def _tex(node: Syntax, place: int) -> str:
    text, strength = _own_tex(node)
    return text if strength >= place else _parenthesised(text)


def _parenthesised(text: str) -> str:
    tall = any(command in text for command in (r"\frac", r"\begin", r"\left", "^"))
    return rf"\left( {text} \right)" if tall else f"({text})"


def _own_tex(node: Syntax) -> tuple[str, int]:
    match node:
        case Number(_, text):
            return _number(text)
        case Name(name):
            return name_to_tex(name), ATOM
        case Entries(entries):
            rows = r" \\ ".join(map(to_tex, entries))
            return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", ATOM
        case Negate(operand):
            return f"-{_tex(operand, TERM)}", SUM
        case Transpose(operand):
            return rf"{_tex(operand, ATOM)}^\top", POSTFIX
        case Call(function, arguments):
            return _call(function, arguments)
        case Binary(operator, left, right):
            return _binary(operator, left, right)


def _number(text: str) -> tuple[str, int]:
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text, ATOM
    power = f"10^{{{exponent}}}"
    return (power, POWER) if mantissa == "1" else (rf"{mantissa} \cdot {power}", TERM)


def _call(function: str, arguments: tuple[Syntax, ...]) -> tuple[str, int]:
    inner = ", ".join(map(to_tex, arguments))
    if function in _FENCES:
        return _FENCES[function].format(inner), ATOM
    if function == "exp":
        return f"e^{{{inner}}}", POWER
    if function == "inv":
        return f"{_tex(arguments[0], ATOM)}^{{-1}}", POWER
    if function == "eye":
        return f"I_{{{inner}}}" if arguments else "I", ATOM
    if function == "kron":
        left, right = (_tex(argument, POWER) for argument in arguments)
        return rf"{left} \otimes {right}", TERM
    return f"{_function_name(function)}{_parenthesised(inner)}", ATOM


def _function_name(function: str) -> str:
    if function in TEX_COMMANDS:
        return f"\\{function}"
    return rf"\operatorname{{{function}}}"


def _binary(operator: str, left: Syntax, right: Syntax) -> tuple[str, int]:
    if operator == "/":
        return rf"\frac{{{to_tex(left)}}}{{{to_tex(right)}}}", TERM
    if operator in {"^", ".^"}:
        return _power(operator, left, right), POWER
    if operator == "*":
        return _product(left, right), TERM
    strength = SUM if operator in "+-" else TERM
    sign = _SIGNS[operator]
    return f"{_tex(left, strength)} {sign} {_tex(right, strength + 1)}", strength


def _power(operator: str, base: Syntax, exponent: Syntax) -> str:
    raised = to_tex(exponent)
    if operator == ".^":
        raised = rf"\odot {raised}" if isinstance(exponent, Number) else rf"\odot ({raised})"
    match base:
        case Call(function, arguments) if function in TEX_COMMANDS - {"exp"}:
            inner = ", ".join(map(to_tex, arguments))
            return f"\\{function}^{{{raised}}}{_parenthesised(inner)}"
    return f"{_tex(base, ATOM)}^{{{raised}}}"


def _product(left: Syntax, right: Syntax) -> str:
    """Factors side by side; a dot where a digit follows, or one number would become another."""
    first, second = _tex(left, TERM), _tex(right, POWER)
    if isinstance(right, Binary) and right.operator == "/":
        second = to_tex(right)
    dotted = second[0].isdigit() or (second.startswith(r"\frac{") and first[-1].isdigit())
    return rf"{first} \cdot {second}" if dotted else f"{first} {second}"
