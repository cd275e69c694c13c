"""Readable derivatives from the workers: remembered by canonical form, missing with a reason."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from typing import Any, Final

from app import compute
from app.calculus import Readable
from app.diagnostics import NablaError

_CACHE: Final[compute.ResultCache[Readable]] = compute.ResultCache()
_LOG: Final = logging.getLogger(__name__)

LATE: Final = "The readable form took too long to find; the numbers are not affected."
BUSY: Final = "The server is too busy for the readable form; the numbers are not affected."
DEFECT: Final = "The readable form could not be found; the numbers are not affected."


def readable(job: str, key: Hashable, *arguments: Any) -> Readable:
    """The result of a job of ``app.calculus.readable``; a missing form never spoils the answer."""
    try:
        return _CACHE.fetch((job, key), lambda: _run(job, *arguments))
    except compute.Timeout:
        return Readable({}, LATE)
    except compute.Busy:
        return Readable({}, BUSY)
    except (compute.JobFailed, NablaError) as error:
        _LOG.warning("No readable form: %s", error)
        return Readable({}, DEFECT)


def _run(job: str, *arguments: Any) -> Readable:
    found: Readable = compute.run(f"app.calculus.readable:{job}", *arguments)
    return found
