"""The factor between a wrong backward pass and the right one, found by numbers and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Final

from app.autograd.layer import Layer
from app.autograd.probe import Probe, ratio
from app.autograd.pullback import Pullback
from app.matrices.nodes import Node, walk
from app.matrices.printers.text import to_text
from app.matrices.shapes import letters_of

_LARGEST_DENOMINATOR: Final = 64
_PRECISION: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Factor:
    """What is wrong with a factor: as a sentence of its own, and as a part of one."""

    sentence: str
    words: str


def factors_between(layer: Layer, pullback: Pullback, seen: Probe, node: Node) -> Iterator[Factor]:
    """Names of the factor by which the claim is a multiple of ``node``, if it is one."""
    ratios = ratios_to(seen, node)
    if ratios is None:
        return
    simple = _constant(ratios)
    if simple is not None:
        if simple != 1:
            yield _constant_factor(simple)
        return
    yield from _sizes(layer, seen, ratios)
    for scalar in _scalars(layer, pullback):
        values = [float(value.item()) for value in seen.of(scalar).values]
        yield from _fits(to_text(scalar), ratios, values)


def some_factor(seen: Probe, node: Node) -> str | None:
    """A sentence where the claim is a multiple of ``node`` by a factor without a name."""
    ratios = ratios_to(seen, node)
    if ratios is None:
        return None
    if max(ratios) - min(ratios) <= 1e-7 * abs(ratios[0]):
        return f"A constant factor is wrong: this is {_decimal(ratios[0])} times the gradient."
    # Of one number everything is a multiple.
    return (
        None if node.is_scalar else "A scalar factor is wrong: this is a multiple of the gradient."
    )


def ratios_to(seen: Probe, node: Node) -> list[float] | None:
    """For each point the number c ≠ 0 with claim = c·node in every entry; None if there is none."""
    if seen.own.shape != node.shape:
        return None
    found = [
        ratio(value, right) for value, right in zip(seen.values, seen.of(node).values, strict=True)
    ]
    known = [each for each in found if each is not None and abs(each) > 1e-12]
    return known if known and len(known) == len(found) else None


def _constant_factor(value: Fraction) -> Factor:
    shown = str(value).replace("-", "−")
    wrong = "The sign" if value == -1 else "A constant factor"
    sentence = f"{wrong} is wrong: this is {shown} times the gradient."
    return Factor(sentence, _constant_words(value))


def _constant_words(value: Fraction) -> str:
    if value == -1:
        return "the sign is wrong"
    shown = str(value if abs(value) > 1 else 1 / value).replace("-", "−")
    return f"the constant factor {shown} is {'too much' if abs(value) > 1 else 'missing'}"


def _decimal(value: float) -> str:
    """With as many digits as tell it from 1."""
    short = f"{value:.6g}"
    return short if short not in ("1", "-1") else f"{value:.12g}"


def _sizes(layer: Layer, seen: Probe, ratios: list[float]) -> Iterator[Factor]:
    """Sums where means were meant, and the reverse: over one dimension, or over two."""
    letters = sorted(letters_of(a for node in layer.symbols.values() for a in node.shape.axes))
    groups = [group for count in (1, 2) for group in combinations(letters, count)]
    for group in groups:
        text = "*".join(group)
        reciprocal = f"1/({text})" if len(group) > 1 else f"1/{text}"
        sizes = [prod(point.sizes[letter] for letter in group) for point in seen.points]
        if len(set(sizes)) < len(sizes):
            continue
        if (times := _constant([r / s for r, s in zip(ratios, sizes, strict=True)])) is not None:
            told = f"this is {text} times the gradient, a sum where a mean was meant"
            yield _named(f"the factor {reciprocal} is missing", times, told)
        if (times := _constant([r * s for r, s in zip(ratios, sizes, strict=True)])) is not None:
            told = f"this is the gradient divided by {text}, a mean where a sum was meant"
            yield _named(f"the factor {reciprocal} is too much", times, told)


def _scalars(layer: Layer, pullback: Pullback) -> list[Node]:
    """Scalars from which a forgotten factor may have been made, simple ones first."""
    parts = [*walk(layer.forward), *walk(pullback.node)]
    found = dict.fromkeys(each for each in parts if each.is_scalar and each.operation != "number")
    return sorted(found, key=lambda each: each.size)


def _fits(text: str, ratios: list[float], values: list[float]) -> Iterator[Factor]:
    if any(value == 0 for value in values):
        return
    pairs = list(zip(ratios, values, strict=True))
    if (times := _constant([r * v for r, v in pairs])) is not None:
        yield _named(f"the factor {text} is missing", times)
    elif (times := _constant([r / v for r, v in pairs])) is not None:
        yield _named(f"the factor {text} is too much, or its reciprocal is missing", times)
    elif all(value > 0 for value in values):
        times = _constant([r / value**0.5 for r, value in pairs])
        if times is not None:
            yield _named(f"the factor 1/sqrt({text}) is missing", times)


def _named(words: str, times: Fraction, told: str = "") -> Factor:
    """A factor that is right but for ``times``; ``told`` says more where nothing else is wrong."""
    if times != 1:
        words, told = f"{words}, and {_constant_words(times)}", ""
    return Factor(f"{words[0].upper()}{words[1:]}{told and ': '}{told}.", words)


def _constant(values: list[float]) -> Fraction | None:
    """The simple fraction that all values are, if they are one."""
    found = Fraction(values[0]).limit_denominator(_LARGEST_DENOMINATOR)
    near = all(abs(float(found) - value) <= _PRECISION * abs(value) for value in values)
    # Ratios are good to some fourteen digits: 1.00000001 is not 1.
    exact = abs(found) != 1 or all(abs(value - float(found)) <= 1e-12 for value in values)
    return found if near and exact and found != 0 else None


__all__ = ["Factor", "factors_between", "ratios_to", "some_factor"]
