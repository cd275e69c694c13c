"""Reads comma-separated text into columns of numbers, strictly.

The separator (comma, semicolon, tab or bar) and the decimal comma are detected; everything that
is not plainly a number is refused with its column and line, because a guess here would show up
only as a wrong coefficient.  An empty cell, ``NA``, ``NaN``, ``null`` and ``?`` are missing values.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.regression.errors import TableError, table_error

MAX_BYTES = 2_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_NAME = 100

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r"\Asep=[,;\t|]\r?\n")
"""The line with which spreadsheets are told how to read the rest."""
UNIT_IN_BRACKETS = re.compile(r".*\S\s*[(\[]\s*([^()\[\]]{1,16}?)\s*[)\]]")
"""The unit at the end of a header such as ``voltage (V)`` or ``life [h]``."""
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?"})
POINT_NUMBER = re.compile(r"[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,4})?")
COMMA_NUMBER = re.compile(r"[+-]?(\d{1,400}(,\d{0,400})?|,\d{1,400})([eE][+-]?\d{1,4})?")
GROUPED_NUMBER = re.compile(
    r"[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3}){1,9}([.,]\d{1,20})?|\d{1,20}[.,]\d{1,20}"
)
"""A number that another country would write, or with separated thousands."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """One column of numbers; NaN where a value is missing.  ``unit`` is empty when unknown."""

    name: str
    values: Vector
    unit: str = ""

    @property
    def missing_rows(self) -> tuple[int, ...]:
        """The rows, counted from 0, that have no value."""
        return tuple(int(row) for row in np.flatnonzero(np.isnan(self.values)))


@dataclass(frozen=True)
class Table:
    """Columns of equal length.  ``text_columns`` were left aside: they hold words, not numbers."""

    columns: tuple[Column, ...]
    text_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> int:
        return len(self.columns[0].values) if self.columns else 0

    def column(self, name: str) -> Column:
        """The column of that name.  Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def read_csv(text: str) -> Table:
    """The table in ``text``.

    Raises TableError: ``too-large`` beyond 2 MB, 20,000 rows or 100 columns, ``syntax`` for what
    is not such a table (unequal rows, an open quotation mark, a cell that is not a number).
    """
    _check_size(text)
    text = SEPARATOR_LINE.sub("", text.removeprefix("\ufeff"), count=1)
    _check_characters(text)
    separator = _detect_separator(text)
    rows = _split(text, separator)
    header, body = _header_and_body(rows)
    comma = _uses_decimal_comma(body, separator)
    return _columns(header, body, comma)


def _check_size(text: str) -> None:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise table_error(
            "too-large",
            "The table is larger than 2 MB.",
            "Keep the columns that the model needs, or a sample of the rows.",
        )


def _check_characters(text: str) -> None:
    if CONTROL_CHARACTER.search(text):
        raise table_error(
            "syntax",
            "This is not a text file: it has control characters.",
            "Save the sheet as CSV (comma-separated values) first.",
        )


