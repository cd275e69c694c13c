"""Which mistake a wrong backward pass is: recognised by equality with a misreading, and named.

Where no single mistake explains it, two at once are tried: a misreading that is also wrong by a
factor, and two slips of the pen in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, tee
from typing import Final

from app.autograd.batches import mended_by_sums
from app.autograd.factors import factors_between, some_factor
from app.autograd.layer import Layer
from app.autograd.probe import Probe, probe
from app.autograd.pullback import Pullback
from app.autograd.suspects import Kind, Suspect, as_a_whole, in_parts, shown
from app.matrices import nodes
from app.matrices.equivalence import compare
from app.matrices.nodes import Node, walk
from app.matrices.slips import Slip, find_slip, find_two_slips, readings_with_a_slip

_KINDS_OF_SLIPS: Final[dict[str, Kind]] = {
    "transpose": "transposed",
    "layout": "wrong layout",
    "order": "order of factors",
    "sign": "sign",
    "term": "superfluous term",
}


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
    known = (text, layer.names_of_backward, pullback.node, layer.written_out)
    if own is None:
        return (
            _slips(find_slip(*known))
            or _slip_and_factor(layer, pullback, text)
            or _slips(*find_two_slips(*known))
        )
    seen = probe(own, [pullback.node], layer.symbols)
    if not seen.points:
        return _slips(find_slip(*known))
    # A suspect may cost a derivation: none is made before it is needed, and none twice.
    whole, whole_again = tee(as_a_whole(layer, pullback))
    parts, parts_again = tee(in_parts(layer, pullback))
    return (
        _one(layer, pullback, seen, whole, parts)
        or _slips(find_slip(*known))
        or _two(layer, pullback, seen, chain(whole_again, parts_again))
        or _slips(*find_two_slips(*known))
        or _unnamed(pullback, seen)
    )


def _one(
    layer: Layer,
    pullback: Pullback,
    seen: Probe,
    whole: Iterable[Suspect],
    parts: Iterable[Suspect],
) -> Mistake | None:
    return (
        _mended(layer, pullback, seen)
        or _first_of(whole, layer, seen)
        or _wrong_factor(layer, pullback, seen)
        or _wrong_entries(layer, pullback, seen)
        or _first_of(parts, layer, seen)
    )


def _first_of(found: Iterable[Suspect], layer: Layer, seen: Probe) -> Mistake | None:
    for suspect in found:
        if seen.is_like(suspect.node):
            verdict = compare(seen.own, suspect.node, layer.symbols)
            if verdict.agree:
                return Mistake(suspect.kind, suspect.sentence, verdict.decided_by)
    return None


def _mended(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """The right gradient comes out when the claim is summed over the axes it should be."""
    right = pullback.node
    for suspect in mended_by_sums(seen.own, pullback.variable.parameter.name):
        if suspect.node.shape == right.shape:
            verdict = compare(suspect.node, right, layer.symbols)
            if verdict.agree:
                return Mistake(suspect.kind, suspect.sentence, verdict.decided_by)
    return None


def _slips(*found: Slip | None) -> Mistake | None:
    slips = [slip for slip in found if slip is not None]
    if not slips:
        return None
    kind = _KINDS_OF_SLIPS[slips[0].kind]
    if len(slips) == 1:
        return Mistake(kind, slips[0].sentence, "numbers")
    return Mistake(kind, f"Two mistakes. {' '.join(slip.sentence for slip in slips)}", "numbers")


# ------------------------------------------------------------------------------- factors


def _wrong_factor(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """The claim is a multiple of the right gradient by a number that has a name."""
    for factor in factors_between(layer, pullback, seen, pullback.node):
        return Mistake("missing factor", factor.sentence, "numbers")
    return None


def _unnamed(pullback: Pullback, seen: Probe) -> Mistake | None:
    sentence = some_factor(seen, pullback.node)
    return None if sentence is None else Mistake("missing factor", sentence, "numbers")


def _two(
    layer: Layer, pullback: Pullback, seen: Probe, suspects: Iterable[Suspect]
) -> Mistake | None:
    """A misreading that is wrong by a factor besides."""
    for suspect in suspects:
        if suspect.kind == "other input" or suspect.node.is_scalar:
            continue  # Of one number everything is a multiple.
        for factor in factors_between(layer, pullback, seen, suspect.node):
            return _besides(suspect.kind, suspect.sentence, factor.words)
    for suspect in mended_by_sums(seen.own, pullback.variable.parameter.name):
        for factor in factors_between(layer, pullback, seen.of(suspect.node), pullback.node):
            return _besides(suspect.kind, suspect.sentence, factor.words)
    return None


def _slip_and_factor(layer: Layer, pullback: Pullback, text: str) -> Mistake | None:
    """A slip in a text whose shapes do not fit, and a wrong factor besides."""
    right = pullback.node
    for node, slip in readings_with_a_slip(text, layer.names_of_backward, right.shape):
        seen = probe(layer.written_out(node), [right], layer.symbols)
        for factor in factors_between(layer, pullback, seen, right):
            return _besides(_KINDS_OF_SLIPS[slip.kind], slip.sentence, factor.words)
    return None


def _besides(kind: Kind, sentence: str, words: str) -> Mistake:
    return Mistake(kind, f"Two mistakes. {sentence} Besides, {words}.", "numbers")


def _wrong_entries(layer: Layer, pullback: Pullback, seen: Probe) -> Mistake | None:
    """The claim is the right gradient times an array that the layer knows, entry by entry."""
    right = pullback.node
    vanishes = not any(value.any() for value in seen.of(right).values)
    if seen.own.shape != right.shape or right.is_scalar or vanishes:
        return None
    for sentence, node in _by_entries(layer, right, seen.own):
        if seen.of(node).is_like(right):
            verdict = compare(node, right, layer.symbols)
            if verdict.agree:
                return Mistake("missing factor", sentence, verdict.decided_by)
    return None


def _by_entries(layer: Layer, right: Node, own: Node) -> Iterator[tuple[str, Node]]:
    named = [] if layer.value is None else [layer.value]
    parts = dict.fromkeys([layer.forward, *walk(layer.forward), *walk(right)])
    for part in parts:
        if part.shape == right.shape and part != layer.cotangent:
            text = shown(named[0] if named and part == layer.forward else part, "of one part")
            yield f"The elementwise factor {text} is missing.", nodes.hadamard(own, part)
            yield f"The elementwise divisor {text} is missing.", _divided(own, part)


def _divided(node: Node, divisor: Node) -> Node:
    return nodes.hadamard(node, nodes.element_power(divisor, nodes.MINUS_ONE))


__all__ = ["Mistake", "recognise"]
