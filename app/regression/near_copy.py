"""A column that is nearly a copy of another: a second instrument that reads the same quantity.

A temperature in degrees Celsius is read again in degrees Fahrenheit, any other column in its own
unit; the second instrument reads too high by δ in odd rows and too low by δ in even rows, counted
from one.  The smaller δ, the nearer the columns are to dependence: the way to see digits go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.regression.errors import model_error, unknown_column
from app.regression.tables import Column, Table

DEVIATIONS = tuple(10.0**-power for power in range(9))
"""The deviations δ that a reader can step through, in units of ``NearCopy.scale``."""
MAX_DEVIATION = 1e6


@dataclass(frozen=True)
class NearCopy:
    """The values are ``factor``·source + ``offset`` ± δ·``scale``, in ``unit``."""

    source: str
    name: str
    unit: str
    factor: float
    offset: float
    scale: float


def near_copy_of(table: Table, source: str) -> NearCopy:
    """The second instrument for a column of numbers.  Raises ModelError for an unknown column."""
    if source not in table.names:
        raise unknown_column(source, table.names)
    column = table.column(source)
    if column.unit == "°C":
        return NearCopy(source, _free(f"{source} in °F", table), "°F", 1.8, 32.0, 1.0)
    known = column.values[~np.isnan(column.values)]
    with np.errstate(all="ignore"):
        scale = float(np.std(known)) if known.size else 0.0
    if not 0.0 < scale < np.inf:
        scale = 1.0
    return NearCopy(source, _free(f"{source}, read again", table), column.unit, 1.0, 0.0, scale)


def _free(name: str, table: Table) -> str:
    while name in table.names or name in table.text_columns:
        name += "′"
    return name


def with_near_copy(table: Table, copy: NearCopy, deviation: float) -> Table:
    """The table with the column added.  Raises ModelError for a deviation out of range."""
    if not 0.0 <= deviation <= MAX_DEVIATION:
        raise model_error("syntax", "The deviation must lie between 0 and 10⁶.")
    signs = np.where(np.arange(table.rows) % 2 == 0, 1.0, -1.0)
    values = copy.factor * table.column(copy.source).values + copy.offset
    added = Column(copy.name, values + signs * (deviation * copy.scale), copy.unit)
    return replace(table, columns=(*table.columns, added))
