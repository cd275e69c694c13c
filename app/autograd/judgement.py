"""All checks of one backward pass: its shape, its symbols, its numbers; and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.autograd.differences import Curve, error_curve
from app.autograd.layer import Layer
from app.autograd.mistakes import Mistake, recognise
from app.autograd.pullback import Pullback, pullback_of
from app.diagnostics import Problem
from app.expressions import ExpressionError
from app.matrices.equivalence import Equivalence, compare
from app.matrices.nodes import Node
from app.matrices.shapes import Shape

Verdict = Literal["right", "wrong", "unread", "unwritten"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one input.

    ``own`` is the backward pass as typed (None where it cannot be read, or is not written);
    ``shape`` its shape if it has one; ``equivalence`` how symbols decided; ``problem`` why it
    could not be read, with a span in its text.
    """

    name: str
    text: str
    pullback: Pullback
    curve: Curve
    own: Node | None = None
    shape: Shape | None = None
    equivalence: Equivalence | None = None
    mistake: Mistake | None = None
    problem: Problem | None = None

    @property
    def verdict(self) -> Verdict:
        if not self.text.strip():
            return "unwritten"
        if self.equivalence is not None and self.equivalence.agree and self.curve.agrees:
            return "right"
        return "unread" if self.problem is not None else "wrong"


def judge(layer: Layer, name: str, text: str) -> Judgement:
    """Check the backward pass by one input.

    Raises ``LayerError`` for a name that is no input, ``ExpressionError`` where the forward pass
    has no derivative, ``CheckError`` where the engine's own answer fails.
    """
    pullback = pullback_of(layer, layer.input(name))
    if not text.strip():
        return Judgement(name, text, pullback, error_curve(layer, pullback, None))
    try:
        typed = _read(layer, text, pullback)
        return _judged(layer, pullback, name, text, typed)
    except ExpressionError as error:
        return _unread(layer, pullback, name, text, error)


def _judged(layer: Layer, pullback: Pullback, name: str, text: str, typed: Node) -> Judgement:
    own = layer.written_out(typed)
    equivalence = compare(own, pullback.node, layer.symbols)
    fits = own.shape == pullback.variable.shape
    curve = error_curve(layer, pullback, own if fits else None)
    right = equivalence.agree and curve.agrees
    mistake = None if right else recognise(layer, pullback, own, text)
    return Judgement(name, text, pullback, curve, typed, own.shape, equivalence, mistake)


def _read(layer: Layer, text: str, pullback: Pullback) -> Node:
    """The node in the shape of the input if it can have it, else in whatever shape it has."""
    try:
        return layer.as_typed(text, pullback.variable.shape)
    except ExpressionError as error:
        if error.code != "shape":
            raise
        try:
            return layer.as_typed(text)
        except ExpressionError:
            raise error from None


def _unread(
    layer: Layer, pullback: Pullback, name: str, text: str, error: ExpressionError
) -> Judgement:
    """Shapes within the text that do not fit have a reason more often than not."""
    mistake = recognise(layer, pullback, None, text) if error.code == "shape" else None
    curve = error_curve(layer, pullback, None)
    return Judgement(name, text, pullback, curve, mistake=mistake, problem=error.problem)
