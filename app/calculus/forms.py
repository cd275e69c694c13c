"""What a worker sends back: kept apart so that the server can read it without importing SymPy."""

from __future__ import annotations

from dataclasses import dataclass

from app.expressions.syntax import Syntax

Matrix = tuple[tuple[Syntax, ...], ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """Derivatives as trees, by name; ``missing`` says in a sentence why there are none."""

    matrices: dict[str, Matrix]
    missing: str | None = None
