"""What can be wrong with a table or a question about it; the wording lives here.

Every message names the column as its owner wrote it and, where there is one, the line of the file.
"""

from __future__ import annotations

from app.diagnostics import NablaError, Problem, did_you_mean


class TableError(NablaError):
    """The table cannot be read as columns of numbers."""


class ModelError(NablaError):
    """The table is fine, but the regression that was asked for is not."""


def table_error(
    code: str, message: str, hint: str | None = None, line: int | None = None
) -> TableError:
    """A fault of the table, at a line counted from 1 (the header is line 1)."""
    return TableError(Problem(code=code, message=message, hint=hint, line=line))


def model_error(code: str, message: str, hint: str | None = None) -> ModelError:
    """A fault of the question."""
    return ModelError(Problem(code=code, message=message, hint=hint))


def unknown_column(name: str, known: tuple[str, ...]) -> ModelError:
    """A target or feature that the table does not have."""
    listed = ", ".join(f"“{each}”" for each in known[:12])
    hint = did_you_mean(name, known) or f"The columns are {listed}."
    return model_error("unknown-name", f"There is no column “{name}” in the table.", hint)
