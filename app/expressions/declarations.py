"""What is said about the names of a matrix expression before it is read.

    given = "A: m,n; x: n; S: n,n symmetric; c: scalar"

Declarations are separated by semicolons or line ends.  After the colon stand the dimensions
(letters or numbers, none for a scalar) and the properties, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.diagnostics import Span, did_you_mean
from app.expressions import errors, limits
from app.expressions.characters import GREEK, PLAIN
from app.expressions.errors import ExpressionError
from app.expressions.words import check_variable

PROPERTIES: Final = (
    "symmetric",
    "skew",
    "diagonal",
    "orthogonal",
    "nonsingular",
    "positive-definite",
    "positive",
)
_SPELLINGS: Final = {
    **{name: name for name in PROPERTIES},
    "skew-symmetric": "skew",
    "invertible": "nonsingular",
    "spd": "positive-definite",
}
_SQUARE: Final = frozenset(PROPERTIES) - {"positive"}
_KINDS: Final = {"scalar": 0, "vector": 1, "matrix": 2}
_EXAMPLE: Final = "Write it as in “A: m,n; x: n; S: n,n symmetric; c: scalar”."
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z]+)*|[0-9]+|\S")

Dimension = str | int


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared name.

    ``dimensions`` are its axes, none for a scalar; None when only properties or the kind were
    given, so that the convention of capitals and small letters or ``axes`` (0, 1 or 2) decides.
    """

    name: str
    dimensions: tuple[Dimension, ...] | None
    properties: tuple[str, ...] = ()
    axes: int | None = None
    span: Span = field(default=Span(0, 0), compare=False)
    dimension_spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span


def parse_declarations(text: str) -> tuple[Declaration, ...]:
    """Read declarations; an empty text has none.

    Raises ``ExpressionError`` whose span points into ``text``.
    """
    if len(text) > limits.CHARACTERS:
        raise errors.too_many_characters(len(text))
    declarations: dict[str, Declaration] = {}
    for words in _clauses(text):
        declaration = _declaration(words)
        if declaration.name in declarations:
            raise errors.repeated_variable(declaration.name, words[0].span)
        declarations[declaration.name] = declaration
        if len(declarations) > limits.DECLARATIONS:
            message = "There are too many declarations"
            raise errors.too_large(
                message, limits.DECLARATIONS, words[0].span, "Declare only what is used."
            )
    return tuple(declarations.values())


def _clauses(text: str) -> Iterator[list[_Word]]:
    start = 0
    for part in re.split(r"([;\n])", text):
        plain = part.translate(PLAIN)
        words = [
            _Word(match.group(), Span(start + match.start(), start + match.end()))
            for match in _WORD.finditer(plain)
        ]
        start += len(part)
        if words and words[0].text not in {";", "\n"}:
            yield words


def _declaration(words: list[_Word]) -> Declaration:
    name = GREEK.get(words[0].text, words[0].text)
    if not name[0].isalpha() or not name.isascii():
        raise _wrong("Expected a name", words[0].span)
    check_variable(name, "matrix", words[0].span)
    if len(words) == 1 or words[1].text != ":":
        raise _wrong(f"Expected a colon after {name}", words[0].span)
    if len(words) == 2:
        raise _wrong(f"Nothing is said about {name}", words[0].span)
    return _Clause(name, words).read()


def _wrong(message: str, span: Span, hint: str | None = None) -> ExpressionError:
    return ExpressionError("syntax", f"{message}.", span, hint or _EXAMPLE)


class _Clause:
    """What stands behind the colon of one declaration, gathered word by word."""

    def __init__(self, name: str, words: list[_Word]) -> None:
        self.name = name
        self.words = words[2:]
        self.span = Span(words[0].span.start, words[-1].span.end)
        self.dimensions: list[_Word] = []
        self.properties: list[str] = []
        self.axes: int | None = None

    def read(self) -> Declaration:
        position = 0
        while position < len(self.words):
            position += self.take(position)
        self.check()
        return Declaration(
            self.name,
            self.shape(),
            tuple(dict.fromkeys(self.properties)),
            self.axes,
            self.span,
            tuple(word.span for word in self.dimensions),
        )

    def take(self, position: int) -> int:
        """Take the word at ``position``; the result says how many words that were."""
        word = self.words[position]
        text = word.text.casefold()
        following = self.words[position + 1] if position + 1 < len(self.words) else None
        if following and (both := _SPELLINGS.get(f"{text}-{following.text.casefold()}")):
            self.properties.append(both)
            return 2
        if text in _SPELLINGS:
            self.properties.append(_SPELLINGS[text])
        elif text in _KINDS:
            self.axes = _KINDS[text]
        elif word.text.isdigit() or (word.text.isalpha() and len(word.text) == 1):
            self.dimensions.append(word)
        elif word.text not in {",", "(", ")", "*"}:
            raise self.unknown(word)
        return 1

    def unknown(self, word: _Word) -> ExpressionError:
        if not word.text[0].isalpha():
            return errors.unreadable_character(word.text[0], word.span)
        shown = word.text if len(word.text) <= limits.NAME_LENGTH else "This"
        hint = did_you_mean(word.text[:40], [*_SPELLINGS, *_KINDS])
        listed = f"Known are {', '.join(PROPERTIES)}, scalar, vector and matrix."
        return _wrong(f"“{shown}” is not a property or a dimension", word.span, hint or listed)

    def shape(self) -> tuple[Dimension, ...] | None:
        if self.axes == 0:
            return ()
        sizes = tuple(int(w.text) if w.text.isdigit() else w.text for w in self.dimensions)
        return sizes or None

    def check(self) -> None:
        count = len(self.dimensions)
        if count > 2:
            raise _wrong(f"{self.name} has more than two dimensions", self.dimensions[2].span)
        if self.axes is not None and count not in {0, self.axes}:
            raise _wrong(f"The dimensions of {self.name} do not fit its kind", self.span)
        for word in self.dimensions:
            if word.text.isdigit() and not self.fits(word.text):
                message = "A dimension must be a positive number"
                hint = "Use a letter, such as n, for a size that is left open."
                raise errors.too_large(message, limits.LARGEST_DIMENSION, word.span, hint)
        axes = self.axes if self.axes is not None else (count or None)
        square = [name for name in self.properties if name in _SQUARE]
        if square and axes in {0, 1}:
            message = f"{self.name} is no matrix, so it cannot be {square[0]}"
            raise ExpressionError("shape", f"{message}.", self.span, "Give it two dimensions.")

    @staticmethod
    def fits(digits: str) -> bool:
        return len(digits) <= 7 and 1 <= int(digits) <= limits.LARGEST_DIMENSION
