"""Where the parser stands in its tokens, what it has noticed, and how it says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.diagnostics import Problem, Span
from app.expressions import errors, limits
from app.expressions.characters import HINTS
from app.expressions.functions import Mode
from app.expressions.lexer import Token

STARTS_OPERAND: Final = frozenset({"number", "name", "function", "command", "("})
BARS: Final = {"|": "abs", "‖": "norm2"}


class Cursor:
    """One reading of one list of tokens; ``notes`` and ``python_powers`` fill up on the way."""

    def __init__(self, tokens: Sequence[Token], mode: Mode, exponent_names: frozenset[str]) -> None:
        self.tokens = tokens
        self.mode: Mode = mode
        self.exponent_names = exponent_names
        self.index = 0
        self.depth = 0
        self.open_bars: list[str] = []
        self.notes: list[Problem] = []
        self.python_powers: set[Span] = set()

    # The tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def accept(self, *kinds: str) -> Token | None:
        return self.advance() if self.token.kind in kinds else None

    def span_from(self, start: int) -> Span:
        """From the token numbered ``start`` to the last one read."""
        return Span(self.tokens[start].span.start, self.tokens[self.index - 1].span.end)

    def close(self, opening: Token, closing: str) -> None:
        if not self.accept(closing):
            if self.token.kind == "end":
                raise errors.unclosed(opening.text, closing, opening.span)
            raise self.unexpected(f"“{closing}”")

    def unexpected(self, what: str) -> errors.ExpressionError:
        token = self.token
        if token.kind == "'" and self.mode == "scalar":
            return errors.unreadable_character("'", token.span)
        if token.kind == "end":
            return errors.expected(what, "the end", token.span, errors.STOPS_EARLY)
        hint = HINTS.get(token.kind)
        return errors.expected(what, f"“{token.text}”", token.span, hint)

    @contextmanager
    def nested(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > limits.NESTING:
            message = "Parentheses, calls and exponents are nested too deeply"
            raise errors.too_large(message, limits.NESTING, self.token.span, "Flatten it.")
        yield
        self.depth -= 1

    # What may stand next

    def starts_operand(self) -> bool:
        """Whether the next token can only be a further factor; a bar closes if one is open."""
        return self.token.kind in STARTS_OPERAND or (
            self.token.kind in BARS and self.token.kind not in self.open_bars
        )

    def refuse_numbers_in_a_row(self) -> None:
        previous = self.tokens[self.index - 1]
        if self.token.kind == "number" and previous.kind == "number":
            raise errors.numbers_in_a_row(Span(previous.span.start, self.token.span.end))
        if self.token.kind == "number" and previous.kind == "name" and self.token.glued:
            raise self.unexpected("an operator")

    def accept_transpose(self) -> bool:
        """Read ', .T, ᵀ, ^T, ^{T} or ^\\top, if one of them stands here."""
        if self.accept("'", "transpose"):
            return True
        if self.token.kind != "^":
            return False
        before = self.index
        self.advance()
        braced = self.accept("{")
        if self.accept_transpose_letter() and (not braced or self.accept("}")):
            return True
        self.index = before
        return False

    def accept_transpose_letter(self) -> bool:
        """T in an exponent is the transpose unless a variable of that name was declared."""
        if self.mode == "scalar":
            return False
        token = self.token
        letter = token.kind == "name" and token.text == "T" and "T" not in self.exponent_names
        if letter or token.kind == "transpose":
            self.advance()
            return True
        return False

    # Notes

    def note_division(self, divided: Token | None, start: int) -> None:
        if divided is None:
            return
        span = Span(self.tokens[start].span.start, self.token.span.end)
        message = "A product without a sign after a division is read from left to right."
        hint = "1/2x is (1/2)*x; write 1/(2x) to divide by both."
        self.notes.append(Problem("division-order", message, span, hint, level="warning"))

    def note_tower(self, start: int) -> None:
        right = self.mode == "scalar"
        order, example = ("right to left", "a^(b^c)") if right else ("left to right", "(a^b)^c")
        message = f"A tower of powers is read from {order}."
        hint = f"a^b^c is {example}; parentheses make it plain."
        note = Problem("tower", message, self.span_from(start), hint, level="warning")
        if not any(known.code == "tower" for known in self.notes):
            self.notes.append(note)
