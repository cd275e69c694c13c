"""Which mistake a wrong backward pass is: recognised by equality with a misreading, and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.autograd.layer import Layer
from app.autograd.probe import Probe, probe, ratio
from app.autograd.pullback import Pullback
from app.autograd.suspects import Kind, Suspect, as_a_whole, in_parts, shown
from app.matrices import nodes
from app.matrices.equivalence import compare
from app.matrices.margins import Array
from app.matrices.nodes import Node, walk
from app.matrices.printers.text import to_text
from app.matrices.shapes import column, letters_of
from app.matrices.slips import find_slip

_KINDS_OF_SLIPS: Final[dict[str, Kind]] = {
    "transpose": "transposed",
    "layout": "wrong layout",
    "order": "order of factors",
    "sign": "sign",
    "term": "superfluous term",
}
_LARGEST_DENOMINATOR: Final = 64


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake with its name; ``decided_by`` tells how the equality was decided."""

    kind: Kind
    sentence: str
    decided_by: str


def recognise(layer: Layer, pullback: Pullback, own: Node | None, text: str) -> Mistake | None:
    """The mistake behind a wrong backward pass; None if it is none that is known.

    ``own`` is None where the shapes in ``text`` do not fit at all.
    """
    if own is not None:
        found = _recognised(layer, pullback, own)
        if found is not None:
            return found
    slip = find_slip(text, layer.names_of_backward, pullback.node, layer.written_out)
    if slip is None:
        return None
    return Mistake(_KINDS_OF_SLIPS[slip.kind], slip.sentence, "numbers")


def _recognised(layer: Layer, pullback: Pullback, own: Node) -> Mistake | None:
    seen = probe(own, [pullback.node], layer.symbols)
    if not seen.points:
        return None
    return (
        _not_summed(layer, pullback, seen)
        or _first_of(as_a_whole(layer, pullback), layer, seen)
        or _wrong_factor(layer, pullback, seen)
        or _wrong_entries(layer, pullback, seen)
        or _first_of(in_parts(layer, pullback), layer, seen)
    )


def _first_of(found: Iterator[Suspect], layer: Layer, seen: Probe) -> Mistake | None:
    for suspect in found:
        if seen.is_like(suspect.node):
            verdict = compare(seen.own, suspect.node, layer.symbols)
            if verdict.agree:
                return Mistake(suspect.kind, suspect.sentence, verdict.decided_by)
    return None


# ------------------------------------------------------------------------------- batches


