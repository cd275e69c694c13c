"""What the words of an expression stand for: functions, constants, variables, or several of them.

In scalar expressions the declared variables decide how letters split: with x and y declared, ``xy``
is x·y and ``2xsinx`` is 2·x·sin x.  A reading by variables alone is preferred to one that needs
constants, and that one to a reading that needs functions; the longest match comes first.  In matrix
expressions a word is always one name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.diagnostics import Span
from app.expressions import errors, limits
from app.expressions.characters import GREEK_NAMES
from app.expressions.functions import ALIASES, RESERVED, Mode, constants_of, functions_of
from app.expressions.lexer import Token, check_token_count, too_long_name


@dataclass(frozen=True)
class Vocabulary:
    """The words that mean something: ``variables`` is None where any name may be a variable."""

    mode: Mode
    variables: tuple[str, ...] | None = None

    @cached_property
    def functions(self) -> frozenset[str]:
        return functions_of(self.mode)

    @cached_property
    def constants(self) -> frozenset[str]:
        return constants_of(self.mode) - frozenset(self.variables or ())

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Ways to write each declared variable; x_1 and x1 are the same unless both exist."""
        declared = self.variables or ()
        return {name.replace("_", ""): name for name in declared} | {n: n for n in declared}

    def function(self, word: str) -> str | None:
        """The function of that name, or None; aliases count."""
        name = ALIASES.get(word, word)
        return name if name in self.functions else None

    def variable(self, word: str) -> str | None:
        """The declared variable of that spelling, or None."""
        return self.spellings.get(word) or self.spellings.get(word.replace("_", ""))

    def known(self) -> set[str]:
        """Everything a misspelled word might have been."""
        return {*self.functions, *self.constants, *(self.variables or ())}


def vocabulary(mode: Mode, variables: Collection[str] | None) -> Vocabulary:
    """Check the declared names and make them a vocabulary.

    Raises ``ExpressionError`` for too many, repeated, malformed or occupied names.
    """
    if variables is None:
        return Vocabulary(mode)
    names = tuple(variables)
    limit = limits.VARIABLES if mode == "scalar" else limits.DECLARATIONS
    if len(names) > limit:
        message = "There are too many variables"
        raise errors.too_large(message, limit, None, "Use fewer variables.")
    for index, name in enumerate(names):
        check_variable(name, mode)
        if name in names[:index]:
            raise errors.repeated_variable(name, None)
    return Vocabulary(mode, names)


def check_variable(name: str, mode: Mode, span: Span | None = None) -> None:
    """Refuse a name that cannot be declared."""
    if len(name) > limits.NAME_LENGTH:
        raise too_long_name(span)
    if not is_name(name):
        raise errors.bad_variable(span)
    if name.casefold() in RESERVED:
        raise errors.reserved(name, span)
    if name in functions_of(mode) or name in ALIASES or name == "pi":
        raise errors.name_taken(name, span)


def is_name(name: str) -> bool:
    """Whether this is a name in its canonical spelling: ASCII letters, digits, single _ between."""
    parts = name.split("_")
    return name[:1].isalpha() and all(part.isascii() and part.isalnum() for part in parts)


def resolve(tokens: Sequence[Token], words: Vocabulary) -> list[Token]:
    """The tokens with every word replaced by names and functions."""
    resolved: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.kind == "word":
            resolved.extend(_resolve_word(token, following.kind == "(", words))
            check_token_count(len(resolved), token.span)
        else:
            resolved.append(token)
    return resolved


def _resolve_word(token: Token, called: bool, words: Vocabulary) -> Iterable[Token]:
    if len(token.text) > limits.CHARACTERS // 10:
        raise too_long_name(token.span)
    if token.text.casefold() in RESERVED and words.variable(token.text) is None:
        raise errors.reserved(token.text, token.span)
    single = _as_one(token, called, words)
    if single is not None:
        return (single,)
    if words.mode == "scalar" and not token.whole and (parts := _split(token, called, words)):
        return parts
    raise _unknown(token, called, words)


def _as_one(token: Token, called: bool, words: Vocabulary) -> Token | None:
    """The word read as one name or function, or None."""
    function, variable = words.function(token.text), words.variable(token.text)
    if variable is not None and not (called and function):
        return replace(token, kind="name", text=variable)
    if function is not None:
        return replace(token, kind="function", text=function)
    if token.text in words.constants:
        return replace(token, kind="name")
    if words.variables is None or words.mode == "matrix":
        return _undeclared(token, called, words)
    return None


def _undeclared(token: Token, called: bool, words: Vocabulary) -> Token | None:
    """A name that nobody had to declare; None when it looks like a misspelled function."""
    if len(token.text) > limits.NAME_LENGTH:
        raise too_long_name(token.span)
    stem = token.text.rstrip("0123456789").rstrip("_")
    letter = len(stem) == 1 or stem in GREEK_NAMES
    if letter or (words.mode == "matrix" and not called):
        return replace(token, kind="name")
    return None


def _split(token: Token, called: bool, words: Vocabulary) -> list[Token] | None:
    """The word as a run of names; functions may take part unless a parenthesis follows."""
    if words.variables is None:
        letters = set(token.text) - set("_0123456789")
        vocabularies = [letters | words.functions] if not called else []
        vocabularies.append(letters)
    else:
        vocabularies = [set(words.spellings), set(words.spellings) | words.constants]
        if not called:
            vocabularies.append(vocabularies[1] | words.functions | set(ALIASES))
    for known in vocabularies:
        if (parts := _cut(token.text, known)) is not None:
            return [_part(token, start, end, words) for start, end in parts]
    return None


def _cut(word: str, known: Collection[str]) -> list[tuple[int, int]] | None:
    """The word cut into known pieces, longest first; None if that is impossible.

    ``reachable[i]`` says whether the rest from i on can be cut, so that time stays quadratic.
    """
    lengths = sorted({len(name) for name in known}, reverse=True)
    reachable = [False] * len(word) + [True]
    for start in reversed(range(len(word))):
        reachable[start] = any(
            word[start : start + size] in known and reachable[start + size]
            for size in lengths
            if start + size <= len(word)
        )
    if not reachable[0]:
        return None
    pieces, start = [], 0
    while start < len(word):
        size = next(
            size
            for size in lengths
            if start + size <= len(word)
            and word[start : start + size] in known
            and reachable[start + size]
        )
        pieces.append((start, start + size))
        start += size
    return pieces


def _part(token: Token, start: int, end: int, words: Vocabulary) -> Token:
    text = token.text[start:end]
    span = Span(token.span.start + start, token.span.start + end)
    glued = token.glued if start == 0 else True
    if (variable := words.variable(text)) is not None:
        return Token("name", variable, span, glued)
    function = words.function(text)
    return Token("function" if function else "name", function or text, span, glued)


def _unknown(token: Token, called: bool, words: Vocabulary) -> errors.ExpressionError:
    if len(token.text) > limits.NAME_LENGTH:
        return too_long_name(token.span)
    if called:
        return errors.unknown_function(token.text, words.functions, token.span)
    stem = token.text.rstrip("0123456789")
    head, digits = stem.rstrip("_"), token.text[len(stem) :]
    if digits and (words.variable(head) or head in words.constants):
        return errors.trailing_digits(token.text, head, digits, token.span)
    return errors.unknown_name(token.text, words.known(), words.variables or (), token.span)
