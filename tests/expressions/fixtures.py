"""Reads the text fixtures: tables of readings, and errors drawn with carets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures"


def rows(name: str) -> list[tuple[str, ...]]:
    """The cells of a table, blanks around them removed; “ | ” separates, for bars are text too."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line and not line.startswith("#")]
    return [tuple(cell.strip() for cell in _cells(line)) for line in table]


def _cells(line: str) -> list[str]:
    """First and last cell by the outermost separators, so that the text may hold bars."""
    head, _, last = line.rpartition(" | ")
    first, separator, text = head.partition("  | ")
    return [first, text, last] if separator else [head, last]


@dataclass(frozen=True)
class Drawn:
    """An error as drawn in a fixture: where, what, and what to do."""

    setting: str
    text: str
    carets: str
    code: str
    message: str
    hint: str | None


def drawings(name: str, *, setting: bool) -> list[Drawn]:
    """The errors of a fixture; with ``setting`` each begins with a line that is not the text."""
    source = (FOLDER / name).read_text(encoding="utf-8")
    return [_drawn(block.splitlines(), setting) for block in source.split("\n\n")[1:]]


def _drawn(lines: list[str], setting: bool) -> Drawn:
    first = lines.pop(0) if setting else ""
    text, carets, complaint, hint = lines
    code, _, message = complaint.partition(": ")
    return Drawn(first, text, carets, code, message, None if hint == "-" else hint)
