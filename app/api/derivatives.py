"""Readable derivatives from the workers: remembered by canonical form, missing with a reason."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from app import compute
from app.api.answers import formula
from app.calculus import Readable
from app.calculus.survey import UNEXAMINED
from app.diagnostics import NablaError

Content: TypeAlias = dict[str, Any]

_CACHE: Final[compute.ResultCache[Content]] = compute.ResultCache("readable")
_LOG: Final = logging.getLogger(__name__)

LATE: Final = "The readable form took too long to find; the numbers are not affected."
BUSY: Final = "The server is too busy for the readable form; the numbers are not affected."
DEFECT: Final = "The readable form could not be found; the numbers are not affected."
_PASSING: Final = {LATE, BUSY, DEFECT}


@dataclass(frozen=True, slots=True)
class Forms:
    """Formula objects by name, row by row; ``missing`` says why there are none."""

    matrices: dict[str, list[list[dict[str, str]]]]
    missing: str | None = None


def readable(job: str, key: Hashable, *arguments: Any) -> Forms:
    """The result of a job of ``app.calculus.readable``; a missing form never spoils the answer."""
    try:
        return Forms(**_CACHE.fetch((job, key), lambda: _run(job, *arguments)))
    except compute.Timeout:
        return Forms({}, LATE)
    except (compute.Busy, compute.Interrupted):
        return Forms({}, BUSY)
    except (compute.JobFailed, NablaError) as error:
        _LOG.warning("No readable form: %s", error)
        return Forms({}, DEFECT)


def is_lasting(content: Content) -> bool:
    """Whether an answer is as good as it will ever be; another may be better in a calmer moment."""
    higher = content.get("at", {}).get("higher_order") or {}
    return content["note"] not in _PASSING and higher.get("explanation") != UNEXAMINED.explanation


def _run(job: str, *arguments: Any) -> Content:
    found: Readable = compute.run(f"app.calculus.readable:{job}", *arguments)
    matrices = {
        name: [[formula(entry) for entry in row] for row in rows]
        for name, rows in found.matrices.items()
    }
    return {"matrices": matrices, "missing": found.missing}
