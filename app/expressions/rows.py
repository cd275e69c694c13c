"""Blanks that separate entries: ``[x^2 y^2]`` has two, as in MATLAB.

They do so only in brackets without a comma or semicolon of their own; ``[x^2 - y^2, 2 x y]`` has
two entries as well, and in it blanks multiply.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.diagnostics import Span
from app.expressions.functions import Mode
from app.expressions.lexer import Token

OPENING = {"(": ")", "[": "]", "{": "}"}
_ENDS_OPERAND = frozenset({"number", "name", ")", "]", "}", "'", "transpose"})
_STARTS_OPERAND = frozenset({"number", "name", "function", "command", "(", "["})


def is_list(tokens: Sequence[Token], mode: Mode) -> bool:
    """Whether the whole text is [ … ], or the pair ( … , … ) that people write for it."""
    if tokens[0].kind == "[":
        return True
    if tokens[0].kind != "(" or mode == "matrix" or tokens[-2].kind != ")":
        return False
    inner = list(zip(_depths(tokens), tokens, strict=True))[1:-2]
    return all(depth > 0 for depth, _ in inner) and any(
        depth == 1 and token.kind == "," for depth, token in inner
    )


def separate_entries(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a comma wherever a blank separates two entries."""
    if not tokens or tokens[0].kind != "[":
        return list(tokens)
    top = [index for index, depth in enumerate(_depths(tokens)) if depth == 1]
    if any(tokens[index].kind in {",", ";"} for index in top):
        return list(tokens)
    inside = set(top)
    separated: list[Token] = []
    for index, token in enumerate(tokens):
        if index > 1 and index in inside and _starts_entry(tokens, index):
            separated.append(Token(",", ",", Span(token.span.start, token.span.start)))
        separated.append(token)
    return separated


def _depths(tokens: Sequence[Token]) -> list[int]:
    """How many brackets are open around each token; an opening one counts as outside itself."""
    depths, depth = [], 0
    for token in tokens:
        depth -= token.kind in OPENING.values()
        depths.append(depth)
        depth += token.kind in OPENING
    return depths


def _starts_entry(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.glued or tokens[index - 1].kind not in _ENDS_OPERAND:
        return False
    signed = token.kind in {"+", "-"} and tokens[index + 1].glued
    return token.kind in _STARTS_OPERAND or signed
