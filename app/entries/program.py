"""One tape for an expression and its derivative found in two ways.

    value        F, rows × columns
    numerator    the closed form in numerator layout, rows × columns
    denominator  the closed form in denominator layout
    entries      d vec(F) / d vec(X)': row i is entry i of F, column j entry j of X, both stacked
                 column by column; accumulated on the tape, one partial derivative at a time

The inputs are the entries of all names, one name after the other, row by row.  Central differences
need nothing but ``value``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.calculus import Tape
from app.calculus.accumulate import jacobian
from app.calculus.graph import Graph
from app.entries.determinants import Rows
from app.entries.scalars import Scalariser, flat
from app.entries.sizes import starting_point
from app.matrices import Derivative
from app.matrices.margins import Array
from app.matrices.nodes import Node, walk
from app.matrices.shapes import size_of


@dataclass(frozen=True, slots=True)
class Program:
    """The tape, the sizes it was made for, and values to start with (rows × columns by name).

    ``values`` has the names that occur, in the order of the tape's inputs; a name that is only
    declared has no numbers.
    """

    tape: Tape
    sizes: Mapping[str, int]
    values: Mapping[str, Array]


def program_of(derivative: Derivative) -> Program:
    """The program of a first derivative.

    Raises ``ExpressionError``: too-large when the entries are too many, not-differentiable when
    there is no good point to start from.
    """
    forms = [derivative.numerator.node, derivative.denominator.node]
    symbols, nodes = occurring(derivative), [derivative.node, *forms]
    sizes, values = starting_point(nodes, symbols, forms[0])
    return Program(_tape(derivative, symbols, sizes), sizes, values)


def occurring(derivative: Derivative) -> dict[str, Node]:
    """The names that occur in the expression, and the variable."""
    parts = {part.parameter.name for part in walk(derivative.node) if part.operation == "symbol"}
    parts.update(derivative.wrt)
    return {name: node for name, node in derivative.symbols.items() if name in parts}


def _tape(derivative: Derivative, symbols: Mapping[str, Node], sizes: Mapping[str, int]) -> Tape:
    names = {name: _input_names(name, node, sizes) for name, node in symbols.items()}
    graph = Graph([entry for rows in names.values() for row in rows for entry in row])
    inputs = iter(graph.inputs)
    tables: dict[str, Rows] = {
        name: tuple(tuple(next(inputs) for _ in row) for row in rows)
        for name, rows in names.items()
    }
    scalars = Scalariser(graph, tables, sizes)
    value = scalars(derivative.node)
    (variable,) = derivative.wrt
    return graph.tape(
        {
            "value": value,
            "numerator": scalars(derivative.numerator.node),
            "denominator": scalars(derivative.denominator.node),
            "entries": jacobian(graph, flat(value), flat(tables[variable])),
        }
    )


def _input_names(name: str, node: Node, sizes: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """``a`` for a scalar, ``x[2]`` for a column, ``A[1,2]`` for a matrix; counted from 1."""
    form = ("{0}", "{0}[{1}]", "{0}[{1},{2}]")[len(node.shape.axes)]
    rows, columns = (size_of(axis, sizes) for axis in (node.shape.rows, node.shape.columns))
    return tuple(
        tuple(form.format(name, i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1)
    )
