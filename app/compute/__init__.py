"""Expensive jobs in processes that can be killed: one interface, whatever is inside.

    run("app.calculus.readable:readable_jacobian", entries, variables, deadline=2.0)

``pool`` keeps the workers (``process``), ``zygote`` makes them, ``worker`` is what runs in them,
``lanes`` says who may run next, ``cache`` remembers results, in ``shared`` beyond this process.
Importing starts nothing; the first job does, or ``start``.  Whoever serves several clients sets
``CALLER``, so that none of them takes it all and nobody computes for one who has left.
"""

from __future__ import annotations

import atexit
from typing import Any, Final

from app.compute.cache import ResultCache, remember_within
from app.compute.caller import CALLER, Caller, Gone
from app.compute.errors import Busy, Interrupted, JobFailed, Timeout, TooLarge, TooManyRequests
from app.compute.patience import be_patient, patient
from app.compute.pool import Pool
from app.compute.shared import redis_store, share
from app.compute.tally import TALLY

DEADLINE: Final = 2.0
"""Seconds that a job may run unless it says otherwise."""

_pool: Final = Pool()


def run(job: str, *arguments: Any, deadline: float = DEADLINE) -> Any:
    """The result of “module:function” in a worker process; see ``Pool.run`` for what it raises."""
    with TALLY.job():
        return _pool.run(job, *arguments, deadline=patient(deadline))


def answers(seconds: float = DEADLINE) -> bool:
    """Whether a worker replies within so many seconds, beside all jobs that wait or run."""
    return _pool.answers(seconds)


def occupancy() -> dict[tuple[str, str], int]:
    """How many jobs run and wait in each lane at this moment, by lane and state."""
    return _pool.occupancy()


def serve_beside(others: int) -> None:
    """Leave their part of the processors to so many other servers; before the first job."""
    _pool.serve_beside(others)


def start() -> None:
    """Have a worker ready before the first job; blocks for about a second the first time."""
    _pool.start()


def close() -> None:
    """End all worker processes; called at exit as well."""
    _pool.close()


atexit.register(close)

__all__ = [
    "CALLER",
    "DEADLINE",
    "TALLY",
    "Busy",
    "Caller",
    "Gone",
    "Interrupted",
    "JobFailed",
    "Pool",
    "ResultCache",
    "Timeout",
    "TooLarge",
    "TooManyRequests",
    "answers",
    "be_patient",
    "close",
    "occupancy",
    "patient",
    "redis_store",
    "remember_within",
    "run",
    "serve_beside",
    "share",
    "start",
]
