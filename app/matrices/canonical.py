"""Whether two derivatives are the same one under other names.

``a'*x`` by ``x`` and ``w'*z`` by ``z`` are one identity.  ``signature`` writes an expression with
its variables numbered in the order in which they are met, its dimensions too, and commutative
operands in an order that no name has a say in; equal signatures mean the same derivative.  The
converse is not promised: two forms that only a rule of algebra makes equal may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.matrices.nodes import Node, Symbol
from app.matrices.operations import COMMUTATIVE
from app.matrices.shapes import Dimension


def signature(node: Node, variables: Sequence[Node]) -> str:
    """The derivative of ``node`` by ``variables``, without the names in it."""
    writer = _Writer()
    parts = [writer.written(each) for each in (node, *variables)]
    return "; ".join([*parts, *(writer.kind(each) for each in writer.symbols.values())])


@dataclass(slots=True)
class _Writer:
    """Numbers for names, given in the order in which they are met."""

    symbols: dict[str, Node] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def written(self, node: Node) -> str:
        """The expression with numbers for its names."""
        if isinstance(node.parameter, Symbol):
            name = node.parameter.name
            self.symbols.setdefault(name, node)
            return f"v{list(self.symbols).index(name)}"
        if not node.operands and node.operation != "number":
            sizes = node.parameter if isinstance(node.parameter, tuple) else node.shape.axes
            return f"{node.operation}{self._sizes(sizes)}"
        operands = ",".join(self.written(operand) for operand in _ordered(node))
        return f"{_head(node)}({operands})"

    def kind(self, symbol: Node) -> str:
        """What was declared of a variable."""
        return f"{_blind(symbol)}{self._sizes(symbol.shape.axes)}"

    def _sizes(self, dimensions: Sequence[Dimension]) -> str:
        return f"[{','.join(map(self._dimension, dimensions))}]"

    def _dimension(self, dimension: Dimension) -> str:
        if isinstance(dimension, tuple):
            return "*".join(sorted(self._dimension(factor) for factor in dimension))
        if isinstance(dimension, int):
            return str(dimension)
        return f"d{self.sizes.setdefault(dimension, len(self.sizes))}"


def _head(node: Node) -> str:
    return node.operation if node.parameter is None else f"{node.operation}:{node.parameter}"


def _ordered(node: Node) -> Iterable[Node]:
    """The operands, where their order is free in one that depends on no name."""
    return sorted(node.operands, key=_blind) if node.operation in COMMUTATIVE else node.operands


def _blind(node: Node) -> str:
    """The expression with the kinds and properties of its variables in the place of names."""
    if isinstance(node.parameter, Symbol):
        return f"{node.shape.kind} {'+'.join(sorted(node.parameter.properties))}"
    head = node.operation if not node.operands and node.operation != "number" else _head(node)
    return f"{head}({','.join(_blind(operand) for operand in _ordered(node))})"


__all__ = ["signature"]
