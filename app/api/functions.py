"""The fields that questions about functions share: ``f``, ``vars`` and ``at``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.api.problems import FieldError, RequestError
from app.api.reader import is_number
from app.calculus import entries_of, evaluate, value_tape
from app.diagnostics import Problem
from app.expressions import ExpressionError, Reading, errors, limits, read, to_text
from app.expressions.characters import GREEK, PLAIN
from app.expressions.syntax import Entries, Syntax

FIELDS: Final = ("f", "vars", "at")
LARGEST_COORDINATE: Final = 1e300


@dataclass(frozen=True, slots=True)
class Question:
    """A function as it was read, its variables, and the point that was asked for."""

    entries: tuple[Syntax, ...]
    variables: tuple[str, ...]
    notes: tuple[Problem, ...]
    point: tuple[float, ...] | None

    @property
    def key(self) -> tuple[str, ...]:
        """The canonical form of the function: equal for equal trees."""
        return (*self.variables, "|", *map(to_text, self.entries))


def read_question(fields: Mapping[str, Any]) -> Question:
    """Read and check the fields.  Raises ``RequestError`` or ``ExpressionError``."""
    variables = read_variables(fields.get("vars"))
    entries, notes = read_entries(fields, "f", variables, "[x^2, x*y]")
    point = _point(fields.get("at"), variables)
    return Question(entries, variables, notes, point)


def read_variables(value: Any) -> tuple[str, ...]:
    """“x, y” or a list of names; Greek letters become their names."""
    if value is None:
        raise RequestError("The field vars is missing.", "Such as vars=x,y.", field="vars")
    names = re.split(r"[\s,;]+", value.strip(" ,[]()")) if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        message = "The field vars must be a list of names."
        raise RequestError(message, "Such as vars=x,y.", field="vars")
    if not names or names == [""]:
        raise RequestError("There are no variables.", "Such as vars=x,y.", field="vars")
    plain = [name.translate(PLAIN).strip() for name in names[:100]]
    return tuple(GREEK.get(name[:1], name[:1]) + name[1:] for name in plain)


def read_entries(
    fields: Mapping[str, Any], name: str, variables: tuple[str, ...], example: str
) -> tuple[tuple[Syntax, ...], tuple[Problem, ...]]:
    """One text, or a list of texts, as the entries of a list; and its notes.

    Raises ``RequestError``, ``ExpressionError`` of a text and ``FieldError`` of one in a list.
    """
    value = fields.get(name)
    if value is None:
        message = f"The field {name} is missing."
        raise RequestError(message, f"Such as {name}={example}.", field=name)
    if isinstance(value, str):
        reading = read(value, variables=variables, mode="scalar")
        return entries_of(reading.syntax), reading.notes
    if not isinstance(value, list) or not value or not all(isinstance(e, str) for e in value):
        message = f"The field {name} must be text or a list of texts."
        raise RequestError(message, f"Such as {example}.", field=name)
    if (length := sum(map(len, value))) > limits.CHARACTERS:
        raise errors.too_many_characters(length)
    readings = [_entry(f"{name}[{i}]", text, variables) for i, text in enumerate(value)]
    notes = tuple(note for reading in readings for note in reading.notes)
    return tuple(reading.syntax for reading in readings), notes


def _entry(field: str, text: str, variables: tuple[str, ...]) -> Reading:
    """One text of a list; its errors say which one it was."""
    try:
        reading = read(text, variables=variables, mode="scalar")
        if isinstance(reading.syntax, Entries):
            message = "A list of entries cannot stand within a list."
            raise ExpressionError("shape", message, reading.syntax.span, "Use one list.")
    except ExpressionError as error:
        raise FieldError(error.problem, field) from None
    return reading


def _point(value: Any, variables: Sequence[str]) -> tuple[float, ...] | None:
    """“1, 2/3”, a list of numbers, or an object with a number for each variable."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = read_numbers(value, "at")
    if isinstance(value, dict):
        value = _by_name(value, variables)
    if not isinstance(value, list):
        raise _bad_point("The field at must be a list of numbers or an object.")
    if len(value) != len(variables):
        count = f"{len(variables)} number{'s' if len(variables) > 1 else ''}"
        raise _unfit(f"The point needs {count}, one for each variable.")
    return tuple(map(_coordinate, value))


def _by_name(point: dict[str, Any], variables: Sequence[str]) -> list[Any]:
    if set(point) != set(variables):
        raise _unfit(f"The point needs a number for each of {', '.join(variables)}.")
    return [point[name] for name in variables]


def read_numbers(text: str, field: str) -> list[float]:
    """Numbers with commas between them, in brackets or not.  Raises ``FieldError``."""
    parts = text.strip(" []()").split(",")
    return [_constant(f"{field}[{index}]", part) for index, part in enumerate(parts)]


def _constant(field: str, text: str) -> float:
    """A number, or a constant expression such as pi/2."""
    try:
        tree = read(text, variables=(), mode="scalar").syntax
    except ExpressionError as error:
        raise FieldError(error.problem, field) from None
    return float(evaluate(value_tape(entries_of(tree), ()), ())["value"][0])


def _coordinate(value: Any) -> float:
    if not is_number(value):
        raise _bad_point("Every coordinate must be a number.")
    if not math.isfinite(value) or abs(value) > LARGEST_COORDINATE:
        raise _bad_point("A coordinate is out of range.")
    return float(value)


def _bad_point(message: str) -> RequestError:
    return RequestError(message, "Such as at=1,1 for the variables x,y.", field="at")


def _unfit(message: str) -> RequestError:
    return RequestError(message, "Such as at=1,1 for x,y.", code="shape", field="at")
