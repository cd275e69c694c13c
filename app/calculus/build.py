"""From syntax trees to tapes: functions, their Jacobians, gradients and Hessians.

Functions here take a sequence of entries, each a scalar expression in the declared variables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calculus.accumulate import jacobian
from app.calculus.graph import Graph, Node
from app.calculus.tape import Tape
from app.expressions import CONSTANTS, SCALAR_FUNCTIONS, ExpressionError
from app.expressions.syntax import (
    Binary,
    Call,
    Entries,
    Name,
    Negate,
    Number,
    Syntax,
    Transpose,
)

_OPERATORS: Final = {"+": "add", "-": "sub", "*": "mul", "/": "div"}


def entries_of(syntax: Syntax) -> tuple[Syntax, ...]:
    """The components of a map; a single expression is a map with one."""
    return syntax.entries if isinstance(syntax, Entries) else (syntax,)


def value_tape(entries: Sequence[Syntax], variables: Sequence[str]) -> Tape:
    """Outputs: ``value`` with one slot for each entry."""
    graph, values = _graph(entries, variables)
    return graph.tape({"value": values})


def jacobian_tape(entries: Sequence[Syntax], variables: Sequence[str]) -> Tape:
    """Outputs: ``value`` (m slots) and ``jacobian`` (m rows of n slots)."""
    graph, values = _graph(entries, variables)
    rows = jacobian(graph, values, graph.inputs)
    return graph.tape({"value": values, "jacobian": rows})


def hessian_tape(expression: Syntax, variables: Sequence[str]) -> Tape:
    """Outputs: ``value`` (one slot), ``gradient`` (n slots) and ``hessian`` (n rows of n slots)."""
    graph, values = _graph((expression,), variables)
    (gradient,) = jacobian(graph, values, graph.inputs)
    rows = jacobian(graph, gradient, graph.inputs)
    return graph.tape({"value": values[0], "gradient": gradient, "hessian": rows})


def information_tape(
    loss: Syntax,
    information: Sequence[Sequence[Syntax]],
    parameters: Sequence[str],
    data: Sequence[str],
) -> Tape:
    """Outputs: ``loss`` (one slot), ``gradient`` (n slots) by the n parameters, ``information``
    (n rows of n slots).  The inputs are the parameters, then the numbers that describe data."""
    entries = [entry for row in information for entry in row]
    graph, (value, *flat) = _graph((loss, *entries), (*parameters, *data))
    n = len(parameters)
    (gradient,) = jacobian(graph, (value,), graph.inputs[:n])
    rows = tuple(tuple(flat[i * n : (i + 1) * n]) for i in range(n))
    return graph.tape({"loss": value, "gradient": gradient, "information": rows})


def _graph(entries: Sequence[Syntax], variables: Sequence[str]) -> tuple[Graph, tuple[Node, ...]]:
    graph = Graph(variables)
    names = {name: graph.constant(value) for name, value in CONSTANTS.items()}
    names |= dict(zip(variables, graph.inputs, strict=True))
    return graph, tuple(_node(graph, names, entry) for entry in entries)


def _node(graph: Graph, names: dict[str, Node], syntax: Syntax) -> Node:
    match syntax:
        case Number(value):
            return graph.constant(value)
        case Name(name) if name in names:
            return names[name]
        case Negate(operand):
            return graph.neg(_node(graph, names, operand))
        case Binary(operator, left, right):
            operands = _node(graph, names, left), _node(graph, names, right)
            kind = operator.lstrip(".")
            if kind == "^":
                return graph.power(*operands)
            return graph.apply(_OPERATORS[kind], *operands)
        case Call(function, arguments) if function in SCALAR_FUNCTIONS:
            return graph.apply(function, *(_node(graph, names, each) for each in arguments))
        case Name() | Call() | Transpose() | Entries():
            message = "This cannot be part of a scalar function."
            raise ExpressionError("shape", message, syntax.span, "Use numbers and variables.")
