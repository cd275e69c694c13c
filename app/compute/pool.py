"""The server's side: workers at hand, deadlines kept, late workers killed and replaced.

Two ``lanes`` keep honest readers from waiting behind heavy jobs.  A job starts in the fast lane,
which has as many places as there are processors.  After ``FAST_SECONDS`` it gives its place up,
gets a lower priority and goes on in one of the few places of the slow lane until its deadline.

Why not a library: tests/benchmarks/test_pools.py runs the same requests, 5 % of them hanging,
through this pool, pebble and concurrent.futures.  The last loses its workers to the hanging jobs
for ever; pebble kills them, but its replacements cost a start of the interpreter (or a fork of a
server that has threads, which is not safe), and short jobs queue behind the hanging ones.  Nor has
it lanes, fairness between clients, a memory limit or a way to drop the job of one who has left.
Figures: tests/benchmarks/walls.md.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, Final

from app.compute.caller import CALLER, Caller, Gone
from app.compute.errors import Busy, Interrupted, JobFailed, Timeout, TooLarge
from app.compute.lanes import FastLane, SlowLane
from app.compute.process import Died, Message, Worker
from app.compute.tally import TALLY
from app.compute.worker import Reply
from app.diagnostics import NablaError, Problem

FAST_SECONDS: Final = 0.25
QUEUE_SECONDS: Final = 3.0
"""How long a job may wait for a place before its client is asked to come again."""
STARVED: Final = 0.5
"""How much longer, in deadlines, a job may take that has not had the processor for half of its."""
JOBS_PER_WORKER: Final = 200
"""SymPy's caches grow with every job; a fresh worker costs two milliseconds."""
FAILURE_COSTS: Final = 5
"""How many times over a job counts that ended in nothing."""


