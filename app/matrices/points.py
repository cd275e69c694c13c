"""Random points for checking: sizes distinct on every axis, values that have what was declared.

A transposition cannot hide when no two axes have the same size.  A point is of use if the
expression has a finite value there, is not near a kink, and inverts nothing nearly singular; until
one is found, other values and other sizes are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.expressions import ExpressionError
from app.matrices.evaluation import Evaluator
from app.matrices.margins import Array, Margins
from app.matrices.nodes import Node, walk
from app.matrices.shapes import Shape, letters_of, size_of

LEAST_MARGIN: Final = 0.02
LEAST_SINGULAR: Final = 0.1
LARGEST_VALUE: Final = 1e6
"""The largest value of a part, for every unit of the numbers that are written in it."""
LARGEST_FACTOR: Final = 1e200
MOST_ENTRIES: Final = 60_000
TRIES: Final = 160
_SIZES: Final = (
    (3, 4, 2, 5, 6),
    (4, 2, 5, 3, 6),
    (2, 5, 3, 4, 6),
    (5, 3, 4, 2, 6),
    (2, 3, 4, 5, 6),
)


@dataclass(frozen=True, slots=True)
class Point:
    """Sizes of all letters and values (rows × columns) of all symbols."""

    sizes: Mapping[str, int]
    values: Mapping[str, Array]


def random_points(
    nodes: Sequence[Node], symbols: Mapping[str, Node], seed: int = 0
) -> Iterator[Point]:
    """Points at which all of ``nodes`` have good values; each with other sizes where possible."""
    generator = np.random.default_rng(seed)
    letters = _letters(nodes, symbols)
    shapes = {part.shape for node in nodes for part in walk(node)}
    found, small = 0, False
    for attempt in range(TRIES):
        sizes = _sizes(letters, symbols, found + attempt // 8)
        if not _is_small(shapes, sizes):
            continue
        small = True
        values = values_drawn(symbols, sizes, generator, attempt)
        if is_admissible(nodes, values, sizes):
            found += 1
            yield Point(sizes, values)
    if not small:
        raise _too_large()


def values_drawn(
    symbols: Mapping[str, Node],
    sizes: Mapping[str, int],
    generator: np.random.Generator,
    attempt: int,
) -> dict[str, Array]:
    """Random values with the declared properties; later attempts are drawn in other ways."""
    style = _STYLES[attempt % len(_STYLES)] if attempt >= 4 else _STYLES[0]
    return {name: random_value(node, sizes, generator, style) for name, node in symbols.items()}


def _too_large() -> ExpressionError:
    return ExpressionError(
        "too-large",
        "The arrays of this expression are too large to be checked, even for the smallest sizes.",
        hint="Give a name to a part, such as B for kron(A, A).",
    )


def no_point() -> ExpressionError:
    return ExpressionError(
        "not-differentiable",
        "No point was found where this expression has a finite value that can be checked.",
        hint="Declare what its names must satisfy: “a: positive”, “S: n,n positive-definite”.",
    )


def unconfirmed() -> ExpressionError:
    return ExpressionError(
        "not-differentiable",
        "The values of this expression hide its changes: no difference quotient confirms a "
        "derivative.",
        hint="Leave out numbers that are far larger than the rest, or give them a name.",
    )


def _is_small(shapes: Iterable[Shape], sizes: Mapping[str, int]) -> bool:
    """Whether no part has too many entries; nested Kronecker products soon have."""
    return all(size_of(shape.entries, sizes) <= MOST_ENTRIES for shape in shapes)


def is_admissible(
    nodes: Sequence[Node], values: Mapping[str, Array], sizes: Mapping[str, int]
) -> bool:
    """Whether all nodes, with all their parts, are finite here and far from every kink and pole."""
    margins = Margins()
    evaluator = Evaluator(values, sizes, margins)
    with np.errstate(all="ignore"):
        for node in nodes:
            evaluator(node)
    largest = LARGEST_VALUE * _written(nodes)
    finite = all(np.all(np.abs(part) < largest) for part in evaluator.known.values())
    return finite and margins.kink > LEAST_MARGIN and margins.singular > LEAST_SINGULAR


def _written(nodes: Sequence[Node]) -> float:
    """How large the numbers that are written in the nodes can make a value: 10⁸ in 10⁸·x."""
    numbers = {p.parameter for node in nodes for p in walk(node) if p.operation == "number"}
    product = 1.0
    for value in numbers:
        product = min(product * max(1.0, abs(float(value))), LARGEST_FACTOR)
    return product


def _letters(nodes: Sequence[Node], symbols: Mapping[str, Node]) -> list[str]:
    """The letters in order of appearance in declared shapes, then those of eye and ones."""
    ordered: dict[str, None] = {}
    parts = [*symbols.values(), *(part for node in nodes for part in walk(node))]
    for part in parts:
        shape = part.shape
        dimensions = part.parameter if part.operation == "comm" else (shape.rows, shape.columns)
        for dimension in dimensions:
            ordered.update(dict.fromkeys(sorted(letters_of([dimension]))))
    return list(ordered)


def _sizes(letters: Sequence[str], symbols: Mapping[str, Node], turn: int) -> dict[str, int]:
    """Distinct sizes, also distinct from declared numbers; another assignment at every turn."""
    taken = {axis for node in symbols.values() for axis in node.shape.axes if isinstance(axis, int)}
    base = [*_SIZES[turn % len(_SIZES)], *range(7, 7 + len(letters))]
    free = [size for size in base if size not in taken]
    free += [size for size in range(7, 40) if size not in taken and size not in free]
    return dict(zip(letters, free, strict=False))


# ------------------------------------------------------------------------------- values

Style = Callable[[Array], Array]
_STYLES: Final[tuple[Style, ...]] = (
    lambda x: x,
    lambda x: 0.3 + np.abs(x),
    lambda x: 0.4 * x,
    lambda x: 0.85 * np.tanh(x),
    lambda x: _dominant(x),
    lambda x: 0.1 + 0.3 * np.abs(x),
    lambda x: 1.2 + np.abs(x),
    lambda x: _definite(x),
)
"""Ways to draw a value about which nothing is declared; the first is the normal distribution."""


def random_value(
    node: Node, sizes: Mapping[str, int], generator: np.random.Generator, style: Style
) -> Array:
    """A value that has what was declared; ``style`` is used where nothing was."""
    rows, columns = size_of(node.shape.rows, sizes), size_of(node.shape.columns, sizes)
    drawn = generator.standard_normal((rows, columns))
    for name, make in _MAKERS:
        if name in node.parameter.properties:
            return make(drawn)
    return style(drawn)


def _dominant(x: Array) -> Array:
    """Nonsingular with positive determinant where square."""
    if x.shape[0] != x.shape[1] or x.shape[0] == 1:
        return x
    value = 0.5 * x + 1.5 * np.eye(len(x))
    return value if np.linalg.det(value) > 0 else 2.0 * np.eye(len(x)) + 0.2 * x


def _definite(x: Array) -> Array:
    if x.shape[0] != x.shape[1] or x.shape[0] == 1:
        return np.abs(x) + 0.3
    return x @ x.T / len(x) + np.eye(len(x))


def _orthogonal(x: Array) -> Array:
    q, r = np.linalg.qr(x)
    signed: Array = q * np.sign(np.diagonal(r))
    return signed


def _diagonal(x: Array) -> Array:
    return np.diag(0.5 * np.sign(np.diagonal(x)) + np.diagonal(x))


_MAKERS: Final[tuple[tuple[str, Style], ...]] = (
    ("orthogonal", _orthogonal),
    ("positive-definite", _definite),
    ("diagonal", _diagonal),
    ("symmetric", lambda x: (x + x.T) / 2),
    ("skew", lambda x: (x - x.T) / 2),
    ("positive", lambda x: 0.3 + np.abs(x)),
    ("nonsingular", lambda x: _dominant(x)),
)
"""How to draw a value with a declared property; the most special property wins."""
