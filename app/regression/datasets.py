"""The datasets of the book: ``datasets/<name>.csv`` in its folder or an overlay's.

A header such as ``voltage_V`` carries the unit after the last underscore; the units that are not
written in ASCII have their sign in one table here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.diagnostics import did_you_mean
from app.regression.errors import model_error
from app.regression.tables import Column, Table, read_csv

UNITS = {"V": "V", "C": "°C", "um": "µm", "h": "h"}
NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def dataset_names(*folders: Path) -> tuple[str, ...]:
    """The datasets that the folders hold, sorted."""
    return tuple(sorted(_files(folders)))


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """The file of each dataset; of several folders the first one counts."""
    files = (path for folder in reversed(folders) for path in folder.glob("*.csv"))
    return {path.stem: path for path in files if NAME.fullmatch(path.stem) and path.is_file()}


def dataset_text(name: str, *folders: Path) -> str:
    """The file of a dataset of the book.  Raises ModelError for an unknown name."""
    known = _files(folders)
    if name not in known:
        hint = did_you_mean(name, known) or f"There is {', '.join(sorted(known)) or 'none'}."
        raise model_error("unknown-name", f"There is no dataset “{name}”.", hint)
    return known[name].read_text("utf-8", "replace")


def load_dataset(name: str, *folders: Path) -> Table:
    """A dataset of the book with its units.  Raises ModelError for an unknown name."""
    return read_dataset(dataset_text(name, *folders))


def read_dataset(text: str) -> Table:
    """The table in the text of a dataset, with its units.  Raises TableError."""
    table = read_csv(text)
    return replace(table, columns=tuple(_with_unit(column) for column in table.columns))


def _with_unit(column: Column) -> Column:
    name, _, suffix = column.name.rpartition("_")
    return replace(column, name=name, unit=UNITS[suffix]) if name and suffix in UNITS else column
