"""The design matrix X (m×n) and the target y (m), with everything told that was noticed on the way.

A column of ones stands first when there is an intercept.  With ``standardize`` each feature is
centred to mean 0 and scaled to standard deviation 1 (divisor m), which changes the weights but
not the fitted values; ``Scaling.weights_in_units`` takes the weights back to the units of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.regression.errors import model_error, unknown_column
from app.regression.tables import Table

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

INTERCEPT = "intercept"
MAX_FEATURES = 30


@dataclass(frozen=True)
class Scaling:
    """Column means and standard deviations of the features (n without the intercept)."""

    means: Vector
    deviations: Vector
    intercept: bool

    def weights_in_units(self, weights: Vector) -> Vector:
        """Weights for the features as given, from weights for the standardized ones."""
        offset = 1 if self.intercept else 0
        slopes = weights[offset:] / self.deviations
        if not self.intercept:
            return slopes
        return np.concatenate([[weights[0] - slopes @ self.means], slopes])


@dataclass(frozen=True)
class Design:
    """What is fitted: ``X`` (m×n), ``y`` (m), the name of each column, and notes in words."""

    X: Matrix
    y: Vector
    columns: tuple[str, ...]
    target: str
    intercept: bool
    scaling: Scaling | None
    rows: tuple[int, ...]
    notes: tuple[str, ...]

    @property
    def penalized(self) -> Vector:
        """1 for each weight that ridge regression shrinks, 0 for the intercept (n)."""
        mask = np.ones(self.X.shape[1])
        if self.intercept:
            mask[0] = 0.0
        return mask


def design(
    table: Table,
    target: str | None = None,
    features: Sequence[str] | None = None,
    *,
    intercept: bool = True,
    standardize: bool = False,
) -> Design:
    """The design for ``target`` (default: the last column) by ``features`` (default: the others).

    Rows with a missing value among these columns are left out, and the notes say which.
    Raises ModelError for unknown, repeated or too many columns and when no complete row is left.
    """
    target = table.names[-1] if target is None else target
    chosen = (
        tuple(name for name in table.names if name != target)
        if features is None
        else tuple(features)
    )
    _check_choice(table, target, chosen, intercept)
    values = np.column_stack([table.column(name).values for name in (*chosen, target)])
    complete = ~np.isnan(values).any(axis=1)
    if not complete.any():
        raise _no_complete_row(table, (*chosen, target))
    kept = values[complete]
    matrix, scaling, notes = _features(kept[:, :-1], chosen, intercept, standardize)
    return Design(
        X=matrix,
        y=kept[:, -1],
        columns=((INTERCEPT,) if intercept else ()) + chosen,
        target=target,
        intercept=intercept,
        scaling=scaling,
        rows=tuple(int(row) for row in np.flatnonzero(complete)),
        notes=(*table.notes, *_missing_notes(table, (*chosen, target)), *notes),
    )


def _check_choice(table: Table, target: str, chosen: tuple[str, ...], intercept: bool) -> None:
    for name in (target, *chosen):
        if name in table.text_columns:
            raise model_error("not-a-number", f"Column “{name}” holds words, not numbers.")
        if name not in table.names:
            raise unknown_column(name, table.names)
    if target in chosen:
        raise model_error(
            "syntax", f"Column “{target}” is the target and cannot be a feature as well."
        )
    if len(set(chosen)) != len(chosen):
        raise model_error("syntax", "A feature is named twice.")
    if len(chosen) > MAX_FEATURES:
        raise model_error("too-large", f"At most {MAX_FEATURES} features can be fitted here.")
    if not chosen and not intercept:
        raise model_error("syntax", "There is nothing to fit: choose a feature or the intercept.")


def _no_complete_row(table: Table, names: tuple[str, ...]) -> Exception:
    empty = [name for name in names if len(table.column(name).missing_rows) == table.rows]
    if empty:
        message = f"Column “{empty[0]}” has no value in any row."
        return model_error("missing-values", message, "Choose other columns.")
    holes = _listed([name for name in names if table.column(name).missing_rows])
    message = f"No row is complete: in each of them a value is missing in {holes}."
    return model_error("missing-values", message, "Leave out a column with many empty cells.")


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _missing_notes(table: Table, names: tuple[str, ...]) -> list[str]:
    notes = []
    for name in names:
        missing = table.column(name).missing_rows
        if missing:
            lines = ", ".join(str(row + 1) for row in missing[:6]) + (
                "…" if len(missing) > 6 else ""
            )
            rows = "row" if len(missing) == 1 else "rows"
            notes.append(f"“{name}” has no value in {rows} {lines}; left out of the fit.")
    return notes


def _features(
    values: Matrix, names: tuple[str, ...], intercept: bool, standardize: bool
) -> tuple[Matrix, Scaling | None, list[str]]:
    notes = _constant_notes(values, names, intercept)
    scaling = None
    if standardize:
        deviations = values.std(axis=0)
        constant = deviations <= 1e-14 * np.maximum(1e-300, np.abs(values).max(axis=0, initial=0.0))
        deviations = np.where(constant, 1.0, deviations)
        scaling = Scaling(values.mean(axis=0), deviations, intercept)
        centre = scaling.means if intercept else np.zeros_like(scaling.means)
        values = (values - centre) / deviations
    ones = np.ones((len(values), 1))
    return (np.hstack([ones, values]) if intercept else values), scaling, notes


def _constant_notes(values: Matrix, names: tuple[str, ...], intercept: bool) -> list[str]:
    notes = []
    for name, column in zip(names, values.T, strict=True):
        if len(column) > 1 and np.ptp(column) == 0.0:
            why = " and so cannot be told from the offset" if intercept else ""
            notes.append(f"“{name}” has the same value in every row{why}.")
    return notes
