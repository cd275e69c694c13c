"""One worker process as the server sees it: a connection, a process id, and how to end it."""

from __future__ import annotations

import contextlib
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from app.compute.errors import JobFailed
from app.compute.worker import Reply

START_SECONDS: Final = 30.0

Message = tuple[str, tuple[Any, ...], float]
"""The name of a job, its arguments, its deadline."""


class Died(Exception):  # noqa: N818
    """The process is gone and has not replied."""


class Worker:
    """A worker process.  Used by one thread at a time; ``kill`` may come from any.

    Raises ``Died`` for a process that has ended before it could say its name, and ``JobFailed``
    for one that says nothing at all.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        if not connection.poll(START_SECONDS):
            raise JobFailed("no worker came up")
        try:
            self.pid: int = connection.recv()
        except (EOFError, OSError):
            raise Died from None
        self.jobs = 0
        self.slowed = False
        """A process without privileges cannot take its priority back."""
        self._used = 0.0

    def send(self, message: Message) -> None:
        """Give the worker a job.  Raises ``Died``."""
        self._used = _processor_seconds(self.pid) or 0.0
        try:
            self._connection.send(message)
        except OSError:
            raise Died from None

    def receive(self, seconds: float) -> Reply | None:
        """The reply, or None when there was none in time.  Raises ``Died``."""
        try:
            if not self._connection.poll(seconds):
                return None
            reply: Reply = self._connection.recv()
        except (EOFError, OSError):
            raise Died from None
        return reply

    def is_alive(self) -> bool:
        """Whether an idle worker still waits; one that was killed has closed its end."""
        return not self._connection.poll(0)

    def has_used(self, seconds: float) -> bool:
        """Whether the current job had the processor for that long; true where nobody can tell."""
        now = _processor_seconds(self.pid)
        return now is None or now - self._used >= seconds

    def slow_down(self) -> None:
        """Let other processes go first from now on."""
        self.slowed = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def kill(self) -> None:
        """End the process at once, whatever it is doing; whoever waits for its reply is told."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process and forget it."""
        self.kill()
        self._connection.close()


def _processor_seconds(pid: int) -> float | None:
    """What a process has used of the processor, where the system tells (proc(5), fields 14, 15)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None
