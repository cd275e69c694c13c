r"""From TeX to the MathML that stands in the page.

What Temml makes is corrected in five respects: style attributes become classes, infix ⊗ ⊙ ⊕
stay small in Firefox (``largeop="false"``), names and values of ``\class`` and ``\data`` are
checked,
scripts of parentheses come down, and the TeX that a reader copies is added as an annotation.
"""

from __future__ import annotations

import re
import sys
from html import escape
from typing import Final

from app.diagnostics import Span
from app.memory import Memory
from app.typeset.engine import engine
from app.typeset.errors import TexError, refusal
from app.typeset.macros import DATA_KEYS, notation_in
from app.typeset.plain import plain_tex
from app.typeset.scripts import lowered_scripts
from app.typeset.styles import styles_to_classes

MAXIMUM_LENGTH = 20_000  # characters of TeX
REMEMBERED: Final = 12 * 2**20
"""Bytes of formulas that are remembered; the whole book has some three thousand in seven million.
What readers ask for may be a hundred times as long as a formula of the book."""
OVERHEAD: Final = 512
"""Bytes that a remembered formula takes beside its texts."""
_memory: Final = Memory(REMEMBERED)

# Constructions that come out wrong without an error: pattern, what is wrong, what to write instead.
_REFUSED: tuple[tuple[str, str, str], ...] = (
    (
        r"\\underset\s*\{[^{}]*\}\s*\{\s*\\operatorname",
        r"\underset below an operator comes out beside it.",
        r"Write \operatorname*{…}_{…}.",
    ),
    (
        r"\\(?:def|gdef|edef|xdef|let|(?:re)?newcommand|providecommand)(?![A-Za-z])",
        "Formulas define no macros of their own.",
        "A book's macros stand in its book.toml, below [macros].",
    ),
    (r"\\prescript\b", r"\prescript comes out crooked.", r"Write {}^{a}X with an empty base."),
    (
        r"\\overline\s*\{\s*\w\s*\}|\\overline\s+\w\b",
        r"\overline over a single letter hides it.",
        r"Write \bar{x}.",
    ),
    (
        r"\\\\\s*\[[^\]&]*\d\s*(?:pt|em|ex|mm|cm|in|mu)\s*\]",
        "Extra space between lines is lost.",
        r"Remove the bracket after \\.",
    ),
)

_SMALL_INFIX = re.compile(r"<mo>([⊗⊙⊕]\ufe0e?)</mo>")
_CLASS_NAMES = re.compile(r"\\class\s*\{([^{}]*)\}")
_DATA_PAIRS = re.compile(r"\\data\s*\{([^{}]*)\}")
_ANNOTATION = re.compile(
    r"(?<=<annotation encoding=\"application/x-tex\">).*?(?=</annotation>)", re.S
)


def to_mathml(tex: str, *, display: bool = False) -> str:
    """``tex`` as a ``<math>`` element, the TeX itself in its annotation.

    Raises TexError, with the place in ``tex`` where it is known, for what cannot be set or would
    be set wrongly.
    """
    key = tex, display, notation_in(tex)
    remembered = _memory.get(key)
    if isinstance(remembered, str):
        return remembered
    mathml = _set(tex, display)
    _memory.put(key, mathml, sys.getsizeof(tex) + sys.getsizeof(mathml) + OVERHEAD)
    return mathml


def _set(tex: str, display: bool) -> str:
    _check(tex)
    mathml = lowered_scripts(styles_to_classes(engine().render(tex, display=display)))
    return _annotated(_SMALL_INFIX.sub(r'<mo largeop="false">\1</mo>', mathml), plain_tex(tex))


def _check(tex: str) -> None:
    if not tex.strip():
        raise refusal("The formula is empty.", "Write TeX between the dollars, or remove them.")
    if len(tex) > MAXIMUM_LENGTH:
        raise refusal(f"The formula has over {MAXIMUM_LENGTH} characters.", "Split it.")
    unusable = re.search("[\ud800-\udfff\x00]", tex)
    if unusable:
        raise refusal(
            "The formula has a character that is none.", "Type it anew.", Span(*unusable.span())
        )
    for pattern, message, hint in _REFUSED:
        found = re.search(pattern, tex)
        if found:
            raise refusal(message, hint, Span(*found.span()))
    for marks, check in ((_CLASS_NAMES, _class_error), (_DATA_PAIRS, _data_error)):
        for mark in marks.finditer(tex):
            error = check(mark[1], Span(*mark.span()))
            if error:
                raise error


def _class_error(names: str, span: Span) -> TexError | None:
    if re.fullmatch(r"[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*", names.strip()):
        return None
    return refusal(
        f"“{names}” is no class name.", "Use lowercase letters, digits and hyphens.", span
    )


def _data_error(pairs: str, span: Span) -> TexError | None:
    keys = {pair.partition("=")[0].strip() for pair in pairs.split(",")}
    if keys <= DATA_KEYS:
        return None
    known = " and ".join(sorted(DATA_KEYS))
    return refusal(
        f"\\data takes {known}, not “{', '.join(sorted(keys - DATA_KEYS))}”.", None, span
    )


def _annotated(mathml: str, tex: str) -> str:
    return _ANNOTATION.sub(lambda _: escape(tex, quote=False), mathml)
