"""What goes to a worker and comes back: kept apart so that the server need not import SymPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.expressions.syntax import Syntax

Matrix = tuple[tuple[Syntax, ...], ...]
HIGHEST_POWER: Final = 12
"""Of the outcome in a log-density whose expectations are taken by moments."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Derivatives as trees, by name; ``missing`` says in a sentence why there are none."""

    matrices: dict[str, Matrix]
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Density:
    """log p(x; θ) with what its expectations are taken by.

    ``logarithms`` is one expression in x and the parameters, with the ``moments`` of x about
    ``centre``; or the log-probability of each outcome, without moments and x.
    """

    logarithms: tuple[Syntax, ...]
    variables: tuple[str, ...]
    centre: Syntax | None = None
    moments: tuple[Syntax, ...] = ()
