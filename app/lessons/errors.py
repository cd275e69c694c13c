"""Mistakes of authors: collected, never thrown out of a lesson.

A ``Notebook`` belongs to one file and takes down every problem found in it, so that an author sees
all of them at once.  ``ContentError`` is for the few that leave nothing to go on with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.diagnostics import Level, NablaError, Problem, did_you_mean


class ContentError(NablaError):
    """Content that cannot be used at all, such as a ``book.toml`` that is not TOML."""


@dataclass(slots=True)
class Notebook:
    """The problems of one file, in the order in which they were found, each once."""

    file: Path
    problems: list[Problem] = field(default_factory=list)

    def note(
        self,
        code: str,
        message: str,
        line: int | None = None,
        hint: str | None = None,
        level: Level = "error",
    ) -> None:
        """Take down a problem of this file."""
        self.add(Problem(code, message, hint=hint, line=line, level=level))

    def add(self, problem: Problem, line: int | None = None) -> None:
        """Take down a problem that another room found, placed in this file."""
        placed = problem.at(self.file, problem.line or line)
        if placed not in self.problems:
            self.problems.append(placed)

    def unknown(self, code: str, what: str, word: str, known: Iterable[str], line: int) -> None:
        """Take down a name that does not exist, with the nearest ones that do."""
        names = sorted(known)
        hint = did_you_mean(word, names) or (f"Known: {', '.join(names[:12])}." if names else None)
        self.note(code, f"There is no {what} “{word}”.", line, hint)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are more than warnings."""
        return [problem for problem in self.problems if problem.level == "error"]
