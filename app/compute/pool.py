"""The server's side: workers at hand, deadlines kept, late workers killed.

Two ``lanes`` keep honest readers from waiting behind heavy jobs.  A job starts in the fast lane,
which has as many places as there are processors.  After ``FAST_SECONDS`` it gives its place up,
gets a lower priority and goes on in one of the few places of the slow lane until its deadline.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing.connection import Connection
from typing import Any, Final

from app.compute.errors import Busy, JobFailed, Timeout
from app.compute.lanes import FastLane, SlowLane
from app.compute.worker import Reply
from app.diagnostics import NablaError, Problem

FAST_SECONDS: Final = 0.25
QUEUE_SECONDS: Final = 3.0
"""How long a job may wait for a place before its client is asked to come again."""
JOBS_PER_WORKER: Final = 200
"""SymPy's caches grow with every job; a fresh worker costs two milliseconds."""
START_SECONDS: Final = 30.0
FAILURE_COSTS: Final = 5
"""How many times over a job counts that ended in nothing."""

CLIENT: Final[ContextVar[str]] = ContextVar("client", default="")
"""On whose behalf jobs run; whoever receives requests sets it."""

Message = tuple[str, tuple[Any, ...], float]
"""The name of a job, its arguments, its deadline."""


class Worker:
    """One worker process and the connection to it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        if not connection.poll(START_SECONDS):
            raise JobFailed("no worker came up")
        self.pid: int = connection.recv()
        self.jobs = 0

    def slow_down(self) -> None:
        """Let other processes go first from now on."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        self.connection.close()


class Pool:
    """Runs jobs in worker processes; nothing is started before the first job."""

    def __init__(self, places: int | None = None) -> None:
        self._fast = FastLane(places or os.cpu_count() or 1)
        self._slow = SlowLane()
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def run(self, job: str, *arguments: Any, deadline: float) -> Any:
        """The result of the job “module:function” with these arguments.

        Raises ``Timeout`` after ``deadline`` seconds of running, ``Busy`` when no place comes free,
        the job's own ``NablaError``, or ``JobFailed`` for anything else.
        """
        client = CLIENT.get()
        if not self._fast.enter(client, QUEUE_SECONDS):
            raise Busy
        started, cost = time.monotonic(), FAILURE_COSTS
        try:
            with self._fast_place() as give_up_place:
                reply = self._run(client, (job, arguments, deadline), give_up_place)
            cost = 1
        finally:
            self._fast.charge(client, cost * (time.monotonic() - started))
        return _unwrap(reply)

    def start(self) -> None:
        """Start the zygote and one worker now, so that the first job finds them."""
        worker = self._take()
        self._put_back(worker)

    def close(self) -> None:
        """End all processes; a later job would start new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
            zygote, self._zygote = self._zygote, None
            control, self._control = self._control, None
        for worker in idle:
            worker.kill()
        if control is not None:
            control.close()
        if zygote is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                zygote.wait(2)
            zygote.kill()
            zygote.wait()

    # Places

    @contextmanager
    def _fast_place(self) -> Iterator[Callable[[], None]]:
        """Leaves the fast lane at the end of the block, or earlier when called."""
        held = [self._fast]
        try:
            yield lambda: held.pop().leave()
        finally:
            for lane in held:
                lane.leave()

    def _run(self, client: str, message: Message, give_up_place: Callable[[], None]) -> Reply:
        *_, deadline = message
        worker = self._take()
        try:
            worker.connection.send(message)
            quick = worker.connection.poll(min(FAST_SECONDS, deadline))
            reply = _receive(worker) if quick else None
        except BaseException:
            worker.kill()
            raise
        if reply is not None:
            self._put_back(worker)
            return reply
        give_up_place()
        return self._go_on_slowly(client, worker, deadline)

    def _go_on_slowly(self, client: str, worker: Worker, deadline: float) -> Reply:
        if not self._slow.enter(client):
            worker.kill()
            raise Busy
        try:
            worker.slow_down()
            if not worker.connection.poll(max(0.0, deadline - FAST_SECONDS)):
                raise Timeout(deadline)
            return _receive(worker)
        finally:
            self._slow.leave(client)
            worker.kill()  # a process without privileges cannot take its priority back

    # Workers

    def _take(self) -> Worker:
        """An idle worker, the one used last, for its memory is warm; else a new one."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            return self._fork()

    def _put_back(self, worker: Worker) -> None:
        worker.jobs += 1
        with self._lock:
            if worker.jobs < JOBS_PER_WORKER and self._zygote is not None:
                self._idle.append(worker)
                return
        worker.kill()

    def _fork(self) -> Worker:
        if self._zygote is None or self._zygote.poll() is not None:
            self._start_zygote()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        return Worker(Connection(ours.detach()))

    def _start_zygote(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._zygote = subprocess.Popen(
                [sys.executable, "-P", "-m", "app.compute.zygote", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                env=_environment(),
            )


def _receive(worker: Worker) -> Reply:
    try:
        reply: Reply = worker.connection.recv()
    except (EOFError, OSError):
        raise JobFailed("the worker died") from None
    return reply


def _unwrap(reply: Reply) -> Any:
    kind, content = reply
    if kind == "value":
        return content
    if kind == "problem" and isinstance(content, Problem):
        raise NablaError(content)
    raise JobFailed(str(content))


def _environment() -> dict[str, str]:
    """Ours, with the same import path, and without the threads that would make forking unsafe."""
    folders = [folder for folder in sys.path if os.path.isabs(folder)]
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **single, "PYTHONPATH": os.pathsep.join(folders)}
