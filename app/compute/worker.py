"""What happens in a worker process: jobs come in, results go out, walls stand around.

A job is named “module:function”.  Names come from our own code, never from a request.
"""

from __future__ import annotations

import contextlib
import importlib
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from app.diagnostics import NablaError

MEMORY: Final = 160 * 2**20
"""How many bytes a job may need beyond what a fresh worker has: RLIMIT_AS is set to the sum."""

Reply = tuple[str, Any]
"""("value", result), ("problem", Problem), ("too large", None) or ("failed", kind of failure)."""


def serve(connection: Connection) -> None:
    """Run jobs until the other side closes the connection."""
    limit_memory()
    while True:
        try:
            name, arguments, seconds = connection.recv()
        except (EOFError, OSError):
            return
        with own_alarm(seconds):
            reply = perform(name, arguments)
        connection.send(reply)


def perform(name: str, arguments: tuple[Any, ...]) -> Reply:
    """The reply to one job; whatever it raises becomes part of it."""
    try:
        return "value", find(name)(*arguments)
    except NablaError as error:
        return "problem", error.problem
    except (MemoryError, RecursionError):
        return "too large", None
    except Exception as error:
        return "failed", type(error).__name__


def find(name: str) -> Callable[..., Any]:
    """The function called “module:function”."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def is_there() -> bool:
    """The job of one who only wants to know whether workers answer."""
    return True


def limit_memory() -> None:
    """Let the process grow by ``MEMORY`` from where it stands."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


class own_alarm:  # noqa: N801 - reads as a phrase
    """End this very process when a job has used far more processor time than it may take.

    The server kills a late worker itself; this is for the case that the server is gone or stuck.
    The timer counts what the process and the system do for it (``ITIMER_PROF``), and its signal
    kills, also within an operation in C; RLIMIT_CPU would count whole seconds over all jobs.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = 2 * seconds + 1

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
