"""The verdict on a layer as plain data: what a worker process hands back for the API."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from app.autograd.differences import STEPS, Curve
from app.autograd.export import jax_source, torch_source
from app.autograd.judgement import Judgement, judge
from app.autograd.layer import Layer, LayerError, read_layer
from app.diagnostics import NablaError, Problem
from app.matrices.answers import declarations, declarations_text
from app.matrices.nodes import Node
from app.matrices.printers.tex import to_tex
from app.matrices.printers.text import to_text
from app.matrices.shapes import Shape, dimension_text

Answer = dict[str, Any]


def layer_answer(forward: str, given: str, cotangent: str, backward: Mapping[str, str]) -> Answer:
    """Everything that ``/api/vector-jacobian-product`` says, or ``{"refusal": …}`` with a field."""
    try:
        layer = read_layer(forward, given, cotangent)
        for name in backward:
            layer.input(name)
        return _answer(layer, [judge(layer, name, text) for name, text in backward.items()])
    except LayerError as error:
        return {"refusal": {**_problem(error.problem), "field": error.field}}
    except NablaError as error:
        return {"refusal": {**_problem(error.problem), "field": "forward"}}


def _answer(layer: Layer, judged: list[Judgement]) -> Answer:
    written = [each for each in judged if each.verdict != "unwritten"]
    right = {each.name: each.own for each in judged if each.verdict == "right" and each.own}
    complete = bool(written) and len(right) == len(written)
    return {
        "forward": _formula(layer.forward),
        "shape": _axes(layer.forward.shape),
        "cotangent": _named(layer.cotangent),
        "value": None if layer.value is None else _named(layer.value),
        "given": declarations_text(layer.reading),
        "declarations": declarations(layer.reading),
        "inputs": list(layer.inputs),
        "steps": list(STEPS),
        "checks": [_check(layer, each) for each in judged],
        "correct": complete,
        "torch": torch_source(layer, right) if complete else None,
        "jax": jax_source(layer, right) if complete else None,
        "notes": [*layer.notes, *dict.fromkeys(n for each in judged for n in each.pullback.notes)],
    }


def _check(layer: Layer, judged: Judgement) -> Answer:
    problem = judged.problem
    wanted = judged.pullback.variable.shape
    return {
        "name": judged.name,
        "tex": to_tex(judged.pullback.variable),
        "verdict": judged.verdict,
        "backward": None if judged.own is None else _formula(judged.own),
        "problem": None
        if problem is None
        else {**_problem(problem), "field": f"backward.{judged.name}"},
        "shape": {
            "expected": _axes(wanted),
            "expected_words": str(wanted),
            "found": None if judged.shape is None else _axes(judged.shape),
            "found_words": None if judged.shape is None else str(judged.shape),
            "agree": None if judged.shape is None else judged.shape == wanted,
        },
        "symbolic": _symbolic(judged),
        "numeric": _numeric(judged.curve),
        "mistake": None
        if judged.mistake is None
        else {
            "kind": judged.mistake.kind,
            "sentence": judged.mistake.sentence,
            "decided_by": judged.mistake.decided_by,
        },
        "pullback": _formula(judged.pullback.node),
    }


def _symbolic(judged: Judgement) -> Answer | None:
    found = judged.equivalence
    if found is None:
        return None
    return {
        "agree": found.agree,
        "decided_by": found.decided_by,
        "explanation": found.explanation,
        "error": None if found.error is None else _finite(found.error),
    }


def _numeric(curve: Curve) -> Answer:
    """The curves by step; the best step is that at which the right gradient errs least."""
    shown, best = curve.errors or curve.reference, curve.best
    return {
        "agree": None if curve.errors is None else curve.agrees,
        "sizes": dict(curve.point.sizes),
        "errors": None if curve.errors is None else [_finite(error) for error in curve.errors],
        "reference": [_finite(error) for error in curve.reference],
        "branches": [curve.branches.at(step) for step in STEPS],
        "truncation": curve.branches.truncation,
        "rounding": curve.branches.rounding,
        "best_step": STEPS[best],
        "best_error": _finite(shown[best]),
        "predicted_step": curve.branches.best_step,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _named(node: Node) -> Answer:
    name = node.parameter.name
    return {"name": name, "tex": to_tex(node), "shape": _axes(node.shape), "words": str(node.shape)}


def _axes(shape: Shape) -> list[str | int]:
    return [axis if isinstance(axis, int) else dimension_text(axis) for axis in shape.axes]


def _formula(node: Node) -> Answer:
    return {"text": to_text(node), "tex": to_tex(node)}


def _problem(problem: Problem) -> Answer:
    return {
        "code": problem.code,
        "message": problem.message,
        "span": None if problem.span is None else list(problem.span),
        "hint": problem.hint,
    }
