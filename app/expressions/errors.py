"""The errors of the expression language: their codes and their wording, in one place.

``ExpressionError`` is what every reader of expressions raises: the lexer and the parser here, and
the rooms above, for shapes and derivatives.  Each function below is one way to fail.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from app.diagnostics import NablaError, Problem, Span, did_you_mean
from app.expressions import limits
from app.expressions.characters import HINTS
from app.expressions.functions import MATRIX_FUNCTIONS

Code = Literal[
    "syntax",
    "unknown-name",
    "unknown-function",
    "arity",
    "shape",
    "size-undetermined",
    "not-differentiable",
    "too-large",
    "timeout",
]


class ExpressionError(NablaError):
    """Something is wrong with what a reader typed."""

    def __init__(
        self, code: Code, message: str, span: Span | None = None, hint: str | None = None
    ) -> None:
        super().__init__(Problem(code, message, span, hint))
        self.code: Code = code

    @property
    def span(self) -> Span | None:
        return self.problem.span

    @property
    def hint(self) -> str | None:
        return self.problem.hint


STOPS_EARLY: Final = "The expression stops too early; something is missing at its end."


def empty() -> ExpressionError:
    return ExpressionError(
        "syntax", "There is nothing to read yet.", Span(0, 0), "Type an expression, such as x^2*y."
    )


def unreadable_character(character: str, span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax",
        f"{_described(character)} has no meaning here.",
        span,
        HINTS.get(character) or _lookalike_hint(character),
    )


def _described(character: str) -> str:
    """The character with its Unicode name; those one cannot see or send, by number alone."""
    if character.isascii() and character.isprintable():
        return f"The character “{character}”"
    name = unicodedata.name(character, "")
    if not character.isprintable() or not name:
        return f"The invisible or undefined character U+{ord(character):04X}"
    return f"The character “{character}” ({name})"


def _lookalike_hint(character: str) -> str | None:
    if character.isalpha() and not character.isascii():
        return "Use Latin or Greek letters; this one may only look like one of them."
    if unicodedata.combining(character):
        return "Accents cannot be part of a name."
    if not character.isprintable():
        return "Delete it; it may have come along when the text was copied."
    return None


def unknown_command(name: str, span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax",
        f"The LaTeX command \\{name} is not one the book reads.",
        span,
        "Known are \\frac, \\sqrt, \\cdot, \\times, \\odot, \\left, \\right, \\top, the functions "
        "and the Greek letters.",
    )


def expected(what: str, found: str, span: Span, hint: str | None = None) -> ExpressionError:
    return ExpressionError("syntax", f"Expected {what}, but found {found}.", span, hint)


def unclosed(opening: str, closing: str, span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax", f"This “{opening}” is never closed.", span, f"Add the matching “{closing}”."
    )


def numbers_in_a_row(span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax",
        "Two numbers stand side by side.",
        span,
        "Put an operator between them, or remove the blank.",
    )


def ambiguous_prime(span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax",
        "It is unclear whether the power or only its exponent is transposed.",
        span,
        "Write (A^2)' or A'^2.",
    )


def inverse_function_power(function: str, span: Span) -> ExpressionError:
    inverse = f"arc{function}"
    return ExpressionError(
        "syntax",
        f"{function}^-1 can mean the inverse function or the reciprocal.",
        span,
        f"Write {inverse}(x) or 1/{function}(x)."
        if function in {"sin", "cos", "tan"}
        else f"Write 1/{function}(x) for the reciprocal.",
    )


def misplaced_list(span: Span) -> ExpressionError:
    return ExpressionError(
        "shape",
        "A list of entries can only stand on its own, as [f, g].",
        span,
        "Write the calculation out for each entry, as in [2*x, 2*y].",
    )


def list_in_matrix_expression(span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax",
        "Matrix expressions have no entries in brackets.",
        span,
        "Give the matrix a name, such as A, and use ( ) to group.",
    )


def missing_argument(function: str, span: Span) -> ExpressionError:
    return ExpressionError(
        "syntax", f"{function} needs its argument.", span, f"Write {function}(…)."
    )


def wrong_arity(function: str, given: int, allowed: range, span: Span) -> ExpressionError:
    low, high = allowed[0], allowed[-1]
    wanted = f"{low}" if low == high else f"{low} to {high}"
    arguments = "argument" if wanted == "1" else "arguments"
    example = ", ".join("xyz"[:low]) or "…"
    given_text = f"{given} {'is' if given == 1 else 'are'} given"
    return ExpressionError(
        "arity",
        f"{function} takes {wanted} {arguments}, but {given_text}.",
        span,
        f"Write {function}({example}).",
    )


def unknown_function(name: str, known: Iterable[str], span: Span) -> ExpressionError:
    if name in MATRIX_FUNCTIONS:
        message = f"{name} can only be used in matrix expressions."
        return ExpressionError("unknown-function", message, span, "Write out what it stands for.")
    return ExpressionError(
        "unknown-function",
        f"“{name}” is not a function that the book knows.",
        span,
        did_you_mean(name, known) or f"If you mean a product, write {name}*(…).",
    )


def unknown_name(
    name: str, known: Iterable[str], variables: Iterable[str], span: Span
) -> ExpressionError:
    listed = ", ".join(variables)
    what_is_there = f"The variables are {listed}." if listed else "No variables are declared here."
    return ExpressionError(
        "unknown-name",
        f"“{name}” is not declared.",
        span,
        did_you_mean(name, known) or what_is_there,
    )


def trailing_digits(name: str, head: str, digits: str, span: Span) -> ExpressionError:
    return ExpressionError(
        "unknown-name",
        f"“{name}” is not declared.",
        span,
        f"Write {head}*{digits} for a product, {head}^{digits} for a power, or declare {name}.",
    )


def reserved(name: str, span: Span | None) -> ExpressionError:
    return ExpressionError(
        "unknown-name",
        f"“{name}” is reserved and cannot be used.",
        span,
        "Only finite real numbers and declared variables can be written.",
    )


def name_taken(name: str, span: Span | None) -> ExpressionError:
    return ExpressionError(
        "syntax",
        f"“{name}” already has a meaning and cannot be a variable.",
        span,
        "Choose another letter, such as x or y.",
    )


def bad_variable(span: Span | None) -> ExpressionError:
    return ExpressionError(
        "syntax",
        "A variable is a letter, which digits or further letters may follow.",
        span,
        "Write the variables as a list, such as x, y.",
    )


def repeated_variable(name: str, span: Span | None) -> ExpressionError:
    return ExpressionError(
        "syntax", f"“{name}” is declared twice.", span, "Remove one of the two declarations."
    )


def too_many_characters(count: int) -> ExpressionError:
    return ExpressionError(
        "too-large",
        f"The expression has {count:,} characters; at most {limits.CHARACTERS:,} are read.",
        Span(limits.CHARACTERS, limits.CHARACTERS + 1),
        "Shorten it.",
    )


def too_large(what: str, limit: int, span: Span | None, hint: str) -> ExpressionError:
    """``what`` is a plural subject: “The parentheses are nested too deeply”."""
    return ExpressionError("too-large", f"{what}; the limit is {limit:,}.", span, hint)


def number_out_of_range(span: Span) -> ExpressionError:
    return ExpressionError(
        "too-large",
        "This number is too large or too small to calculate with.",
        span,
        "Numbers may lie between 1e-300 and 1e300 in size.",
    )


def power_too_large(span: Span) -> ExpressionError:
    return ExpressionError(
        "too-large",
        f"This exponent is too large; the limit is {limits.LARGEST_POWER}.",
        span,
        "Use a smaller exponent, or exp and log.",
    )


def undefined_constant(span: Span) -> ExpressionError:
    return ExpressionError(
        "not-differentiable",
        "This part has no real value, whatever the variables are.",
        span,
        "Look for a division by zero, or a root or logarithm of a negative number.",
    )