def _not_summed(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """More axes than the input has, and the right gradient when these are summed over."""
    own, right = seen.own, pullback.node
    for node, axis in _sums(own):
        if node.shape == right.shape and own.shape != right.shape:
            verdict = compare(node, right, layer.symbols)
            if verdict.agree:
                return Mistake("sum over the batch", _unsummed(pullback, axis), verdict.decided_by)
    return None


def _sums(own: Node) -> Iterator[tuple[Node, str]]:
    shape = own.shape
    if shape.kind == "matrix":
        down = nodes.product(nodes.transpose(own), nodes.ones(column(shape.rows)))
        across = nodes.product(own, nodes.ones(column(shape.columns)))
        yield down, "rows"
        yield across, "columns"
    if shape.kind != "scalar":
        yield nodes.apply("sum", own), "entries"


def _unsummed(pullback: Pullback, axis: str) -> str:
    name = pullback.variable.parameter.name
    return (
        f"The sum over the batch is missing: {name} is used for all {axis} of the cotangent, so "
        f"its gradient is the sum over these {axis}."
    )


# ------------------------------------------------------------------------------- factors


def _wrong_factor(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """The claim is a multiple of the right gradient by one number at each point."""
    if seen.own.shape != pullback.node.shape:
        return None
    ratios = [
        ratio(value, seen.at(pullback.node, point))
        for point, value in zip(seen.points, seen.values, strict=True)
    ]
    known = [each for each in ratios if each is not None and abs(each) > 1e-12]
    if len(known) < len(seen.points):
        return None
    for sentence in _names_of_ratio(layer, pullback, seen, known):
        return Mistake("missing factor", sentence, "numbers")
    return None


def _names_of_ratio(
    layer: Layer, pullback: Pullback, seen: Probe, ratios: list[float]
) -> Iterator[str]:
    constant = max(ratios) - min(ratios) <= 1e-7 * abs(ratios[0])
    if constant and (simple := _simple(ratios[0])) is not None:
        yield f"A constant factor is wrong: this is {simple} times the gradient."
    yield from _by_size(layer, seen, ratios)
    for scalar in _scalars(layer, pullback):
        values = [float(seen.at(scalar, point).item()) for point in seen.points]
        yield from _fits(to_text(scalar), ratios, values)
    if constant:
        yield f"A constant factor is wrong: this is {ratios[0]:.6g} times the gradient."
    else:
        yield "A scalar factor is wrong: this is a multiple of the gradient."


def _simple(value: float) -> Fraction | None:
    found = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    return found if abs(float(found) - value) <= 1e-8 * abs(value) else None


def _by_size(layer: Layer, seen: Probe, ratios: list[float]) -> Iterator[str]:
    letters = sorted(letters_of(a for node in layer.symbols.values() for a in node.shape.axes))
    for letter in letters:
        sizes = [float(point.sizes[letter]) for point in seen.points]
        if len(set(sizes)) < len(sizes):
            continue
        if _equal(ratios, sizes):
            yield (
                f"The factor 1/{letter} is missing: this is {letter} times the gradient, a sum "
                "where a mean was meant."
            )
        if _equal(ratios, [1 / size for size in sizes]):
            yield (
                f"The factor 1/{letter} is too much: this is the gradient divided by {letter}, a "
                "mean where a sum was meant."
            )


def _scalars(layer: Layer, pullback: Pullback) -> list[Node]:
    """Scalars from which a forgotten factor may have been made, simple ones first."""
    parts = [*walk(layer.forward), *walk(pullback.node)]
    found = dict.fromkeys(each for each in parts if each.is_scalar and each.operation != "number")
    return sorted(found, key=lambda each: each.size)


def _fits(text: str, ratios: list[float], values: list[float]) -> Iterator[str]:
    if any(value == 0 for value in values):
        return
    if _equal(ratios, [1 / value for value in values]):
        yield f"The factor {text} is missing."
    elif _equal(ratios, values):
        yield f"The factor {text} is too much, or its reciprocal is missing."
    elif all(value > 0 for value in values) and _equal(ratios, [value**0.5 for value in values]):
        yield f"The factor 1/sqrt({text}) is missing."


def _wrong_entries(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """The claim is the right gradient times an array that the layer knows, entry by entry."""
    right, own = pullback.node, seen.own
    if own.shape != right.shape or right.is_scalar:
        return None
    named = [] if layer.value is None else [layer.value]
    parts = dict.fromkeys([layer.forward, *walk(layer.forward), *walk(right)])
    for part in parts:
        if part.shape != right.shape or part == layer.cotangent:
            continue
        text = shown(named[0] if named and part == layer.forward else part, "of one part")
        for sentence, node in (
            (f"The elementwise factor {text} is missing.", nodes.hadamard(own, part)),
            (f"The elementwise divisor {text} is missing.", _divided(own, part)),
        ):
            if Probe(node, seen.points, _values(node, seen)).is_like(right):
                verdict = compare(node, right, layer.symbols)
                if verdict.agree:
                    return Mistake("missing factor", sentence, verdict.decided_by)
    return None


def _divided(node: Node, divisor: Node) -> Node:
    return nodes.hadamard(node, nodes.element_power(divisor, nodes.MINUS_ONE))


def _values(node: Node, seen: Probe) -> tuple[Array, ...]:
    return tuple(seen.at(node, point) for point in seen.points)


def _equal(left: list[float], right: list[float]) -> bool:
    return all(abs(a - b) <= 1e-8 * max(abs(a), abs(b)) for a, b in zip(left, right, strict=True))


__all__ = ["Mistake", "recognise"]
