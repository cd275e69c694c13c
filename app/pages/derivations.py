"""Derivatives for a page that is read without scripts: the answer of the engine, typeset.

The engine runs in a worker process with a deadline, as it does for the API.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from app import compute
from app.diagnostics import NablaError, Problem
from app.expressions import ExpressionError, parse_declarations
from app.expressions.characters import GREEK
from app.lessons.derivation_html import error_html, sizes_words
from app.typeset import TexError, to_mathml

_JOB: Final = "app.matrices.answers:derivative_answer"
_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("pages")
_LOG: Final = logging.getLogger(__name__)
_NAME: Final = re.compile(r"[A-Za-zΑ-ω][A-Za-z0-9_]{0,23}")
_DIFFERENTIALS: Final = {
    "f": r"\mathrm{d}f",
    "gradient": r"\mathrm{d}(\nabla f)",
    "derivative": r"\mathrm{d}f'",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the form sends, as it was typed."""

    expr: str = ""
    wrt: str = ""
    given: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names to differentiate by; raises ``ExpressionError``."""
        names = [name for name in re.split(r"[\s,;]+", self.wrt) if name]
        if len(names) > 2 or not all(map(_NAME.fullmatch, names)):
            raise ExpressionError(
                "arity",
                "A derivative is taken by one name, or by two for a second derivative.",
                hint="Write one name, such as x, or two with a comma.",
            )
        return tuple(GREEK.get(name[0], name[0]) + name[1:] for name in names)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why there is no answer: ``field`` says where, ``line`` and ``caret`` show the place."""

    field: str
    message: str
    hint: str
    line: str
    caret: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One line of the derivation, typeset."""

    rule: str
    explanation: str
    formula_html: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer, typeset: fields that end in ``_html`` are safe HTML."""

    reading_html: str
    numerator_html: str
    denominator_html: str
    numerator_text: str
    denominator_text: str
    wrt: str
    declarations: str
    steps: tuple[ShownStep, ...]
    notes: tuple[str, ...]
    check_html: str
    sources: tuple[tuple[str, str], ...]


def solve(question: Question) -> Shown | Mistake:
    """The derivative that a question asks for, or what is wrong with the question."""
    try:
        parse_declarations(question.given)
    except ExpressionError as error:
        return _mistake("given", question.given, error.problem)
    try:
        names = question.names
    except ExpressionError as error:
        return _mistake("wrt", question.wrt, error.problem)
    arguments = (question.expr, names, question.given, "numerator", True)
    try:
        return _shown(_CACHE.fetch(arguments, lambda: compute.run(_JOB, *arguments)))
    except NablaError as error:
        return _mistake("expr", question.expr, error.problem)
    except compute.JobFailed:
        _LOG.exception("The derivative for a page failed")
        return Mistake("expr", "Something went wrong on our side; it has been noted.", "", "", "")


def _mistake(field: str, text: str, problem: Problem) -> Mistake:
    line = caret = ""
    if problem.span is not None and text:
        # A tab would put the caret into another column.
        line = re.sub(r"\s", " ", text)
        start, end = problem.span
        caret = " " * start + "^" * max(1, end - start)
    return Mistake(field, problem.message, problem.hint or "", line, caret)


def _shown(answer: dict[str, Any]) -> Shown:
    left = _left(answer)
    sources = [("NumPy", "numpy"), ("PyTorch", "torch"), ("JAX", "jax")]
    numerator, denominator = answer["numerator"], answer["denominator"]
    return Shown(
        reading_html=_math(f"f = {answer['expression']['tex']}"),
        numerator_html=_math(f"{left} = {numerator['tex']}"),
        denominator_html=_math(f"{left} = {denominator['tex']}"),
        numerator_text=numerator["text"],
        denominator_text=denominator["text"],
        wrt=", ".join(answer["wrt"]),
        declarations=answer["given"],
        steps=tuple(map(_step, answer["steps"])),
        notes=tuple(answer["notes"]),
        check_html=_check_html(answer["check"]),
        sources=tuple((label, answer[name]) for label, name in sources if answer[name]),
    )


def _left(answer: dict[str, Any]) -> str:
    names = {declared["name"]: declared["tex"] for declared in answer["declarations"]}
    below = r"\,".join(rf"\partial {names[name]}" for name in answer["wrt"])
    above = r"\partial" if len(answer["wrt"]) == 1 else r"\partial^2"
    return rf"\frac{{{above} f}}{{{below}}}"


def _step(step: dict[str, Any]) -> ShownStep:
    left = _DIFFERENTIALS.get(step["of"], r"\mathrm{d}f")
    return ShownStep(step["rule"], step["explanation"], _math(f"{left} = {step['tex']}"))


def _check_html(check: dict[str, Any]) -> str:
    """The numeric check in a sentence."""
    return (
        f"Compared with central differences at {check['samples']} random points, "
        f"{escape(sizes_words(check['sizes']))}: the largest relative error is "
        f"{error_html(check['max_relative_error'])}."
    )


def _math(tex: str) -> str:
    try:
        return to_mathml(tex, display=True)
    except TexError:
        return f"<code>{escape(tex)}</code>"


def question_of(preset: Any) -> Question:
    """The question that an example of the widget asks."""
    return Question(*(str(preset.get(name, "")) for name in ("expr", "wrt", "given")))


def is_example(preset: Any, needed: Sequence[str] = ("id", "title", "expr")) -> bool:
    """Whether an entry of the presets can be shown as a link."""
    return isinstance(preset, dict) and all(isinstance(preset.get(name), str) for name in needed)
