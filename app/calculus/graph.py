"""The growing program behind a tape: nodes that are shared, folded and never changed.

Equal operations on equal operands are one node, and constants are calculated at once, but only in
ways that leave every IEEE result as it is: x·1 is x and x/1 is x for every x, infinities and NaN
included, while x·0 is left alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from app.calculus.operations import OPERATIONS
from app.calculus.tape import NestedSlots, Step, Tape

Node = int
"""The number of a node within its graph."""


class Graph:
    """A program under construction; nodes stand in an order in which they can be evaluated."""

    def __init__(self, inputs: Sequence[str]) -> None:
        self.input_names = tuple(inputs)
        self.steps: list[Step | None] = [None] * len(self.input_names)
        self.values: dict[Node, float] = {}
        self._known: dict[Step | float, Node] = {}

    @property
    def inputs(self) -> range:
        """The nodes of the variables."""
        return range(len(self.input_names))

    def constant(self, value: float) -> Node:
        if value == 0:
            value = 0.0  # one zero; the language cannot tell -0 from it
        node = self._known.get(value)
        if node is None:
            node = self._known[value] = self._append(None)
            self.values[node] = value
        return node

    def apply(self, name: str, *operands: Node) -> Node:
        """The node of an operation: an earlier one, a folded constant, or a new one."""
        step = Step(name, operands)
        if (known := self._known.get(step)) is not None:
            return known
        node = self._identity(name, operands)
        if node is None:
            node = self._folded(name, operands)
        if node is None:
            node = self._append(step)
        self._known[step] = node
        return node

    def _append(self, step: Step | None) -> Node:
        self.steps.append(step)
        return len(self.steps) - 1

    def _identity(self, name: str, operands: tuple[Node, ...]) -> Node | None:
        """The operand or negation that an operation with a constant ±1 amounts to."""
        if name == "neg" and (step := self.steps[operands[0]]) and step.name == "neg":
            return step.operands[0]
        if name not in {"mul", "div", "pow"}:
            return None
        left, right = operands
        if self.values.get(right) == 1:
            return left
        if name == "mul" and self.values.get(left) == 1:
            return right
        for one, other in ((left, right), (right, left)):
            if name == "mul" and self.values.get(one) == -1:
                return self.apply("neg", other)
        return None

    def _folded(self, name: str, operands: tuple[Node, ...]) -> Node | None:
        """The constant that an operation on constants gives, as long as it is finite."""
        if not all(operand in self.values for operand in operands):
            return None
        with np.errstate(all="ignore"):
            arguments = [np.float64(self.values[operand]) for operand in operands]
            value = float(OPERATIONS[name].apply(*arguments))
        return self.constant(value) if math.isfinite(value) else None

    # Shorthands for those who write formulas

    def add(self, a: Node, b: Node) -> Node:
        return self.apply("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        return self.apply("sub", a, b)

    def mul(self, a: Node, b: Node) -> Node:
        return self.apply("mul", a, b)

    def div(self, a: Node, b: Node) -> Node:
        return self.apply("div", a, b)

    def neg(self, a: Node) -> Node:
        return self.apply("neg", a)

    def power(self, base: Node, exponent: Node) -> Node:
        """``base ^ exponent``; small whole exponents become products, which are exact and fast."""
        match self.values.get(exponent):
            case 2.0:
                return self.mul(base, base)
            case 3.0:
                return self.mul(self.mul(base, base), base)
            case 4.0:
                square = self.mul(base, base)
                return self.mul(square, square)
            case 0.5:
                return self.apply("sqrt", base)
            case -1.0:
                return self.div(self.constant(1), base)
        if self.values.get(base) == math.e:
            return self.apply("exp", exponent)
        return self.apply("pow", base, exponent)

    def tape(self, outputs: Mapping[str, NestedSlots]) -> Tape:
        """The finished tape of these outputs, without the nodes that none of them needs."""
        needed = self._needed(outputs)
        constants = [node for node in needed if node in self.values]
        steps = [node for node in needed if self.steps[node] is not None]
        order = [*self.inputs, *constants, *steps]
        slots = {node: slot for slot, node in enumerate(order)}
        return Tape(
            self.input_names,
            tuple(self.values[node] for node in constants),
            tuple(_renumbered(self.steps[node], slots) for node in steps),
            {name: _renumber(nodes, slots) for name, nodes in outputs.items()},
        )

    def _needed(self, outputs: Mapping[str, NestedSlots]) -> list[Node]:
        needed = set(flat_nodes(tuple(outputs.values())))
        for node in reversed(range(len(self.steps))):
            step = self.steps[node]
            if node in needed and step is not None:
                needed.update(step.operands)
        return sorted(needed)


def flat_nodes(nodes: NestedSlots) -> list[Node]:
    """All nodes of a nested output, in order."""
    if isinstance(nodes, int):
        return [nodes]
    return [node for inner in nodes for node in flat_nodes(inner)]


def _renumber(nodes: NestedSlots, slots: Mapping[Node, int]) -> NestedSlots:
    if isinstance(nodes, int):
        return slots[nodes]
    return tuple(_renumber(inner, slots) for inner in nodes)


def _renumbered(step: Step | None, slots: Mapping[Node, int]) -> Step:
    assert step is not None, "only operations are renumbered"
    return Step(step.name, tuple(slots[operand] for operand in step.operands))
