"""Every error of the language as a reader meets it: code, message, place and hint."""

from __future__ import annotations

from typing import get_args

import pytest

from app.diagnostics import Span
from app.expressions import ExpressionError, errors, limits, parse, parse_declarations
from tests.expressions.fixtures import Drawn, drawings

EXPRESSIONS = drawings("errors.txt", setting=True)
DECLARATIONS = drawings("declarations.txt", setting=False)
ELSEWHERE = {"size-undetermined", "timeout"}
"""Codes that only the rooms above can raise."""


def _identifier(drawn: Drawn) -> str:
    return drawn.text


def _agrees(error: ExpressionError, drawn: Drawn) -> None:
    assert error.code == drawn.code
    assert error.problem.message == drawn.message
    assert error.span is not None
    assert error.span.caret(drawn.text) == f"{drawn.text}\n{drawn.carets}"
    assert error.hint == drawn.hint


@pytest.mark.parametrize("drawn", EXPRESSIONS, ids=_identifier)
def test_an_expression_error_is_as_drawn(drawn: Drawn) -> None:
    mode, *variables = drawn.setting.split()
    declared = variables if mode == "scalar" else None
    with pytest.raises(ExpressionError) as caught:
        parse(drawn.text, variables=declared, mode="scalar" if declared else "matrix")
    _agrees(caught.value, drawn)


@pytest.mark.parametrize("drawn", DECLARATIONS, ids=_identifier)
def test_a_declaration_error_is_as_drawn(drawn: Drawn) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_declarations(drawn.text)
    _agrees(caught.value, drawn)


def test_every_code_is_drawn() -> None:
    drawn = {each.code for each in (*EXPRESSIONS, *DECLARATIONS)}
    assert drawn == set(get_args(errors.Code)) - ELSEWHERE


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\ud800", "The invisible or undefined character U+D800 has no meaning here."),
        ("\u202e", "The invisible or undefined character U+202E has no meaning here."),
        ("\x07", "The invisible or undefined character U+0007 has no meaning here."),
        ("٣", "The character “٣” (ARABIC-INDIC DIGIT THREE) has no meaning here."),
        ("\u0301", "The character “\u0301” (COMBINING ACUTE ACCENT) has no meaning here."),
    ],
)
def test_a_character_that_cannot_be_seen_is_named_by_number(character: str, shown: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(f"x{character}", variables=("x",), mode="scalar")
    assert caught.value.problem.message == shown
    assert caught.value.span == Span(1, 2)


def test_what_is_too_long_is_counted_and_not_repeated() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("secret+" * 1000, variables=("x",), mode="scalar")
    assert caught.value.problem.message == (
        "The expression has 7,000 characters; at most 2,000 are read."
    )
    assert caught.value.span == Span(2000, 2001)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("+".join("x" * 500), "The expression has too many parts; the limit is 800."),
        ("+".join("x" * 300), "The expression has too many terms or factors in a row; the limit"),
        ("(" * 61 + "x" + ")" * 61, "Parentheses, calls and exponents are nested too deeply; the"),
    ],
)
def test_budgets_are_named_with_their_limits(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, variables=("x",), mode="scalar")
    assert caught.value.code == "too-large"
    assert caught.value.problem.message.startswith(message)


def test_what_is_within_the_budgets_is_read() -> None:
    deep = "(" * limits.NESTING + "x" + ")" * limits.NESTING
    assert parse(deep, variables=("x",), mode="scalar")
    wide = "+".join("x" * (limits.TREE_DEPTH - 1))
    assert parse(wide, variables=("x",), mode="scalar")


def test_an_error_draws_its_caret() -> None:
    text = "x + sqr(y)"
    with pytest.raises(ExpressionError) as caught:
        parse(text, variables=("x", "y"), mode="scalar")
    assert caught.value.span is not None
    assert caught.value.span.caret(text) == "x + sqr(y)\n    ^^^"
