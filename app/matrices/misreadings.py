"""Wrong lines that are right about something else: what a reader may have meant.

A line without the increment may be the derivative itself, in one layout or the other; a line that
is not equal may hold for symmetric matrices, which nobody has declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.derivation import Derivative, derivative_of
from app.matrices.differential import differential
from app.matrices.elaboration import Problem, elaborate
from app.matrices.equivalence import compare
from app.matrices.nodes import Node

_LAYOUTS = ("numerator", "denominator")


def explain_no_increment(text: str, problem: Problem, wrt: str) -> str | None:
    """What is said about a line in which the increment does not occur; None if it does."""
    if re.search(rf"(?<!\w)d{re.escape(wrt)}(?!\w)", text):
        return None
    derivative = derivative_of(problem, [wrt])
    for layout in _LAYOUTS:
        if _is_result(text, derivative, layout):
            where = f" in {layout} layout" if derivative.axes else ""
            return f"This is the derivative{where}; {_remedy(derivative, layout)}."
    return f"d{wrt} does not occur in this line; every term of a differential has it once."


def _is_result(text: str, derivative: Derivative, layout: str) -> bool:
    result: Node = getattr(derivative, layout).node
    try:
        own = elaborate(text, symbols=derivative.symbols, expected=result.shape)
        return compare(own.node, result, own.symbols).agree
    except ExpressionError:
        return False


def _remedy(derivative: Derivative, layout: str) -> str:
    name = f"d{derivative.wrt[0]}"
    factor = "this" if layout == "numerator" else "its transpose"
    (variable,) = derivative.variables
    if variable.shape.kind != "matrix":
        return f"the differential is {factor} times {name}"
    if derivative.node.is_scalar:
        return f"the differential is the trace of {factor} times {name}"
    return f"the differential of vec(F) is {factor} times vec({name})"


def explain_assumption(text: str, problem: Problem, wrt: str) -> str | None:
    """A symmetric matrix that would make the line right, though it is not declared symmetric."""
    for name, symbols in _assumptions(problem):
        try:
            assumed = elaborate(problem.text, symbols=symbols)
            variable = assumed.symbols[wrt]
            truth = differential(assumed.node, variable).node
            known = {**symbols, f"d{wrt}": nodes.increment_of(variable)}
            own = elaborate(text, symbols=known, expected=assumed.node.shape)
            if truth is not None and compare(own.node, truth, own.symbols).agree:
                return f"It would be right if {name} were symmetric, which nobody has declared."
        except ExpressionError:
            continue
    return None


def _assumptions(problem: Problem) -> Iterator[tuple[str, dict[str, Node]]]:
    """Every square matrix made symmetric, one at a time."""
    for name, node in problem.symbols.items():
        properties = node.parameter.properties
        if node.shape.is_square and not properties & {"symmetric", "skew"}:
            symmetric = nodes.symbol(name, node.shape, properties | {"symmetric"})
            yield name, {**problem.symbols, name: symmetric}
