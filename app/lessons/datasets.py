"""The datasets of a book, read as the regression reads them: a broken one is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.lessons.errors import Notebook
from app.lessons.sources import read_text
from app.regression.datasets import NAME, read_dataset
from app.regression.errors import TableError

Columns = Mapping[str, tuple[str, ...]]


def columns_of(files: Mapping[str, Path]) -> tuple[Columns, list[Notebook]]:
    """The names of the columns of each dataset, and what is wrong with the files.

    A dataset that cannot be read has no entry.
    """
    found: dict[str, tuple[str, ...]] = {}
    notebooks = []
    for name, path in files.items():
        notes = Notebook(path)
        notebooks.append(notes)
        if not NAME.fullmatch(name):
            hint = "Use a-z, 0-9 and hyphens, a letter first."
            notes.note("slug", f"“{name}” cannot be the name of a dataset.", hint=hint)
        columns = _columns_in(read_text(path, notes), notes)
        if columns:
            found[name] = columns
    return found, notebooks


def _columns_in(text: str | None, notes: Notebook) -> tuple[str, ...]:
    """The names of the columns of a table; none, with the problem noted, if it cannot be read."""
    if text is None:
        return ()
    try:
        return read_dataset(text).names
    except TableError as error:
        problem = error.problem
        notes.note("dataset", problem.message, problem.line or 1, problem.hint)
    return ()


__all__ = ["Columns", "columns_of"]
