"""The answer of a worker process: plain data for ``/api/derivative/numbers``.

Formulas are ``{text, tex}`` here; MathML is made where they are shown.
"""

from __future__ import annotations

from typing import Any

from app.entries.program import Program, program_of
from app.expressions import ExpressionError
from app.matrices import Derivative, Result, to_tex, to_text
from app.matrices.answers import declarations, declarations_text
from app.matrices.kinds import differentiate_kindly, note_on
from app.matrices.nodes import Node
from app.matrices.shapes import dimension_text
from app.matrices.three_ways import three_ways

Answer = dict[str, Any]


def numbers_answer(expression: str, wrt: tuple[str, ...], given: str) -> Answer:
    """An expression, its derivative, and the program for both.  Raises ``NablaError``.

    The closed form is checked against central differences before anything is shown.
    """
    if len(wrt) > 1:
        message = "Entry by entry, a derivative is taken by one name."
        raise ExpressionError("arity", message, None, "Choose one name, such as x.")
    derivative, as_columns = differentiate_kindly(expression, wrt, given)
    program = program_of(derivative)
    check = derivative.check
    notes = [note_on(as_columns)] if as_columns else []
    return {
        "expression": _formula(derivative.node),
        "wrt": derivative.wrt[0],
        "given": declarations_text(derivative.problem),
        "value_shape": [dimension_text(axis) for axis in derivative.value_shape],
        "sizes": dict(program.sizes),
        "symbols": _symbols(derivative, program),
        "numerator": _result(derivative.numerator),
        "denominator": _result(derivative.denominator),
        "entries": _entries(derivative),
        "tape": program.tape.as_json(),
        "notes": [*notes, *derivative.notes],
        "check": {"samples": check.samples, "max_relative_error": check.max_relative_error},
    }


def _symbols(derivative: Derivative, program: Program) -> list[Answer]:
    """The declarations with the values to start with, as rows of numbers."""
    return [
        {**declared, "values": program.values[declared["name"]].tolist()}
        for declared in declarations(derivative.problem)
        if declared["name"] in program.values
    ]


def _formula(node: Node) -> Answer:
    return {"text": to_text(node), "tex": to_tex(node), "shaped_tex": to_tex(node, shapes=True)}


def _result(result: Result) -> Answer:
    shape = [dimension_text(axis) for axis in result.shape]
    return {**_formula(result.node), "shape": shape, "form": result.form}


def _entries(derivative: Derivative) -> Answer:
    views = three_ways(derivative)
    assert views is not None, "a first derivative has three views"
    return {"text": "", "tex": views.entries_tex}
