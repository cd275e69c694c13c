r"""Nodes to TeX, as one writes mathematics: bold columns, fractions, ⊤, ⊙ and ⊗.

With ``shapes=True`` every factor carries its shape for the page to show, whether it stands in a
product, in a sum, in a function or alone: ``\class{factor}{\data{shape=m×n}{A}}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.expressions.characters import GREEK_NAMES
from app.expressions.functions import TEX_COMMANDS
from app.matrices.nodes import Node, Pending
from app.matrices.printers.strength import (
    ATOM,
    POWER,
    SUM,
    TERM,
    Quotient,
    inverted_power,
    number_text,
    quotient,
)
from app.matrices.shapes import Dimension, Shape, factors_of

_FENCES: Final = {
    "abs": (r"\left|", r"\right|"),
    "norm1": (r"\left\lVert", r"\right\rVert_1"),
    "norm2": (r"\left\lVert", r"\right\rVert"),
}
_NAMES: Final = {"diagonal": r"\operatorname{diag}", "logdet": r"\log\det", "sigmoid": r"\sigma"}
_NAME: Final = re.compile(r"([A-Za-z]+?)_?([0-9]+|(?<=_)[A-Za-z0-9]+)?$")
# What is a factor wherever it stands; other operations are factors only in a product.
_SINGLE: Final = frozenset({"symbol", "eye", "ones", "comm", "transpose", "matrix_power"})
_SIGNS: Final = re.compile(r"\\frac|\\left|\\tfrac|\^")


def to_tex(node: Node, *, shapes: bool = False) -> str:
    """The expression in TeX; with ``shapes`` every factor is marked with its shape."""
    return _Printer(shapes).tex(node, SUM)


def shape_text(shape: Shape) -> str:
    """A shape as the page shows it: ``m×n``; a column is n×1."""
    return f"{_plain(shape.rows)}×{_plain(shape.columns)}"


def name_to_tex(name: str, kind: str) -> str:
    """A name in TeX: columns bold, matrices and scalars italic, an index below."""
    match = _NAME.match(name)
    stem, index = match.groups() if match else (name.replace("_", r"\_"), None)
    if stem in GREEK_NAMES:
        letter = rf"\boldsymbol{{\{stem}}}" if kind in ("column", "row") else f"\\{stem}"
    elif kind in ("column", "row"):
        letter = rf"\mathbf{{{stem}}}"
    else:
        letter = stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    return f"{letter}_{{{index}}}" if index else letter


def _plain(dimension: Dimension) -> str:
    return "·".join(map(str, factors_of(dimension))) or "1"


def _size(dimension: Dimension) -> str:
    return " ".join(map(str, factors_of(dimension))) or "1"


@dataclass(frozen=True, slots=True)
class _Printer:
    shapes: bool

    def tex(self, node: Node, place: int) -> str:
        text, strength = self.own(node)
        text = text if strength >= place else _parenthesised(text)
        return self.marked(node, text) if node.operation in _SINGLE else text

    def factor(self, node: Node, place: int) -> str:
        """A factor of a product, whatever it is made of."""
        text = self.tex(node, place)
        return text if node.operation in _SINGLE else self.marked(node, text)

    def marked(self, node: Node, text: str) -> str:
        """A factor with its shape, if shapes are asked for."""
        if not self.shapes or node.is_scalar:
            return text
        return rf"\class{{factor}}{{\data{{shape={shape_text(node.shape)}}}{{{text}}}}}"

    def own(self, node: Node) -> tuple[str, int]:
        match node.operation:
            case "number":
                return _number(node.parameter)
            case "symbol" if isinstance(node.parameter, Pending):
                return rf"\mathrm{{d}}{self.tex(node.parameter.of, ATOM)}", ATOM
            case "symbol":
                return _symbol(node), ATOM
            case "eye":
                return f"I_{{{_size(node.shape.rows)}}}", ATOM
            case "ones":
                sizes = r" \times ".join(map(_size, node.shape.axes))
                return rf"\mathbf{{1}}_{{{sizes}}}", ATOM
            case "zero":
                return "0", ATOM
            case "comm":
                return f"K_{{{', '.join(map(_size, node.parameter))}}}", ATOM
            case "add":
                return self.sum(node.operands), SUM
            case "times" | "power" | "element_power":
                return self.multiple(node)
            case "product":
                return self.side_by_side(node.operands), TERM
            case "hadamard":
                return self.hadamard(node)
            case "kron":
                parts = [self.factor(factor, POWER) for factor in node.operands]
                return r" \otimes ".join(parts), TERM
            case "matrix_power" | "transpose":
                return self.superscript(node), POWER
        return self.function(node), ATOM

    # ------------------------------------------------------------------- sums, products

    def sum(self, terms: Sequence[Node]) -> str:
        text = ""
        for term in terms:
            single = term.operation == "add" or term.operation in _SINGLE
            part = self.tex(term, TERM) if single else self.own(term)[0]
            if text:
                part = f" - {part[1:].lstrip()}" if part.startswith("-") else f" + {part}"
            text += part
        return text

    def multiple(self, node: Node) -> tuple[str, int]:
        if node.operation != "times" and inverted_power(node) is None:
            return self.power(node), POWER
        parts = quotient(node)
        sign = "-" if parts.negative else ""
        body = parts.body
        if body is not None and (inverted := inverted_power(body)) is not None:
            over = self.numerator(parts, ()) or r"1"
            under = self.factor(inverted, POWER)
            return rf"{sign}{over} \oslash {under}", SUM if sign else TERM
        text = self.fraction(parts, () if body is None else (body,))
        return f"{sign}{text}", SUM if sign else TERM

    def fraction(self, parts: Quotient, body: tuple[Node, ...]) -> str:
        """Numbers as a small fraction in front; divisors below a bar."""
        number, divisor = parts.number, parts.divisor
        if not parts.divisors:
            return self.numerator(parts, body) or "1"
        if isinstance(number, Fraction):
            number, divisor = Fraction(number.numerator), number.denominator * divisor
        under = [str(divisor)] if divisor != 1 else []
        under += [self.tex(d, TERM if len(parts.divisors) > 1 else SUM) for d in parts.divisors]
        plain = Quotient(False, number, 1, parts.scalars, (), parts.body)
        long = [factor for factor in body if factor.operation == "add" or factor.size > 9]
        if long:
            front = self.numerator(plain, ()) or "1"
            return rf"\frac{{{front}}}{{{' '.join(under)}}} {self.factor(body[0], POWER)}"
        return rf"\frac{{{self.numerator(plain, body, divided=True) or '1'}}}{{{' '.join(under)}}}"

    def numerator(self, parts: Quotient, body: tuple[Node, ...], *, divided: bool = False) -> str:
        """What stands above the bar (``divided``), or the product if there is none."""
        pieces: list[str] = []
        value = parts.number / parts.divisor if parts.divisor != 1 else parts.number
        if value != 1:
            pieces.append(_number(value)[0])
        whole = len(parts.scalars) == 1 and not body and not pieces
        for index, scalar in enumerate(parts.scalars):
            last = index == len(parts.scalars) - 1 and not body
            plain = last and scalar.operation == "product"
            place = SUM if whole and divided else TERM if plain else POWER
            pieces.append(self.tex(scalar, place))
        for factor in body:
            alone = not pieces and len(body) == 1
            flat = factor.operation == "product" or (alone and factor.operation != "add")
            pieces.append(
                self.tex(factor, SUM if alone else TERM) if flat else self.factor(factor, POWER)
            )
        return _beside(pieces)

    def side_by_side(self, factors: Sequence[Node]) -> str:
        return _beside([self.factor(factor, POWER) for factor in factors])

    def hadamard(self, node: Node) -> tuple[str, int]:
        over = [f for f in node.operands if inverted_power(f) is None]
        under = [inverted_power(f) for f in node.operands]
        text = r" \odot ".join(self.factor(factor, POWER) for factor in over) or r"1"
        for factor in under:
            if factor is not None:
                text += rf" \oslash {self.factor(factor, POWER)}"
        return text, TERM

    # --------------------------------------------------------------- powers, functions

    def power(self, node: Node) -> str:
        base, exponent = node.operands
        raised = self.tex(exponent, SUM)
        if node.operation == "element_power":
            raised = rf"\odot {raised}" if exponent.size == 1 else rf"\odot ({raised})"
        elif exponent.operation == "number" and exponent.parameter == Fraction(1, 2):
            return rf"\sqrt{{{self.tex(base, SUM)}}}"
        return f"{self.raised(base)}^{{{raised}}}"

    def raised(self, base: Node) -> str:
        """A base below an exponent; what has an exponent already is put in parentheses."""
        text, strength = self.own(base)
        return text if strength == ATOM and base.operation != "exp" else _parenthesised(text)

    def superscript(self, node: Node) -> str:
        inner, exponent = node.operands[0], r"\top"
        if node.operation == "matrix_power":
            exponent = str(node.parameter)
        elif inner.operation == "matrix_power" and inner.parameter == -1:
            inner, exponent = inner.operands[0], r"-\top"
        return f"{self.raised(inner)}^{{{exponent}}}"

    def function(self, node: Node) -> str:
        name = node.operation
        inner = ", ".join(self.tex(operand, SUM) for operand in node.operands)
        if name in _FENCES:
            opening, closing = _FENCES[name]
            frobenius = name == "norm2" and node.operands[0].shape.kind == "matrix"
            return f"{opening} {inner} {closing}" + ("_F" if frobenius else "")
        if name == "sqrt" and node.is_scalar:
            return rf"\sqrt{{{inner}}}"
        if name == "exp" and node.is_scalar and node.size <= 8:
            return f"e^{{{inner}}}"
        command = rf"\{name}" if name in TEX_COMMANDS else rf"\operatorname{{{name}}}"
        return f"{_NAMES.get(name, command)}{_parenthesised(inner)}"


def _symbol(node: Node) -> str:
    name = node.parameter.name
    if node.parameter.increment:
        return rf"\mathrm{{d}}{name_to_tex(name[1:], node.shape.kind)}"
    return r"\pi" if name == "pi" else name_to_tex(name, node.shape.kind)


def _number(value: Fraction) -> tuple[str, int]:
    sign, size = ("-", -value) if value < 0 else ("", value)
    strength = SUM if sign else ATOM
    if isinstance(size, Fraction) and size.denominator != 1:
        return rf"{sign}\tfrac{{{size.numerator}}}{{{size.denominator}}}", strength
    text = number_text(size)
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        text = rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return f"{sign}{text}", strength


def _beside(pieces: Sequence[str]) -> str:
    """Factors side by side; a dot where one number would run into another."""
    text = ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if not before:
            text = piece
        elif piece[0].isdigit() or piece.startswith((r"\frac", r"\tfrac")):
            text += rf" \cdot {piece}"
        elif _stands_apart(before, piece):
            text += rf" \, {piece}"
        else:
            text += f" {piece}"
    return text


def _stands_apart(before: str, piece: str) -> bool:
    """Whether two factors need a thin space: named functions, and increments, run together."""
    named = piece.startswith(r"\operatorname") or r"{\operatorname" in piece[:60]
    return named or r"\mathrm{d}" in before or r"\mathrm{d}" in piece


def _parenthesised(text: str) -> str:
    return rf"\left( {text} \right)" if _SIGNS.search(text) else f"({text})"
