"""The Fisher information step by step, as text and TeX; and the whole answer as plain data.

A step has the keys rule, explanation, text, tex, as those of a matrix derivative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.calculus.forms import Density, Matrix
from app.calculus.information import Information, fisher_information
from app.expressions import to_tex, to_text
from app.expressions.syntax import Binary, Name, Syntax

Plain = dict[str, Any]

_X: Final = Name("x")


def information_answer(density: Density) -> Plain:
    """What ``/api/fisher-information`` says, but for MathML."""
    found = fisher_information(density)
    return {
        "vars": list(density.variables),
        "log_density": [_formula(each) for each in density.logarithms],
        "score": [[_formula(entry) for entry in score] for score in found.scores],
        "hessian": [_formulas(matrix) for matrix in found.hessians],
        "information": _formulas(found.information),
        "inverse": None if found.inverse is None else _formulas(found.inverse),
        "singular": found.singular,
        "result": _matrix_step("F", "F", found.information),
        "steps": steps_of(density, found),
        "tape": found.tape.as_json(),
        "check": {"samples": found.samples, "max_relative_error": found.error},
    }


def steps_of(density: Density, found: Information) -> list[Plain]:
    """From the log-density to F and its inverse."""
    middle = _by_moments(density, found) if density.moments else _by_outcomes(density, found)
    checked = _step(
        "Check",
        "By the same expectations the score has mean zero, and its covariance is F: this holds "
        f"at {found.samples} sample points.",
        "E[s] = 0, E[s*s'] = F",
        r"\mathbb{E}[\mathbf{s}]=\mathbf{0},\quad \mathbb{E}[\mathbf{s}\,\mathbf{s}^\top]=F",
    )
    return [*middle, checked, *_inverse_step(found)]


def _by_moments(density: Density, found: Information) -> list[Plain]:
    (logarithm,), (score,), (hessian,) = density.logarithms, found.scores, found.hessians
    deviation = _X if density.centre is None else Binary("-", _X, density.centre)
    powers = [("z" if k == 1 else f"z^{k}", e) for k, e in enumerate(density.moments, start=1)]
    assert found.terms is not None
    terms = _matrix_step("hessian(log p)", r"\nabla^2\log p", found.terms)
    return [
        _step("Log-density", "Of one outcome x; terms without parameters do not matter.",
              f"log p = {to_text(logarithm)}", rf"\log p={to_tex(logarithm)}"),
        _vector_step("Score", "Differentiate by each parameter.", "s", r"\mathbf{s}", score),
        _named("Second derivatives", "Differentiate once more.",
               _matrix_step("hessian(log p)", r"\nabla^2\log p", hessian)),
        _step("Powers of the deviation", "Each entry is a polynomial in the deviation z.",
              f"z = {to_text(deviation)}, {terms['text']}",
              rf"z={to_tex(deviation)},\quad {terms['tex']}"),
        _step("Moments", "The expectation replaces each power of z by its moment.",
              ", ".join(f"E[{power}] = {to_text(each)}" for power, each in powers),
              r",\quad ".join(rf"\mathbb{{E}}[{power}]={to_tex(each)}" for power, each in powers)),
        _named("Fisher information", "Change the sign: F is the expected curvature of −log p.",
               _matrix_step("F", "F", found.information)),
    ]  # fmt: skip


def _by_outcomes(density: Density, found: Information) -> list[Plain]:
    alike = len(set(found.hessians)) == 1
    steps = []
    for k, (each, hessian) in enumerate(zip(density.logarithms, found.hessians, strict=True), 1):
        tex = rf"\log p_{{{k}}}={to_tex(each)}"
        steps.append(
            _step("Log-probability", f"Of outcome {k}.", f"log p{k} = {to_text(each)}", tex)
        )
        if not alike:
            second = _matrix_step(f"hessian(log p{k})", rf"\nabla^2\log p_{{{k}}}", hessian)
            steps.append(
                _named("Second derivatives", "Differentiate it twice by the parameters.", second)
            )
    if alike:
        words = "Differentiate twice by the parameters: the same matrix for every outcome."
        second = _matrix_step("hessian(log p_k)", r"\nabla^2\log p_k", found.hessians[0])
        steps.append(_named("Second derivatives", words, second))
    summed = _step(
        "Expectation",
        "Each outcome counts with its probability; the sign is changed.",
        "F = -sum of p_k*hessian(log p_k)",
        rf"F=-\sum_{{k=1}}^{{{len(density.logarithms)}}}p_k\,\nabla^2\log p_k",
    )
    result = _matrix_step("F", "F", found.information)
    return [*steps, summed, _named("Fisher information", "The sum, simplified.", result)]


def _inverse_step(found: Information) -> list[Plain]:
    if found.singular:
        words = "F is singular: some change of the parameters leaves the distribution as it is."
        return [_step("Inverse", words, "det(F) = 0", r"\det F=0")]
    if found.inverse is None:
        return []
    words = "The natural gradient is this matrix times the gradient."
    inverse = _matrix_step("inv(F)", "F^{-1}", found.inverse)
    return [_named("Inverse", words, inverse)]


# ----------------------------------------------------------------------------------------- pieces


def _step(rule: str, explanation: str, text: str, tex: str) -> Plain:
    return {"rule": rule, "explanation": explanation, "text": text, "tex": tex}


def _named(rule: str, explanation: str, formula: Plain) -> Plain:
    return {"rule": rule, "explanation": explanation, **formula}


def _vector_step(
    rule: str, explanation: str, text: str, tex: str, entries: Sequence[Syntax]
) -> Plain:
    column = tuple((entry,) for entry in entries)
    return _named(rule, explanation, _matrix_step(text, tex, column))


def _matrix_step(text: str, tex: str, rows: Matrix) -> Plain:
    written = ", ".join(f"[{', '.join(map(to_text, row))}]" for row in rows)
    set_in_tex = r"\\ ".join(" & ".join(rf"\displaystyle {to_tex(e)}" for e in row) for row in rows)
    return {
        "text": f"{text} = [{written}]",
        "tex": rf"{tex}=\begin{{bmatrix}}{set_in_tex}\end{{bmatrix}}",
    }


def _formula(tree: Syntax) -> Plain:
    return {"text": to_text(tree), "tex": to_tex(tree)}


def _formulas(rows: Matrix) -> list[list[Plain]]:
    return [[_formula(entry) for entry in row] for row in rows]
