"""Widget options that name something of the book: a dataset, its columns, an example.

An option says in ``options.json`` what it names: ``"names": "dataset"``, ``"columns"`` (of that
dataset, or of the table in the option ``csv``; ``"also"`` lists what they may be besides) or
``"example"`` (an entry of the widget's presets).  ``"table"`` is for an option that holds one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.diagnostics import Problem, did_you_mean
from app.lessons.datasets import Columns
from app.regression.errors import TableError
from app.regression.tables import read_csv

Described = Mapping[str, Mapping[str, Any]]


def name_problems(
    options: Mapping[str, Any], described: Described, columns: Columns, examples: Collection[str]
) -> Iterator[tuple[str, Problem]]:
    """The options that name what does not exist, each with what is wrong."""
    for key, value in options.items():
        schema = described.get(key, {})
        match schema.get("names"):
            case "dataset":
                problems = _unknown(value, "dataset", columns)
            case "columns":
                known = _columns(options, described, columns, schema)
                problems = _unknown(value, "column", known) if known is not None else iter(())
            case "table":
                problems = _table_problems(value)
            case "example":
                problems = _unknown(value, "example", examples)
            case _:
                continue
        yield from ((key, problem) for problem in problems)


def _unknown(value: Any, what: str, known: Collection[str]) -> Iterator[Problem]:
    for word in value if isinstance(value, list) else [value]:
        if isinstance(word, str) and word not in known:
            hint = did_you_mean(word, known) or f"There are: {', '.join(sorted(known))}."
            yield Problem(f"unknown-{what}", f"There is no {what} “{word}”.", hint=hint)


def _columns(
    options: Mapping[str, Any], described: Described, columns: Columns, schema: Mapping[str, Any]
) -> Collection[str] | None:
    """The columns that an option may name; None where that cannot be said."""
    if "csv" in options:
        try:
            found: tuple[str, ...] | None = read_csv(str(options["csv"])).names
        except TableError:
            return None  # the table itself is told of
    else:
        found = columns.get(options.get("dataset", described.get("dataset", {}).get("default")))
    # A second reading of a column brings one more, under a name of its own.
    twice = "copy" in options and schema.get("also")
    return None if found is None or twice else (*found, *schema.get("also", ()))


def _table_problems(value: Any) -> Iterator[Problem]:
    try:
        read_csv(str(value))
    except TableError as error:
        yield Problem("dataset", error.problem.message, hint=error.problem.hint)


__all__ = ["name_problems"]
