"""A small instance with numbers: what the three ways of seeing a derivative look like in figures.

Sizes are 2 and 3 and the entries small whole numbers wherever the declared properties allow it, so
that a reader can follow every entry with pencil and paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, Final

import numpy as np

from app.matrices.derivation import Derivative
from app.matrices.evaluation import evaluate
from app.matrices.margins import Array
from app.matrices.nodes import Node
from app.matrices.points import is_admissible, random_value
from app.matrices.shapes import letters_of, size_of

MOST_ENTRIES: Final = 144
"""Larger arrays are not shown entry by entry."""
TRIES: Final = 60
LEAST: Final = 0.02
"""Smaller entries would be printed as zeros; a point that has none of them is preferred."""
ROUNDING: Final = 1e-13
_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Instance:
    """Values of all names, of the expression and of the stacked matrix, rows × columns.

    ``of`` and ``by`` are the sizes of the axes of the expression and of the variable.  Entry (r, c)
    of ``matrix`` is the derivative of entry r of vec(F) by entry c of vec(X), numerator layout.
    """

    sizes: Mapping[str, int]
    values: Mapping[str, Array]
    of: tuple[int, ...]
    by: tuple[int, ...]
    value: Array
    matrix: Array

    def as_json(self) -> dict[str, Any]:
        """All arrays as lists of rows."""
        return {
            "sizes": dict(self.sizes),
            "values": {name: _rows(value) for name, value in self.values.items()},
            "of": list(self.of),
            "by": list(self.by),
            "value": _rows(self.value),
            "matrix": _rows(self.matrix),
        }


def numeric_instance(derivative: Derivative) -> Instance | None:
    """A small instance of a first derivative that is stacked; None where none is small enough."""
    if len(derivative.parts) != 1 or derivative.numerator.form != "vec/Kronecker":
        return None
    node, jacobian = derivative.node, derivative.numerator.node
    (variable,) = derivative.variables
    for sizes in _sizes(derivative):
        of = tuple(size_of(axis, sizes) for axis in node.shape.axes)
        by = tuple(size_of(axis, sizes) for axis in variable.shape.axes)
        if prod(of) * prod(by) > MOST_ENTRIES:
            continue
        values = _values(derivative, sizes)
        if values is not None:
            value = evaluate(node, values, sizes)
            return Instance(sizes, values, of, by, value, evaluate(jacobian, values, sizes))
    return None


def _sizes(derivative: Derivative) -> Iterator[dict[str, int]]:
    """2 and 3 in turn, the longer side last; then 2 for all."""
    ordered: dict[str, None] = {}
    for shape in (derivative.node.shape, *(node.shape for node in derivative.symbols.values())):
        for axis in shape.axes:
            ordered.update(dict.fromkeys(sorted(letters_of([axis]))))
    letters = list(ordered)
    yield {letter: 2 + index % 2 for index, letter in enumerate(letters)}
    yield dict.fromkeys(letters, 2)


def _values(derivative: Derivative, sizes: Mapping[str, int]) -> dict[str, Array] | None:
    """Admissible values: whole numbers first, others if none of those will do."""
    generator = np.random.default_rng(2)
    checked = [derivative.node, derivative.numerator.node]
    otherwise = None
    for attempt in range(TRIES):
        drawn = _DRAWS[attempt * len(_DRAWS) // TRIES]
        values = {
            name: _value(node, sizes, generator, drawn) for name, node in derivative.symbols.items()
        }
        if not is_admissible(checked, values, sizes):
            continue
        if _legible(evaluate(derivative.numerator.node, values, sizes)):
            return values
        otherwise = otherwise or values
    return otherwise


def _legible(matrix: Array) -> bool:
    """Whether no entry but a true zero (up to rounding) is printed as one."""
    size = np.abs(matrix)
    return bool(np.all((size <= ROUNDING * np.max(size, initial=0.0)) | (size >= LEAST)))


Draw = Callable[[np.random.Generator, tuple[int, int]], Array]
_DRAWS: Final[tuple[Draw, ...]] = (
    lambda generator, shape: generator.choice(np.array([-2.0, -1.0, 1.0, 2.0, 3.0]), shape),
    lambda generator, shape: np.round(generator.uniform(-0.9, 0.9, shape), 1),
    lambda generator, shape: np.round(generator.uniform(0.2, 1.8, shape), 1),
)
"""Where to look for values: whole numbers, small ones, positive ones."""


def _value(
    node: Node, sizes: Mapping[str, int], generator: np.random.Generator, draw: Draw
) -> Array:
    """Small numbers with the declared property; what cannot be whole is drawn at random."""
    properties = node.parameter.properties
    if properties & {"orthogonal", "skew"}:
        return random_value(node, sizes, generator, np.asarray)
    shape = size_of(node.shape.rows, sizes), size_of(node.shape.columns, sizes)
    return _with_properties(draw(generator, shape), properties)


def _with_properties(drawn: Array, properties: frozenset[str]) -> Array:
    if "positive-definite" in properties:
        # Larger on the diagonal than the rest of the row together.
        corner = np.triu(np.sign(drawn), 1)
        return corner + corner.T + (len(drawn) + 1) * np.eye(len(drawn))
    if "diagonal" in properties:
        return np.diag(np.diagonal(drawn))
    if "symmetric" in properties:
        return np.triu(drawn) + np.triu(drawn, 1).T
    return np.abs(drawn) if "positive" in properties else drawn


def _rows(value: Array) -> list[list[float]]:
    rows: list[list[float]] = np.round(np.atleast_2d(value), _DECIMALS).tolist()
    return rows
