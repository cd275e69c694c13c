"""Answers as plain data: what a worker process hands back for the API, without any node in it.

Formulas are ``{text, tex}`` here; MathML is made where they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.matrices.declarations import given_text
from app.matrices.derivation import Derivative, Result
from app.matrices.elaboration import Problem
from app.matrices.equivalence import equivalent
from app.matrices.instance import numeric_instance
from app.matrices.kinds import differentiate_kindly, elaborate_kindly, note_on
from app.matrices.nodes import Node
from app.matrices.printers.tex import to_tex
from app.matrices.printers.text import to_text
from app.matrices.shapes import Dimension, dimension_text
from app.matrices.steps import Step
from app.matrices.three_ways import three_ways
from app.matrices.working import check_working

Answer = dict[str, Any]


def derivative_answer(
    expression: str, wrt: Sequence[str], given: str, layout: str, simplify: bool
) -> Answer:
    """Everything that ``/api/derivative`` says; raises ``NablaError``.

    The check runs before anything is shown: a result that fails it is an error.
    """
    derivative, as_columns = differentiate_kindly(expression, wrt, given, simplify)
    check, problem = derivative.check, derivative.problem
    notes = [note_on(as_columns)] if as_columns else []
    return {
        "expression": _formula(derivative.node),
        "wrt": list(derivative.wrt),
        "given": declarations_text(problem),
        "declarations": declarations(problem),
        "layout": layout,
        "value_shape": _sizes(derivative.value_shape),
        "array_shape": _sizes(derivative.axes),
        "result": _result(getattr(derivative, layout)),
        "numerator": _result(derivative.numerator),
        "denominator": _result(derivative.denominator),
        "steps": [_step(step) for step in derivative.steps],
        "three_ways": _three_ways(derivative),
        "numpy": derivative.numpy,
        "torch": derivative.torch,
        "jax": derivative.jax,
        "notes": [*notes, *derivative.notes],
        "check": {
            "samples": check.samples,
            "max_relative_error": check.max_relative_error,
            "sizes": [dict(sizes) for sizes in check.sizes],
        },
    }


def declarations(problem: Problem) -> list[Answer]:
    """Every name with its kind, sizes and properties, as it was read."""
    return [
        {
            "name": name,
            "kind": "vector" if node.shape.kind == "column" else node.shape.kind,
            "shape": _sizes(node.shape.axes),
            "properties": sorted(node.parameter.properties),
            "given": given_text(name, node.shape, node.parameter.properties),
            "tex": to_tex(node),
        }
        for name, node in problem.symbols.items()
    ]


def declarations_text(problem: Problem) -> str:
    """All declarations as one text that can be given back."""
    return "; ".join(
        given_text(name, node.shape, node.parameter.properties)
        for name, node in problem.symbols.items()
    )


def reading_answer(expression: str, given: str, wrt: Sequence[str]) -> Answer:
    """How an expression was read: the preview while it is being typed."""
    problem, as_columns = elaborate_kindly(expression, given, wrt)
    return {
        "expression": _formula(problem.node),
        "given": declarations_text(problem),
        "declarations": declarations(problem),
        "value_shape": _sizes(problem.node.shape.axes),
        "notes": [note_on(as_columns)] if as_columns else [],
    }


def equivalence_answer(left: str, right: str, given: str) -> Answer:
    """The verdict on two expressions."""
    found = equivalent(left, right, given)
    return {
        "agree": found.agree,
        "decided_by": found.decided_by,
        "explanation": found.explanation,
        "sizes": [dict(sizes) for sizes in found.sizes],
        "error": found.error,
    }


def working_answer(lines: Sequence[str], expression: str, wrt: str, given: str) -> Answer:
    """The verdict on every line of a reader's derivation."""
    found = check_working(lines, expression, wrt, given)
    return {
        "correct": found.first_wrong is None,
        "first_wrong": found.first_wrong,
        "lines": [
            {
                "text": line.text,
                "correct": line.correct,
                "decided_by": line.decided_by,
                "problem": None
                if line.problem is None
                else {
                    "code": line.problem.code,
                    "message": line.problem.message,
                    "span": None if line.problem.span is None else list(line.problem.span),
                    "hint": line.problem.hint,
                },
            }
            for line in found.lines
        ],
    }


def _formula(node: Node) -> Answer:
    return {"text": to_text(node), "tex": to_tex(node), "shaped_tex": to_tex(node, shapes=True)}


def _result(result: Result) -> Answer:
    return {**_formula(result.node), "shape": _sizes(result.shape), "form": result.form}


def _step(step: Step) -> Answer:
    """The text is worked out, so that every line can be evaluated; TeX unfolds it by and by."""
    return {
        "rule": step.rule,
        "explanation": step.explanation,
        "of": step.of,
        **_formula(step.node if step.shown is None else step.shown),
        "text": step.text,
        "applied": [
            {
                "name": applied.name,
                "formula": {"text": "", "tex": applied.tex},
                "source": applied.source,
                "on": {"text": applied.on, "tex": applied.on_tex},
            }
            for applied in step.applied
        ],
    }


def _three_ways(derivative: Derivative) -> Answer | None:
    views = three_ways(derivative)
    if views is None:
        return None
    return {
        "action": {"text": views.action_text, "tex": views.action_tex},
        "matrix": {"text": views.matrix_text, "tex": views.matrix_tex},
        "entries": {"text": "", "tex": views.entries_tex},
        "array_shape": list(views.array_shape),
        "instance": None if (found := numeric_instance(derivative)) is None else found.as_json(),
    }


def _sizes(axes: Sequence[Dimension]) -> list[str | int]:
    return [axis if isinstance(axis, int) else dimension_text(axis) for axis in axes]
