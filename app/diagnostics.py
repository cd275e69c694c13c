"""Everything that a person can cause to go wrong, as data.

A reader's typing error, an author's broken lesson and an instructor's wrong setting are all a
``Problem``: what is wrong, where, and what to do.  Whoever finds the problem states it once;
whoever shows it (page, JSON, terminal) decides only how it looks.

    NablaError                 carries one Problem; every error of ours derives from it
    ├── expressions.errors     what a reader types
    ├── lessons.errors         what an author writes
    └── settings.SettingsError what an instructor configures
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def caret(self, text: str) -> str:
        """The line of ``text`` that holds the span, with carets below the span."""
        line_start = text.rfind("\n", 0, self.start) + 1
        line_end = text.find("\n", self.start)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        width = max(1, min(self.end, line_start + len(line)) - self.start)
        return f"{line}\n{' ' * (self.start - line_start)}{'^' * width}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where and what to do about it.

    ``code`` is a stable short name that programs may act upon, ``span`` points into the text that
    was typed, ``file`` and ``line`` (counted from 1) into the content that was written.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    file: Path | None = None
    line: int | None = None
    level: Level = "error"

    def at(self, file: Path | None = None, line: int | None = None) -> Problem:
        """The same problem, placed in a file."""
        return replace(self, file=file or self.file, line=line or self.line)

    def __str__(self) -> str:
        where = f"{self.file or ''}{f':{self.line}' if self.line else ''}"
        prefix = f"{where}: {self.level}: " if where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{prefix}{self.message}{hint}"


class NablaError(Exception):
    """The base of all errors that a person can cause; carries one ``Problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like ``word``, best first: what a misspelling may have meant."""
    names = list(known)
    folded = {name.casefold(): name for name in names}
    matches = difflib.get_close_matches(word.casefold(), folded, n=limit, cutoff=0.6)
    return [folded[match] for match in matches]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint sentence with the nearest known names, or None when nothing is near."""
    names = nearest(word, known)
    if not names:
        return None
    quoted = [f"“{name}”" for name in names]
    listed = quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" or {quoted[-1]}"
    return f"Did you mean {listed}?"
