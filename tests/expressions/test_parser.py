"""How expressions are read: a table of what people type, and laws that hold for all of them."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.diagnostics import Span
from app.expressions import ExpressionError, parse, read, to_text
from app.expressions.functions import Mode
from app.expressions.syntax import Binary, Name, Syntax, walk
from tests.expressions import strategies
from tests.expressions.fixtures import rows
from tests.expressions.outcomes import outcome


@pytest.mark.parametrize(("names", "text", "canonical"), rows("scalar.txt"))
def test_reads_scalar_expressions_as_people_mean_them(
    names: str, text: str, canonical: str
) -> None:
    tree = parse(text, variables=names.split(), mode="scalar")
    assert to_text(tree) == canonical
    assert parse(canonical, variables=names.split(), mode="scalar") == tree


@pytest.mark.parametrize(("text", "canonical"), rows("matrix.txt"))
def test_reads_matrix_expressions_as_people_mean_them(text: str, canonical: str) -> None:
    tree = parse(text, mode="matrix")
    assert to_text(tree) == canonical
    assert parse(canonical, mode="matrix") == tree


def _survives(tree: Syntax, mode: Mode) -> None:
    """Printing and parsing give the same tree, unless the limits refuse its constants."""
    variables = strategies.VARIABLES if mode == "scalar" else None
    again = outcome(parse, to_text(tree), variables=variables, mode=mode)
    if isinstance(again, ExpressionError):
        assert again.code in {"too-large", "not-differentiable"}, to_text(tree)
    else:
        assert again == tree


@given(strategies.scalar_trees | strategies.lists)
@settings(max_examples=300)
def test_printing_and_parsing_scalar_trees_is_the_identity(tree: Syntax) -> None:
    _survives(tree, "scalar")


@given(strategies.matrix_trees)
@settings(max_examples=300)
def test_printing_and_parsing_matrix_trees_is_the_identity(tree: Syntax) -> None:
    _survives(tree, "matrix")


@given(strategies.texts, st.sampled_from(["scalar", "matrix"]))
@settings(max_examples=500)
def test_any_text_is_read_or_refused_with_a_designed_error(text: str, mode: Mode) -> None:
    _read_or_refuse(text, mode)


def test_ten_thousand_random_strings_raise_nothing_else_in_bounded_time() -> None:
    generator = random.Random(20)
    slowest = 0.0
    for _ in range(10_000):
        length = generator.choice((3, 8, 20, 60))
        text = "".join(generator.choices(strategies.ALPHABET, k=length))
        started = time.process_time()
        _read_or_refuse(text, generator.choice(("scalar", "matrix")))
        slowest = max(slowest, time.process_time() - started)
    assert slowest < 0.5  # a hundred times what one takes


def _read_or_refuse(text: str, mode: Mode) -> None:
    variables = ("x", "y") if mode == "scalar" else None
    found = outcome(parse, text, variables=variables, mode=mode)
    if isinstance(found, ExpressionError):
        assert found.problem.message
        assert found.span is None or 0 <= found.span.start <= found.span.end <= len(text) + 1
    else:
        assert all(node.span.end <= len(text) for node in walk(found))


HOSTILE = {
    "tower of powers": "9**9**9**9",
    "exponent of a number": "1e999999999",
    "tower of exponentials": "exp(exp(exp(10)))",
    "ten thousand parentheses": "(" * 10_000 + "x" + ")" * 10_000,
    "sum of 100 kB": "x+" * 50_000 + "x",
    "exponent of a billion": "x^(10^9)",
    "underflow": "2^-(10^9)",
    "parentheses within the length": "(" * 900 + "x" + ")" * 900,
    "signs": "-" * 1999 + "x",
    "roots": "√" * 1000 + "x",
    "braces": "x^{" * 600,
    "bars": "|" * 1999,
    "digits": "1" * 1999,
    "one long word": "xy" * 999,
    "one long foreign word": "xq" * 999,
    "commands": "\\frac{1}{" * 200,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_expressions_are_refused_at_once(text: str) -> None:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        with pytest.raises(ExpressionError):
            parse(text, variables=("x", "y"), mode="scalar")
        best = min(best, time.process_time() - started)
    assert best < 0.01


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("x + sin(y)", {"x": (0, 1), "sin(y)": (4, 10), "y": (8, 9), "x + sin(y)": (0, 10)}),
        ("xy^2", {"x": (0, 1), "y^2": (1, 4), "x*y^2": (0, 4)}),
        ("x²", {"x^2": (0, 2), "2": (1, 2)}),
        ("(x + y) y", {"x + y": (1, 6), "(x + y)*y": (0, 9)}),
    ],
)
def test_spans_point_into_the_text_as_typed(text: str, spans: dict[str, tuple[int, int]]) -> None:
    tree = parse(text, variables=("x", "y"), mode="scalar")
    found = {to_text(node): tuple(node.span) for node in walk(tree)}
    assert {key: found[key] for key in spans} == spans


@pytest.mark.parametrize(
    ("text", "mode", "codes"),
    [
        ("1/2x", "scalar", ["division-order"]),
        ("1/(2x)", "scalar", []),
        ("x/2 + 2x", "scalar", []),
        ("x/y sin x", "scalar", ["division-order"]),
        ("2^x^2", "scalar", ["tower"]),
        ("2^(x^2)", "scalar", []),
        ("A^2^2", "matrix", ["tower"]),
    ],
)
def test_readings_that_could_be_meant_otherwise_are_noted(
    text: str, mode: Mode, codes: list[str]
) -> None:
    reading = read(text, variables=("x", "y") if mode == "scalar" else None, mode=mode)
    assert [note.code for note in reading.notes] == codes
    assert all(note.level == "warning" and note.hint for note in reading.notes)


def test_python_powers_can_be_told_from_carets() -> None:
    reading = read("x**2 + (y)**2 + z^2", mode="matrix")
    python = [node for node in walk(reading.syntax) if node.span in reading.python_powers]
    assert [to_text(node) for node in python] == ["x^2", "y^2"]


def test_towers_associate_as_mathematics_does_and_as_matlab_does() -> None:
    assert to_text(parse("x^y^2", variables=("x", "y"), mode="scalar")) == "x^(y^2)"
    assert to_text(parse("a^b^2", mode="matrix")) == "(a^b)^2"


def test_a_declared_t_in_an_exponent_is_a_power() -> None:
    assert to_text(parse("a^T", mode="matrix")) == "a'"
    tree = parse("a^T", variables=("a", "T"), mode="matrix")
    assert tree == Binary("^", Name("a"), Name("T"))


def test_without_declared_variables_every_letter_is_one() -> None:
    assert to_text(parse("2xy + sinx + x1", mode="scalar")) == "2*x*y + sin(x) + x1"


@pytest.mark.parametrize(
    ("names", "code", "message"),
    [
        ("abcdefg", "too-large", "There are too many variables; the limit is 6."),
        (["x", "x"], "syntax", "“x” is declared twice."),
        (["2x"], "syntax", "A variable is a letter, which digits or further letters may follow."),
        (["<script>"], "syntax", "A variable is a letter, which digits or further letters may "),
        (["х"], "syntax", "A variable is a letter, which digits or further letters may follow."),
        (["sin"], "syntax", "“sin” already has a meaning and cannot be a variable."),
        (["pi"], "syntax", "“pi” already has a meaning and cannot be a variable."),
        (["inf"], "unknown-name", "“inf” is reserved and cannot be used."),
        (["x" * 25], "too-large", "The name is too long; the limit is 24."),
    ],
)
def test_variables_that_cannot_be_declared_are_refused(
    names: list[str], code: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("1", variables=names, mode="scalar")
    assert caught.value.code == code
    assert caught.value.problem.message.startswith(message)
    assert caught.value.hint


def test_an_empty_text_is_told_what_to_do() -> None:
    for text in ("", "  "):
        with pytest.raises(ExpressionError) as caught:
            parse(text, variables=("x",), mode="scalar")
        assert caught.value.code == "syntax"
        assert caught.value.span == Span(0, 0)
        assert caught.value.problem.message == "There is nothing to read yet."