def part_of_processors(pools: int) -> int:
    """How many places one of several pools has, so that all have about one for each processor.

    With more, the jobs take the processors from one another and all come late.
    """
    return -(-(os.cpu_count() or 1) // pools)


class Pool:
    """Runs jobs in worker processes; nothing is started before the first job."""

    def __init__(self, places: int | None = None) -> None:
        self._fast = FastLane(places or part_of_processors(1))
        self._slow = SlowLane()
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def serve_beside(self, others: int) -> None:
        """Take one part of the processors, the others being for so many pools of other processes.

        To be said before the first job.
        """
        self._fast = FastLane(part_of_processors(1 + others))

    def run(self, job: str, *arguments: Any, deadline: float) -> Any:
        """The result of the job “module:function” with these arguments.

        Raises ``Timeout`` after ``deadline`` seconds of running, ``Busy`` when no place comes free,
        ``TooLarge`` at the memory limit, ``Interrupted`` when the worker was killed, ``Gone`` when
        the caller has left, the job's own ``NablaError``, or ``JobFailed`` for anything else.
        """
        caller = CALLER.get()
        caller.step_aside()
        if not self._fast.enter(caller.client, QUEUE_SECONDS):
            raise Gone if caller.gone else Busy
        started, cost = time.monotonic(), FAILURE_COSTS
        try:
            with self._fast_place() as give_up_place:
                reply = self._run(caller, (job, arguments, deadline), give_up_place)
            cost = 1
        finally:
            self._fast.charge(caller.client, cost * (time.monotonic() - started))
        return _unwrap(reply)

    def start(self) -> None:
        """Start the zygote and one worker now, so that the first job finds them."""
        worker = self._take()
        self._put_back(worker)

    def answers(self, seconds: float) -> bool:
        """Whether a worker replies in time.  Takes no place in the lanes: busy is not ill."""
        try:
            worker = self._take()
        except (Died, JobFailed, OSError):
            return False
        try:
            worker.send(("app.compute.worker:is_there", (), seconds))
            reply = worker.receive(seconds)
        except Died:
            reply = None
        if reply is None:
            worker.end()
            return False
        self._put_back(worker, reply)
        return reply == ("value", True)

    def occupancy(self) -> dict[tuple[str, str], int]:
        """Jobs that run and wait, by lane and state, and workers that have nothing to do."""
        running, waiting = self._fast.occupancy()
        with self._lock:
            idle = len(self._idle)
        return {
            ("fast", "running"): running,
            ("fast", "waiting"): waiting,
            ("slow", "running"): self._slow.occupancy(),
            ("none", "idle workers"): idle,
        }

    def close(self) -> None:
        """End all processes; a later job would start new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
            zygote, self._zygote = self._zygote, None
            control, self._control = self._control, None
        for worker in idle:
            worker.end()
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

        def give_up() -> None:
            while held:
                held.pop().leave()

        try:
            yield give_up
        finally:
            give_up()

    def _run(self, caller: Caller, message: Message, give_up_place: Callable[[], None]) -> Reply:
        """A worker that was killed from outside is no fault of the job: it is tried once more."""
        try:
            return self._run_once(caller, message, give_up_place)
        except Died:
            if caller.gone:
                raise Gone from None
        try:
            return self._run_once(caller, message, give_up_place)
        except Died:
            raise (Gone if caller.gone else Interrupted) from None

    def _run_once(
        self, caller: Caller, message: Message, give_up_place: Callable[[], None]
    ) -> Reply:
        *_, deadline = message
        worker = self._take()
        try:
            with caller.releasing(worker.kill):
                worker.send(message)
                reply = worker.receive(min(FAST_SECONDS, deadline))
                if reply is None:
                    give_up_place()
                    reply = self._go_on_slowly(caller.client, worker, deadline)
        except BaseException:
            TALLY.add("process", "worker killed")
            worker.end()
            raise
        self._put_back(worker, reply)
        return reply

    def _go_on_slowly(self, client: str, worker: Worker, deadline: float) -> Reply:
        if not self._slow.enter(client):
            raise Busy
        try:
            TALLY.add("process", "job slowed down")
            worker.slow_down()
            reply = worker.receive(max(0.0, deadline - FAST_SECONDS))
            deserved = worker.has_used(deadline / 2)
            if reply is None and not deserved:
                reply = worker.receive(deadline * STARVED)
            if reply is None:
                raise Timeout(deadline, deserved=deserved)
            return reply
        finally:
            self._slow.leave(client)

    # Workers

    def _take(self) -> Worker:
        """An idle worker, the one used last, for its memory is warm; else a new one."""
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.end()
            return self._fork()

    def _put_back(self, worker: Worker, reply: Reply = ("value", None)) -> None:
        """Keep a worker that is as good as new; others are replaced when one is needed."""
        worker.jobs += 1
        fit = worker.jobs < JOBS_PER_WORKER and not worker.slowed and reply[0] in _UNHARMED
        with self._lock:
            if fit and self._zygote is not None:
                self._idle.append(worker)
                return
        worker.end()

    def _fork(self) -> Worker:
        if self._zygote is None or self._zygote.poll() is not None:
            self._start_zygote()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._ask_for_fork(theirs)
            except OSError:  # the zygote has just died
                self._start_zygote()
                self._ask_for_fork(theirs)
        TALLY.add("process", "worker started")
        return Worker(Connection(ours.detach()))

    def _ask_for_fork(self, theirs: socket.socket) -> None:
        assert self._control is not None
        socket.send_fds(self._control, [b"f"], [theirs.fileno()])

    def _start_zygote(self) -> None:
        TALLY.add("process", "zygote started")
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


_UNHARMED: Final = {"value", "problem"}


def _unwrap(reply: Reply) -> Any:
    kind, content = reply
    if kind == "value":
        return content
    if kind == "problem" and isinstance(content, Problem):
        raise NablaError(content)
    if kind == "too large":
        raise TooLarge
    raise JobFailed(str(content))


def _environment() -> dict[str, str]:
    """Ours, with the same import path, and without the threads that would make forking unsafe."""
    folders = [folder for folder in sys.path if os.path.isabs(folder)]
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **single, "PYTHONPATH": os.pathsep.join(folders)}
