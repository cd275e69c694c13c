"""Sizes for the letters and numbers for the names: small, and different on every axis.

A transposition cannot hide when no two axes have the same size.  Among the small sizes those are
taken that give a derivative which can be seen at a glance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, permutations
from typing import Final

import numpy as np

from app.entries.limits import LARGEST_ARRAY, LARGEST_DERIVATIVE, too_large
from app.matrices.margins import Array
from app.matrices.nodes import Node, walk
from app.matrices.points import TRIES, is_admissible, no_point, values_drawn
from app.matrices.shapes import letters_of, size_of

SMALLEST: Final = 2
AT_A_GLANCE: Final = 24
MOST_CHOICES: Final = 720
MOST_SIZES: Final = 8
DECIMALS: Final = 1
FEW: Final = 6
SEED: Final = 6


def starting_point(
    nodes: Sequence[Node], symbols: Mapping[str, Node], shown: Node
) -> tuple[dict[str, int], dict[str, Array]]:
    """Sizes for all letters and short numbers for all names, with the declared properties.

    At this point all ``nodes`` are finite and far from every kink and pole; ``shown`` is the form
    of the derivative that has to fit a page.  Raises ``ExpressionError``: too-large when even the
    smallest sizes give too many entries, not-differentiable when no point is found.
    """
    choices = list(islice(_choices([*nodes, shown], symbols), MOST_CHOICES))
    choices.sort(key=lambda sizes: _badness(sizes, symbols, shown))
    _check_size(choices[0], symbols, shown)
    for sizes in choices[:MOST_SIZES]:
        values = _values(nodes, symbols, sizes)
        if values is not None:
            return sizes, values
    raise no_point()


def _check_size(sizes: Mapping[str, int], symbols: Mapping[str, Node], shown: Node) -> None:
    if (count := _entries([shown], sizes)) > LARGEST_DERIVATIVE:
        raise too_large(f"This derivative has too many entries ({count})")
    if _entries(symbols.values(), sizes) > LARGEST_ARRAY:
        raise too_large("These names have too many entries")


def _choices(nodes: Sequence[Node], symbols: Mapping[str, Node]) -> Iterator[dict[str, int]]:
    """Different sizes for different letters, none that was declared as a number."""
    parts = [*symbols.values(), *(part for node in nodes for part in walk(node))]
    letters = sorted({letter for part in parts for letter in _letters(part)})
    taken = {axis for part in parts for axis in part.shape.axes if isinstance(axis, int)}
    count = max(len(letters), 2)
    free = [size for size in range(SMALLEST, SMALLEST + count + len(taken)) if size not in taken]
    for chosen in permutations(free[:count], len(letters)):
        yield dict(zip(letters, chosen, strict=True))


def _letters(node: Node) -> set[str]:
    dimensions = (node.shape.rows, node.shape.columns)
    return letters_of(node.parameter if node.operation == "comm" else dimensions)


def _badness(sizes: Mapping[str, int], symbols: Mapping[str, Node], shown: Node) -> tuple[int, int]:
    """A derivative at a glance, as large as that allows; then few numbers to type."""
    count = _entries([shown], sizes)
    return count if count > AT_A_GLANCE else -count, _entries(symbols.values(), sizes)


def _entries(nodes: Iterable[Node], sizes: Mapping[str, int]) -> int:
    return sum(size_of(node.shape.entries, sizes) for node in nodes)


def _values(
    nodes: Sequence[Node], symbols: Mapping[str, Node], sizes: Mapping[str, int]
) -> dict[str, Array] | None:
    generator = np.random.default_rng(SEED)
    for attempt in range(TRIES):
        drawn = values_drawn(symbols, sizes, generator, attempt)
        values = {name: _short(symbols[name], value) for name, value in drawn.items()}
        if attempt < TRIES // 2 and not all(map(_distinguishable, values.values())):
            continue
        if is_admissible(nodes, values, sizes):
            return values
    return None


def _short(node: Node, value: Array) -> Array:
    """Rounded, unless rounding would take a declared property away."""
    if "orthogonal" in node.parameter.properties:
        return value
    rounded: Array = np.round(value, DECIMALS)
    return rounded


def _distinguishable(value: Array) -> bool:
    """Whether the entries of a small array differ in size: a swap of two of them would show."""
    sizes = np.abs(value.ravel())
    if value.size > FEW:
        return True
    return bool(np.min(sizes) > 0 and len(np.unique(sizes)) == value.size)
