"""Text to tokens: spellings are made one here (Greek, superscripts, LaTeX), spans are kept.

Words are still whole when they leave this module; ``words`` decides what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.diagnostics import Span
from app.expressions import errors, limits
from app.expressions.characters import (
    GREEK,
    GREEK_NAMES,
    PLAIN,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VARIANTS,
)
from app.expressions.functions import ALIASES, MATRIX_FUNCTIONS, RESERVED, Mode


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is “number”, “word”, “name”, “function”, “command”, “end”, or the symbol itself.

    ``glued`` says that no blank stands before; ``whole`` that a word must not be split.
    """

    kind: str
    text: str
    span: Span
    glued: bool = True
    whole: bool = False


_TOKEN: Final = re.compile(
    r"""
    (?P<blank>\ +)
  | (?P<number>(?:[0-9]+(?:\.(?![*/^T'])[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>(?:[A-Za-z][A-Za-z0-9]*|[α-ωΑ-Ω][0-9]*)
             (?:_[A-Za-z0-9]+|_\{[A-Za-z0-9]+\}|[₀-₉]+)*)
  | (?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+)
  | (?P<transpose>\.T(?![A-Za-z0-9_])|ᵀ)
  | (?P<styled>\\(?:mathbf|mathrm|mathit|mathsf|boldsymbol|bm|operatorname|text)\ *
               \{\ *[A-Za-z][A-Za-z0-9]*\ *\})
  | (?P<command>\\(?:[A-Za-z]+|.))
  | (?P<symbol>\*\*|\.\*|\./|\.\^|[-+*/^@()\[\]{}|‖,;'⊙√])
    """,
    re.VERBOSE,
)

_SYMBOLS: Final = {"**": "**", "@": "*", "⊙": ".*"}
_COMMAND_SYMBOLS: Final = {
    "cdot": "*", "times": "*", "ast": "*", "odot": ".*", "div": "/", "top": "transpose",
    "intercal": "transpose", "|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖", "vert": "|",
    "lvert": "|", "rvert": "|",
}  # fmt: skip
_IGNORED_COMMANDS: Final = frozenset(
    {"left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle"}
    | {",", ";", ":", "!", " ", "quad", "qquad"}
)
_COMMANDS: Final = {"frac": "frac", "dfrac": "frac", "tfrac": "frac", "sqrt": "sqrt"}


def tokenize(text: str, mode: Mode) -> list[Token]:
    """The tokens of ``text``, the last of kind “end”.

    Raises ``ExpressionError`` for characters without meaning and for texts beyond the limits.
    """
    if len(text) > limits.CHARACTERS:
        raise errors.too_many_characters(len(text))
    tokens: list[Token] = []
    for token in _scan(text.translate(PLAIN), text, mode):
        tokens.append(token)
        check_token_count(len(tokens), token.span)
    end = len(text.rstrip())
    return [*tokens, Token("end", "", Span(end, end))]


def check_token_count(count: int, span: Span) -> None:
    """Refuse an expression that has grown beyond the limit at ``span``."""
    if count > limits.TOKENS:
        message = "The expression has too many parts"
        raise errors.too_large(message, limits.TOKENS, span, "Shorten it.")


def _scan(plain: str, typed: str, mode: Mode) -> Iterator[Token]:
    position, glued = 0, True
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        span = Span(position, match.end() if match else position + 1)
        if match is None or match.lastgroup is None:
            raise errors.unreadable_character(typed[position], span)
        if match.lastgroup == "symbol" and mode == "matrix" and plain.startswith("||", position):
            span = Span(position, position + 2)
            made = [Token("‖", "‖", span, glued)]
        else:
            made = _MAKERS[match.lastgroup](match.group(), span, glued)
        yield from made
        position, glued = span.end, bool(made)


def _blank(text: str, span: Span, glued: bool) -> list[Token]:
    return []


def _number(text: str, span: Span, glued: bool) -> list[Token]:
    """One spelling for each number: 0.5 for .5, 2 for 2., 1e5 for 1E+5."""
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    if sum(map(str.isdigit, text)) > limits.DIGITS:
        message = "The number has too many digits"
        raise errors.too_large(message, limits.DIGITS, span, "Round it.")
    canonical = (whole or "0") + (f".{fraction}" if fraction else "")
    canonical += f"e{int(exponent)}" if exponent else ""
    size = float(canonical)
    nonzero = any(digit in "123456789" for digit in mantissa)
    if size > limits.LARGEST_NUMBER or (nonzero and size < limits.SMALLEST_NUMBER):
        raise errors.number_out_of_range(span)
    return [Token("number", canonical, span, glued)]


def _word(text: str, span: Span, glued: bool) -> list[Token]:
    head = GREEK.get(text[0])
    name = (head + text[1:] if head else text).replace("_{", "_").replace("}", "")
    name = name.translate(SUBSCRIPTS)
    if len(text) > limits.NAME_LENGTH * 4 or (head and len(name) > limits.NAME_LENGTH):
        raise too_long_name(span)
    return [Token("word", name, span, glued, whole=name != text)]


def too_long_name(span: Span | None) -> errors.ExpressionError:
    return errors.too_large(
        "The name is too long", limits.NAME_LENGTH, span, "Choose a shorter one."
    )


def _raised(text: str, span: Span, glued: bool) -> list[Token]:
    plain = text.translate(SUPERSCRIPTS)
    tokens = [Token("^", "^", Span(span.start, span.start), glued)]
    if plain[0] in "+-":
        tokens.append(Token(plain[0], plain[0], Span(span.start, span.start + 1)))
        plain = plain[1:]
    return [*tokens, *_number(plain, Span(span.end - len(plain), span.end), True)]


def _transpose(text: str, span: Span, glued: bool) -> list[Token]:
    return [Token("transpose", text, span, glued)]


def _styled(text: str, span: Span, glued: bool) -> list[Token]:
    name = text[text.index("{") + 1 : -1].strip()
    return [Token("word", name, span, glued, whole=True)]


def _command(text: str, span: Span, glued: bool) -> list[Token]:
    name = text[1:]
    if name in _IGNORED_COMMANDS:
        return []
    if kind := _COMMAND_SYMBOLS.get(name):
        return [Token(kind, text, span, glued)]
    if kind := _COMMANDS.get(name):
        return [Token("command", kind, span, glued)]
    word = VARIANTS.get(name, name)
    if word in GREEK_NAMES | MATRIX_FUNCTIONS or word in ALIASES or word in RESERVED:
        return [Token("word", word, span, glued, whole=True)]
    if name.isascii() and name.isalpha() and len(name) <= limits.NAME_LENGTH:
        raise errors.unknown_command(name, span)
    raise errors.unreadable_character("\\", Span(span.start, span.start + 1))


def _symbol(text: str, span: Span, glued: bool) -> list[Token]:
    if text == "√":
        return [Token("command", "root", span, glued)]
    return [Token(_SYMBOLS.get(text, text), text, span, glued)]


_MAKERS: Final[dict[str, Callable[[str, Span, bool], list[Token]]]] = {
    "blank": _blank,
    "number": _number,
    "word": _word,
    "raised": _raised,
    "transpose": _transpose,
    "styled": _styled,
    "command": _command,
    "symbol": _symbol,
}
