"""The engine's own backward pass: the gradient of ⟨G, F(X)⟩ = tr(G'·F(X)) by X, G held constant."""

from __future__ import annotations

from dataclasses import dataclass

from app.autograd.layer import Layer
from app.matrices import nodes
from app.matrices.core import FirstDerivative, first_derivative
from app.matrices.nodes import Node
from app.matrices.notes import notes_of
from app.matrices.rewriting import Simplifier, finished
from app.matrices.rules import inner
from app.matrices.transport import Functional


@dataclass(frozen=True, slots=True)
class Pullback:
    """The right gradient, in the shape of its input, and the terms that it is the sum of."""

    variable: Node
    node: Node
    terms: tuple[Node, ...]
    notes: tuple[str, ...]


def pairing(forward: Node, cotangent: Node) -> Node:
    """⟨G, F⟩: a scalar, linear in the cotangent."""
    if forward.is_scalar:
        return nodes.times(cotangent, forward)
    return inner(cotangent, forward)


def pullback_of(layer: Layer, variable: Node) -> Pullback:
    """The vector-Jacobian product for one input.

    Raises ``ExpressionError`` where an operation has no rule or the result grows too long.
    """
    return _pullback(layer.forward, layer.cotangent, variable)


def _pullback(forward: Node, cotangent: Node, variable: Node) -> Pullback:
    simplifier = Simplifier()
    found = first_derivative(pairing(forward, cotangent), variable, simplifier)
    terms = tuple(simplifier(term) for term in _terms(found))
    return Pullback(
        variable, finished(found.found.denominator), terms, notes_of([found], [variable])
    )


def _terms(found: FirstDerivative) -> list[Node]:
    return [each.cotangent for each in found.maps if isinstance(each, Functional)]


def held_constant(layer: Layer, variable: Node, part: Node) -> Node:
    """What comes out when a part of the forward pass is treated as a constant, by mistake."""
    frozen = nodes.symbol(f"frozen{part.digest}", part.shape)
    forward = nodes.substitute(layer.forward, part, frozen)
    found = _pullback(forward, layer.cotangent, variable)
    return nodes.substitute(found.node, frozen, part)


def gradient_by_part(layer: Layer, part: Node) -> Node:
    """The gradient by a part of the forward pass, as if that part were the input."""
    name = nodes.symbol(f"part{part.digest}", part.shape)
    found = _pullback(nodes.substitute(layer.forward, part, name), layer.cotangent, name)
    return nodes.substitute(found.node, name, part)
