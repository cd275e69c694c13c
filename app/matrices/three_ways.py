"""A matrix by a matrix in three ways that explain one another.

The action on dX says what the derivative does, the vec/Kronecker matrix is what one multiplies by,
the array with its indices is what a program stores.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.matrices.derivation import Derivative
from app.matrices.indices import index_formula
from app.matrices.printers.tex import name_to_tex
from app.matrices.shapes import dimension_text


@dataclass(frozen=True, slots=True)
class ThreeWays:
    """The action as text and TeX, the matrix as text and TeX with its equation, the array."""

    action_text: str
    action_tex: str
    matrix_text: str
    matrix_tex: str
    entries_tex: str
    array_shape: tuple[str, ...]


def three_ways(derivative: Derivative) -> ThreeWays | None:
    """The three views of a first derivative; None for second derivatives."""
    if len(derivative.parts) != 1:
        return None
    part = derivative.parts[0]
    # The last line before the columns are stacked; some derivatives are found stacked at once.
    lines = derivative.steps
    action = next((line for line in reversed(lines) if "vec(" not in line.text), lines[-1])
    variable = part.variable
    name = rf"\mathrm{{d}}{name_to_tex(variable.parameter.name, variable.shape.kind)}"
    if variable.shape.kind == "matrix":
        name = rf"\operatorname{{vec}}({name})"
    value = "F" if derivative.node.shape.kind == "matrix" else r"\mathbf{f}"
    left = r"\operatorname{vec}(\mathrm{d}F)" if value == "F" else r"\mathrm{d}\mathbf{f}"
    body = derivative.numerator.tex
    if derivative.numerator.node.operation in ("add", "kron", "times"):
        body = rf"\left( {body} \right)"
    return ThreeWays(
        action.text,
        action.tex,
        derivative.numerator.text,
        rf"{left} = {body}\,{name}",
        index_formula(part, derivative.simplifier),
        tuple(dimension_text(axis) for axis in derivative.axes),
    )