def _detect_separator(text: str) -> str:
    """The candidate that splits the first lines into the same number of cells, most cells first."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        counts = [line.count(separator) for line in lines]
        if not counts or max(counts) == 0:
            continue
        usual = max(set(counts), key=counts.count)
        score = (counts.count(usual) / len(counts) if usual else 0.0, usual)
        if score > best_score:
            best, best_score = separator, score
    return best


def _split(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or (len(rows) == 0 and len(cells) > 1):
                rows.append((reader.line_num, cells))
            if len(rows) > MAX_ROWS + 1:
                raise table_error(
                    "too-large",
                    f"The table has more than {MAX_ROWS:,} rows.",
                    "Fit the model on a sample of the rows.",
                )
    except csv.Error as error:
        raise table_error(
            "syntax",
            "A quotation mark is opened and not closed as CSV asks for.",
            "Write a quotation mark inside a quoted cell twice.",
            line=reader.line_num,
        ) from error
    return rows


def _header_and_body(
    rows: list[tuple[int, list[str]]],
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if not rows:
        raise table_error(
            "syntax", "The table is empty.", "Paste a header line and rows of numbers."
        )
    line, first = rows[0]
    if len(first) > MAX_COLUMNS:
        raise table_error("too-large", f"The table has more than {MAX_COLUMNS} columns.")
    if all(_parse(cell, comma=False) is not None for cell in first if cell) and any(first):
        header, body = [f"column {index + 1}" for index in range(len(first))], rows
    else:
        header, body = [name or f"column {index + 1}" for index, name in enumerate(first)], rows[1:]
    _check_header(header, line)
    if not body:
        raise table_error(
            "syntax",
            "The table has a header and no rows.",
            "Add a row of numbers below the header.",
        )
    for line, cells in body:
        if len(cells) != len(header):
            cells_there = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
            raise table_error(
                "syntax",
                f"Line {line} has {cells_there} where the header has {len(header)}.",
                "Check the separators of that line.",
                line,
            )
    return _without_blank_end(header, first, body)


def _without_blank_end(
    header: list[str], first: list[str], body: list[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Without the nameless, empty columns that a separator at the end of every line makes."""
    width = len(header)
    while width > 1 and not first[width - 1] and not any(cells[width - 1] for _, cells in body):
        width -= 1
    if width == len(header):
        return header, body
    return header[:width], [(line, cells[:width]) for line, cells in body]


def _check_header(header: Sequence[str], line: int) -> None:
    for name in header:
        if len(name) > MAX_NAME:
            raise table_error(
                "too-large",
                f"The name of a column is longer than {MAX_NAME} characters.",
                line=line,
            )
        if header.count(name) > 1:
            raise table_error(
                "syntax",
                f"Two columns are called “{name}”.",
                "Give each column its own name.",
                line,
            )


def _uses_decimal_comma(body: list[tuple[int, list[str]]], separator: str) -> bool:
    if separator == ",":
        return False
    cells = [cell for _, row in body[:200] for cell in row if "," in cell]
    return bool(cells) and all(COMMA_NUMBER.fullmatch(cell) for cell in cells)


def _parse(cell: str, *, comma: bool) -> float | None:
    """The number in a cell, NaN for a missing value, None for anything else."""
    cell = cell.replace("\u2212", "-")
    if not (COMMA_NUMBER if comma else POINT_NUMBER).fullmatch(cell):
        return math.nan if cell.casefold() in MISSING else None
    value = float(cell.replace(",", "."))
    return value if math.isfinite(value) else None


def _columns(header: list[str], body: list[tuple[int, list[str]]], comma: bool) -> Table:
    numbers: list[Column] = []
    words: list[tuple[str, str]] = []
    for index, name in enumerate(header):
        values = [_parse(row[index], comma=comma) for _, row in body]
        unreadable = [position for position, value in enumerate(values) if value is None]
        if len(unreadable) == len(body) and len(header) > 1 and len(body) > 2:
            words.append((name, _shortened(body[0][1][index])))
        elif unreadable:
            raise _not_a_number(name, body[unreadable[0]], index)
        else:
            unit = UNIT_IN_BRACKETS.fullmatch(name)
            numbers.append(Column(name, np.array(values, dtype=float), unit[1] if unit else ""))
    if not numbers:
        raise table_error("syntax", "No column of the table holds numbers.")
    notes = tuple(
        f"Column “{name}” was left aside: it holds words, such as “{word}”, and no numbers."
        for name, word in words
    )
    return Table(tuple(numbers), tuple(name for name, _ in words), notes)


def _not_a_number(name: str, row: tuple[int, list[str]], index: int) -> TableError:
    line, cells = row
    grouped = GROUPED_NUMBER.fullmatch(cells[index])
    return table_error(
        "syntax",
        f"Column “{name}”, line {line}: “{_shortened(cells[index])}” is not a finite number.",
        "Write thousands without a separator, and everywhere the same decimal sign."
        if grouped
        else "Leave the cell empty if the value is missing.",
        line,
    )


def _shortened(cell: str) -> str:
    return cell[:24] + ("…" if len(cell) > 24 else "")
