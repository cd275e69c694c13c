"""Misreadings of a right gradient: what the usual mistakes would make of it.

Every suspect is made from the engine's answer or from the forward pass, by doing wrong one thing
that people do wrong.  A wrong backward pass that is equal to a suspect has been recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from app.autograd.layer import Layer
from app.autograd.pullback import Pullback, gradient_by_part, held_constant, pullback_of
from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.core import first_derivative
from app.matrices.expansion import normal_form
from app.matrices.nodes import Node, walk
from app.matrices.printers.text import to_text
from app.matrices.rewriting import Simplifier, simplify
from app.matrices.shapes import matrix

Kind = Literal[
    "sign",
    "wrong layout",
    "transposed",
    "sum over the batch",
    "wrong axis",
    "missing factor",
    "missing term",
    "no cotangent",
    "pushforward",
    "order of factors",
    "superfluous term",
    "other input",
]
MOST: Final = 120
"""More misreadings of one answer are not tried."""
MOST_FROZEN: Final = 24
LONGEST_SHOWN: Final = 90


@dataclass(frozen=True, slots=True)
class Suspect:
    """A gradient as a mistake would have it, and the sentence that names the mistake."""

    kind: Kind
    sentence: str
    node: Node


def as_a_whole(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    """The answer with one thing done wrong at its very end, of any shape."""
    yield from _of_the_whole(pullback)
    yield from _without_cotangent(layer, pullback)


def in_parts(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    """The answer with a mistake on the way, the most telling first."""
    sources = (
        _frozen(layer, pullback),
        _diagonal(layer, pullback),
        _other_inputs(layer, pullback),
        _transposes(pullback),
        _axes(pullback),
        _terms(pullback),
        _factors(pullback),
    )
    yield from islice((each for source in sources for each in source), MOST)


def _of_the_whole(pullback: Pullback) -> Iterator[Suspect]:
    right = pullback.node
    told = "The sign is wrong: this is −1 times the gradient."
    yield Suspect("sign", told, nodes.negative(right))
    if right.is_scalar:
        return
    name = pullback.variable.parameter.name
    told = (
        "This is the derivative in numerator layout. A backward pass returns the gradient in the "
        f"shape of {name}: transpose it."
    )
    yield Suspect("wrong layout", told, simplify(nodes.transpose(right)))
    told = f"This sums over too much: the gradient has the shape of {name}, and this is its sum."
    yield Suspect("sum over the batch", told, nodes.apply("sum", right))


def _without_cotangent(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    cotangent = layer.cotangent
    name = cotangent.parameter.name
    yield Suspect(
        "no cotangent",
        f"The incoming cotangent {name} is missing: this is the gradient of the sum of the value.",
        nodes.substitute(pullback.node, cotangent, nodes.ones(cotangent.shape)),
    )
    jacobian = _jacobian(layer, pullback)
    if jacobian is None:
        return
    told = f"This is the Jacobian itself. A backward pass returns its transpose times {name}."
    yield Suspect("no cotangent", told, jacobian)
    yield Suspect("no cotangent", told, nodes.transpose(jacobian))
    if jacobian.shape.columns == cotangent.shape.rows:
        yield Suspect(
            "pushforward",
            f"This is the Jacobian times {name}, a pushforward. A backward pass multiplies by the "
            "transpose of the Jacobian.",
            nodes.product(jacobian, cotangent),
        )


def _jacobian(layer: Layer, pullback: Pullback) -> Node | None:
    """The matrix of partial derivatives where a column depends on a column."""
    if {layer.cotangent.shape.kind, pullback.variable.shape.kind} != {"column"}:
        return None
    return first_derivative(layer.forward, pullback.variable, Simplifier()).found.numerator


def _diagonal(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    jacobian = _jacobian(layer, pullback)
    if jacobian is not None and jacobian.shape.is_square:
        name = pullback.variable.parameter.name
        told = (
            "Only the diagonal of the Jacobian is used: every entry of the value may depend on "
            f"every entry of {name}."
        )
        own = nodes.diag(jacobian)
        yield Suspect("missing term", told, nodes.hadamard(own, layer.cotangent))


def _other_inputs(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    wanted = pullback.variable.parameter.name
    for name, node in layer.inputs.items():
        if node == pullback.variable:
            continue
        told = f"This is the gradient by {name}; here the gradient by {wanted} is asked for."
        try:
            yield Suspect("other input", told, pullback_of(layer, node).node)
        except ExpressionError:
            continue


# -------------------------------------------------------------------------------- terms


def _is_telling(part: Node, variable: Node) -> bool:
    """Whether a part varies, and is not just a multiple or a reciprocal of one that says it."""
    factors = part.operands[:-1] if part.operation == "times" else part.operands[1:]
    same = part.operation in ("times", "power", "element_power") and all(
        each.operation == "number" for each in factors
    )
    return nodes.contains(part, variable) and not same


def _terms(pullback: Pullback) -> Iterator[Suspect]:
    right = pullback.node
    for term in _distinct([*pullback.terms, *_summands(right), *_summands(normal_form(right))]):
        if term == right or term.shape != right.shape:
            continue
        text = shown(term, "that comes through one part of the forward pass")
        yield Suspect("missing term", f"The term {text} is missing.", nodes.subtract(right, term))
        turned = nodes.subtract(right, nodes.times(nodes.TWO, term))
        yield Suspect("sign", f"The sign of the term {text} is wrong.", turned)


def shown(node: Node, otherwise: str) -> str:
    """A part as text where it is short enough to be read in a sentence."""
    text = to_text(node)
    return text if len(text) <= LONGEST_SHOWN else otherwise


def _summands(node: Node) -> tuple[Node, ...]:
    if node.operation == "add":
        return node.operands
    if node.operation in ("times", "hadamard"):
        parts = node.operands
        place = next((i for i, part in enumerate(parts) if part.operation == "add"), None)
        if place is not None:
            return tuple(
                nodes.make(node.operation, (*parts[:place], term, *parts[place + 1 :]))
                for term in parts[place].operands
                if term.shape == parts[place].shape
            )
    return ()


def _frozen(layer: Layer, pullback: Pullback) -> Iterator[Suspect]:
    """Parts of the forward pass that vary with the input, and whose derivative was forgotten."""
    variable, name = pullback.variable, pullback.variable.parameter.name
    varying = [
        part
        for part in _distinct(walk(layer.forward))
        if part not in (layer.forward, variable) and _is_telling(part, variable)
    ]
    for part in sorted(varying, key=lambda each: -each.size)[:MOST_FROZEN]:
        text = shown(part, "a part of the forward pass")
        try:
            constant = held_constant(layer, variable, part)
            yield Suspect(
                "missing term",
                f"A term is missing: {text} was treated as a constant, but it varies with {name}.",
                constant,
            )
            if part.shape == variable.shape:
                yield Suspect(
                    "missing factor",
                    f"The inner derivative is missing: that of {text} by {name}.",
                    nodes.add(constant, gradient_by_part(layer, part)),
                )
        except ExpressionError:
            continue


# ------------------------------------------------------------------- factors, transposes


def _factors(pullback: Pullback) -> Iterator[Suspect]:
    """The answer without one of its factors."""
    for form in _distinct([pullback.node, normal_form(pullback.node)]):
        for part in _distinct(walk(form)):
            if part.operation not in ("times", "hadamard", "product"):
                continue
            for factor, rest in _without_one(part):
                sentence = f"The factor {shown(factor, 'that one part contributes')} is missing."
                yield Suspect("missing factor", sentence, nodes.substitute(form, part, rest))


def _without_one(part: Node) -> Iterator[tuple[Node, Node]]:
    operands = part.operands
    for index, factor in enumerate(operands):
        others = (*operands[:index], *operands[index + 1 :])
        try:
            rest = others[0] if len(others) == 1 else nodes.make(part.operation, others)
        except ExpressionError:
            continue
        if rest.shape == part.shape:
            yield factor, rest


def _transposes(pullback: Pullback) -> Iterator[Suspect]:
    """The answer with one square matrix turned, or with one transpose forgotten."""
    right = pullback.node
    for part in _distinct(walk(right)):
        if part.operation == "symbol" and part.shape.is_square:
            text = to_text(part)
            turned = nodes.substitute(right, part, nodes.transpose(part))
            yield Suspect("transposed", f"{text} must be transposed where it stands.", turned)
            yield from _taken_for_symmetric(right, part)


def _taken_for_symmetric(right: Node, part: Node) -> Iterator[Suspect]:
    """The answer where a matrix and its transpose were not told apart."""
    turned, kept = nodes.transpose(part), nodes.symbol(f"kept{part.digest}", part.shape)
    set_aside = nodes.substitute(right, turned, kept)
    text = to_text(part)
    told = f"{text} and {text}' are taken for the same: they are so only where {text} is symmetric."
    for whole in (part, turned):
        same = nodes.substitute(nodes.substitute(set_aside, part, whole), kept, whole)
        yield Suspect("transposed", told, simplify(same))


def _axes(pullback: Pullback) -> Iterator[Suspect]:
    """Sums that were taken over the other axis: ones on the wrong side of a product."""
    right = pullback.node
    for part in _distinct(walk(right)):
        if part.operation != "product" or part.shape.kind != "matrix":
            continue
        *before, last = part.operands
        first, *after = part.operands
        size = part.shape
        if last.operation == "ones" and last.shape.is_square:
            other = nodes.product(nodes.ones(matrix(size.rows, size.rows)), *before)
        elif first.operation == "ones" and first.shape.is_square:
            other = nodes.product(*after, nodes.ones(matrix(size.columns, size.columns)))
        else:
            continue
        told = (
            "A sum is taken over the wrong axis: over rows where columns are meant, or the reverse."
        )
        yield Suspect("wrong axis", told, nodes.substitute(right, part, other))


def _distinct(found: Iterable[Node]) -> list[Node]:
    return list(dict.fromkeys(found))
