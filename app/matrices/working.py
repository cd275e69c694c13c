"""Check my working: the reader's own lines of a derivation in differentials.

Every line is read with the increment of X named dX, must have the shape of the expression, and
must equal its differential, by normal form or else by numbers.  For the first wrong line the small
slips are tried out (see ``slips``), so that it can be said what went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.diagnostics import Problem as Diagnosis
from app.diagnostics import Span
from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.differential import differential
from app.matrices.elaboration import Problem, elaborate
from app.matrices.equivalence import Equivalence, compare
from app.matrices.halfway import WorkedOut, worked_out
from app.matrices.kinds import elaborate_kindly
from app.matrices.misreadings import explain_assumption, explain_no_increment
from app.matrices.nodes import Node
from app.matrices.printers.text import to_text
from app.matrices.rewriting import finished, simplify
from app.matrices.slips import explain_difference, explain_misfit

_LEFT_SIDE = re.compile(r"^\s*(?:d\s*(?:[A-Za-z]\w*)?\s*(?:\([^=]*\))?\s*)?=")
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line: whether it is right, how that was decided, and what is wrong with it."""

    text: str
    correct: bool
    decided_by: str | None
    problem: Diagnosis | None


@dataclass(frozen=True, slots=True)
class Working:
    """All lines up to and including the first wrong one decide; later ones are checked too.

    ``first_wrong`` counts from 0; None if every line is right.  ``finished`` says whether the last
    line is one from which the derivative can be read off.
    """

    lines: tuple[CheckedLine, ...]
    first_wrong: int | None
    differential: str


def check_working(lines: Sequence[str], expression: str, wrt: str, given: str = "") -> Working:
    """Check the lines of a derivation of the differential of ``expression`` by ``wrt``.

    A line may begin with ``df =``, ``d(…) =`` or ``=`` and may hold d(U) for a part U that is still
    to be differentiated.  What is wrong with a line is told in its ``problem``
    (spans point into that line); ``ExpressionError`` is raised only for the expression itself.
    """
    if len(lines) > MOST_LINES:
        raise ExpressionError("too-large", f"At most {MOST_LINES} lines are checked.")
    problem, _ = elaborate_kindly(expression, given, [wrt])
    truth = _true_differential(problem, wrt)
    checked = tuple(_check_line(line, problem, wrt, truth) for line in lines)
    wrong = next((i for i, line in enumerate(checked) if not line.correct), None)
    return Working(checked, wrong, to_text(finished(simplify(truth))))


def _true_differential(problem: Problem, wrt: str) -> Node:
    found = differential(problem.node, problem.symbols[wrt]).node
    return nodes.zero(problem.node.shape) if found is None else found


def _check_line(line: str, problem: Problem, wrt: str, truth: Node) -> CheckedLine:
    offset = 0
    if match := _LEFT_SIDE.match(line):
        offset = match.end()
    variable = problem.symbols[wrt]
    symbols = {**problem.symbols, f"d{wrt}": nodes.increment_of(variable)}
    try:
        full = worked_out(line[offset:], symbols, variable)
    except ExpressionError as error:
        return _wrong(line, _shifted(error.problem, offset), None)
    text = full.text
    try:
        own = elaborate(text, symbols=symbols, expected=truth.shape)
    except ExpressionError as error:
        missing = error.code == "shape" and explain_no_increment(text, problem, wrt)
        hint = missing or explain_misfit(text, symbols, truth)
        return _wrong(line, _shifted(error.problem, offset, hint, full), None)
    verdict = compare(own.node, truth, own.symbols)
    if verdict.agree:
        return CheckedLine(line, True, verdict.decided_by, None)
    span = Span(offset, len(line))
    hint = explain_no_increment(text, problem, wrt) or explain_difference(text, symbols, truth)
    assumption = explain_assumption(text, problem, wrt)
    hint = " ".join(filter(None, (hint, assumption))) or None
    return _wrong(line, _different(verdict, span, hint), verdict)


def _wrong(line: str, problem: Diagnosis, verdict: Equivalence | None) -> CheckedLine:
    return CheckedLine(line, False, None if verdict is None else verdict.decided_by, problem)


def _shifted(
    problem: Diagnosis, offset: int, hint: str | None = None, full: WorkedOut | None = None
) -> Diagnosis:
    span = problem.span
    if span is not None:
        span = span if full is None else full.in_line(span)
        span = Span(span.start + offset, span.end + offset)
    return Diagnosis(problem.code, problem.message, span, hint or problem.hint)


def _different(verdict: Equivalence, span: Span, hint: str | None) -> Diagnosis:
    if verdict.decided_by == "shape":
        return Diagnosis("shape", f"The shape is wrong. {verdict.explanation}", span)
    message = "This line is not equal to the differential of the expression."
    return Diagnosis("different", message, span, hint)
