"""Expensive jobs in processes that can be killed: one interface, whatever is inside.

    run("app.calculus.readable:readable_jacobian", entries, variables, deadline=2.0)

``pool`` keeps the workers, ``zygote`` makes them, ``worker`` is what runs in them, ``lanes`` says
who may run next, ``cache`` remembers results.  Importing starts nothing; the first job does, or
``start``.  Whoever serves several clients sets ``CLIENT``, so that none of them takes it all.
"""

from __future__ import annotations

import atexit
from typing import Any, Final

from app.compute.cache import ResultCache
from app.compute.errors import Busy, JobFailed, Timeout
from app.compute.pool import CLIENT, Pool

DEADLINE: Final = 2.0
"""Seconds that a job may run unless it says otherwise."""

_pool: Final = Pool()


def run(job: str, *arguments: Any, deadline: float = DEADLINE) -> Any:
    """The result of “module:function” in a worker process; see ``Pool.run`` for what it raises."""
    return _pool.run(job, *arguments, deadline=deadline)


def start() -> None:
    """Have a worker ready before the first job; blocks for about a second the first time."""
    _pool.start()


def close() -> None:
    """End all worker processes; called at exit as well."""
    _pool.close()


atexit.register(close)

__all__ = [
    "CLIENT",
    "DEADLINE",
    "Busy",
    "JobFailed",
    "Pool",
    "ResultCache",
    "Timeout",
    "close",
    "run",
    "start",
]
