"""What the reader wrote: a forward pass, the name of its cotangent, and a text for each gradient.

In a backward pass the names of the forward pass keep their meaning; besides them there are the
cotangent (G, or g where the value is no matrix) and, if the name is free, the value itself (Y or
y), because a layer may save what it has returned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.diagnostics import NablaError, Problem, did_you_mean
from app.expressions import ExpressionError
from app.expressions.reading import read
from app.expressions.syntax import Name
from app.matrices import nodes
from app.matrices.elaboration import Problem as Reading
from app.matrices.elaboration import elaborate, free_names
from app.matrices.kinds import elaborate_kindly, note_on
from app.matrices.nodes import Node, walk
from app.matrices.printers.text import to_text
from app.matrices.shapes import Shape

MOST_INPUTS: Final = 6
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")
_MATRIX_COTANGENTS: Final = ("G", "H", "C", "Gbar")
_OTHER_COTANGENTS: Final = ("g", "h", "c", "gbar")


class LayerError(NablaError):
    """Something is wrong with a layer; ``field`` is ``forward``, ``cotangent``, ``backward.X`` …"""

    def __init__(self, problem: Problem, field: str) -> None:
        super().__init__(problem)
        self.field = field


@dataclass(frozen=True, slots=True)
class Layer:
    """A forward pass that was understood; ``value`` is None where Y and y are taken."""

    reading: Reading
    cotangent: Node
    value: Node | None
    notes: tuple[str, ...]

    @property
    def forward(self) -> Node:
        return self.reading.node

    @property
    def inputs(self) -> Mapping[str, Node]:
        """The names that occur in the forward pass: what there may be a gradient by."""
        occurring = _names_in(self.forward)
        return {name: node for name, node in self.reading.symbols.items() if name in occurring}

    @property
    def symbols(self) -> Mapping[str, Node]:
        """All that has a value at a point: the inputs and the cotangent."""
        return {**self.inputs, self.cotangent.parameter.name: self.cotangent}

    def input(self, name: str) -> Node:
        """The input of that name.  Raises ``LayerError``."""
        if name in self.inputs:
            return self.inputs[name]
        shown = name if _NAME.fullmatch(name) else "That"
        message = f"{shown} does not occur in the forward pass, so nothing is passed back to it."
        hint = did_you_mean(name[:24], self.inputs) or f"Its inputs are {', '.join(self.inputs)}."
        raise LayerError(Problem("unknown-name", message, None, hint), f"backward.{name[:24]}")

    def as_typed(self, text: str, expected: Shape | None = None) -> Node:
        """A backward pass as a node over ``names_of_backward``, where the value keeps its name.

        Raises ``ExpressionError`` with spans in ``text``.
        """
        known = self.names_of_backward
        syntax = read(text, variables=list(known), mode="matrix").syntax
        for name in free_names(syntax):
            if name.name not in known:
                raise self._unknown(name)
        return elaborate(text, symbols=known, expected=expected).node

    @property
    def names_of_backward(self) -> dict[str, Node]:
        """Every name that a backward pass may use."""
        value = {} if self.value is None else {self.value.parameter.name: self.value}
        return {**self.symbols, **value}

    def written_out(self, node: Node) -> Node:
        """The node with the forward pass in the place of the value's name."""
        return node if self.value is None else nodes.substitute(node, self.value, self.forward)

    def _unknown(self, name: Name) -> ExpressionError:
        known = self.names_of_backward
        hint = did_you_mean(name.name, known) or f"There are {', '.join(known)}."
        message = (
            f"{name.name} is no name of this layer: a backward pass has its inputs and cotangent."
        )
        return ExpressionError("unknown-name", message, name.span, hint)


def read_layer(forward: str, given: str = "", cotangent: str = "") -> Layer:
    """Read a forward pass.  Raises ``LayerError`` that says which field is meant."""
    try:
        reading, as_columns = elaborate_kindly(forward, given)
    except ExpressionError as error:
        raise LayerError(error.problem, "forward") from None
    _check(reading)
    name = _cotangent_name(cotangent, reading)
    kind = reading.node.shape.kind
    free = "Y" if kind == "matrix" else "y"
    value = None if free in (*reading.symbols, name) else nodes.symbol(free, reading.node.shape)
    notes = (note_on(as_columns),) if as_columns else ()
    return Layer(reading, nodes.symbol(name, reading.node.shape), value, notes)


def _check(reading: Reading) -> None:
    node = reading.node
    names = _names_in(node)
    if not names:
        message = "There is no input in this forward pass, so nothing can be passed back."
        hint = "Use names for what varies, as in X*W + ones(n)*b'."
        raise LayerError(Problem("not-differentiable", message, None, hint), "forward")
    if len(names) > MOST_INPUTS:
        message = f"The layer has {len(names)} inputs; at most {MOST_INPUTS} are checked."
        raise LayerError(Problem("too-large", message, None, "Leave some out."), "forward")
    if node.shape.kind == "row":
        message = f"The forward pass returns {node.shape}; a layer returns columns or matrices."
        hint = f"Write its transpose, ({to_text(node)})'."
        raise LayerError(Problem("shape", message, None, hint), "forward")


def _cotangent_name(wanted: str, reading: Reading) -> str:
    taken = _names_in(reading.node)
    if not wanted:
        usual = _MATRIX_COTANGENTS if reading.node.shape.kind == "matrix" else _OTHER_COTANGENTS
        return next((name for name in usual if name not in taken), f"{usual[-1]}0")
    if wanted == "pi":
        message = "pi is a number already, so the cotangent cannot be called so."
        raise LayerError(Problem("syntax", message, None, "Such as G."), "cotangent")
    if not _NAME.fullmatch(wanted):
        message = "The cotangent needs a name: a letter, then letters and digits."
        raise LayerError(Problem("syntax", message, None, "Such as G."), "cotangent")
    if wanted in taken:
        message = (
            f"{wanted} is an input of the layer already, so the cotangent cannot be called so."
        )
        raise LayerError(Problem("syntax", message, None, "Such as G or Ybar."), "cotangent")
    return wanted


def _names_in(node: Node) -> dict[str, None]:
    """The names that occur, in order."""
    parts = (part for part in walk(node) if part.operation == "symbol")
    return dict.fromkeys(part.parameter.name for part in parts if part.parameter.name != "pi")
