"""Jobs in worker processes: results, deadlines, walls, and nothing left behind."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.calculus import entries_of
from app.compute import CALLER, Busy, Caller, Interrupted, JobFailed, Pool, Timeout, TooLarge
from app.compute.lanes import SLOW_PLACES_PER_CLIENT
from app.compute.pool import JOBS_PER_WORKER, part_of_processors
from app.compute.process import Worker
from app.diagnostics import NablaError, Span
from app.expressions import parse, to_text

NewPool = Callable[[int], Pool]
JOBS = "tests.compute.jobs"
PATIENCE = 20.0
"""Seconds until something that must happen counts as missing; on a busy machine all is late."""


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(places=2)
    yield pool
    pool.close()


def _run(pool: Pool, job: str, *arguments: Any, deadline: float = 3 * PATIENCE) -> Any:
    return pool.run(f"{JOBS}:{job}", *arguments, deadline=deadline)


def test_runs_a_job_elsewhere_and_brings_its_result(pool: Pool) -> None:
    assert _run(pool, "double", 21) == 42
    assert _run(pool, "process") != psutil.Process().pid


def test_keeps_its_workers(pool: Pool) -> None:
    # A job that the machine delays costs its worker, so not every pair need be the same.
    processes = [_run(pool, "process") for _ in range(8)]
    assert len(set(processes)) < len(processes) / 2


def test_workers_have_sympy_and_this_process_need_not(pool: Pool) -> None:
    assert _run(pool, "sympy_is_loaded")
    program = "import sys, app.compute, app.calculus, app.api; print('sympy' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "False"


def test_brings_readable_derivatives(pool: Pool) -> None:
    entries = entries_of(parse("x^2 y", variables="xy", mode="scalar"))
    job = "app.calculus.readable:readable_jacobian"
    found = pool.run(job, entries, ("x", "y"), deadline=5.0)
    assert [to_text(entry) for entry in found.matrices["jacobian"][0]] == ["2*x*y", "x^2"]


@pytest.mark.parametrize("deadline", [0.1, 0.4])
def test_ends_a_job_at_its_deadline_even_inside_c(
    pool: Pool, deadline: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tests share two cores with browsers: whether it had the processor is not for them to say.
    monkeypatch.setattr(Worker, "has_used", lambda *_: True)
    with pytest.raises(Timeout) as caught:
        _run(pool, "spin", deadline=deadline)
    assert caught.value.problem.code == "timeout"
    assert f"{deadline:g} seconds" in caught.value.problem.message
    assert _run(pool, "double", 1) == 2


def test_a_job_that_did_not_have_the_processor_may_be_asked_again(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "has_used", lambda *_: False)
    with pytest.raises(Timeout) as caught:
        _run(pool, "spin", deadline=0.1)
    assert caught.value.problem.code == "busy"
    assert caught.value.problem.hint == "Try again in a few seconds."
    assert _run(pool, "double", 1) == 2


def test_a_killed_worker_is_gone(pool: Pool) -> None:
    worker = psutil.Process(_run(pool, "process"))
    with pytest.raises(Timeout):
        _run(pool, "sleep", 60.0, deadline=0.05)
    _expect_gone([worker])


def test_a_job_may_use_its_whole_deadline(pool: Pool) -> None:
    assert _run(pool, "sleep", 0.4, deadline=5.0) == "awake"


def test_memory_has_a_wall(pool: Pool) -> None:
    with pytest.raises(TooLarge) as caught:
        _run(pool, "devour")
    assert caught.value.problem.code == "too-large"
    assert _run(pool, "double", 2) == 4


@pytest.mark.parametrize(
    ("job", "error"), [("die", Interrupted), ("fail", JobFailed), ("missing", JobFailed)]
)
def test_a_job_that_fails_harms_nobody(pool: Pool, job: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        _run(pool, job)
    assert _run(pool, "double", 3) == 6


def test_designed_errors_come_through_whole(pool: Pool) -> None:
    with pytest.raises(NablaError) as caught:
        _run(pool, "refuse")
    problem = caught.value.problem
    assert (problem.code, problem.span, problem.hint) == ("shape", Span(1, 2), "Make it fit.")


def test_a_worker_is_replaced_in_time(pool: Pool) -> None:
    jobs = Counter(_run(pool, "process") for _ in range(JOBS_PER_WORKER + 1))
    assert len(jobs) >= 2
    assert max(jobs.values()) <= JOBS_PER_WORKER


@pytest.mark.parametrize(
    ("processors", "pools", "places"), [(2, 1, 2), (2, 2, 1), (2, 4, 1), (8, 3, 3), (None, 2, 1)]
)
def test_several_pools_share_the_processors(
    processors: int | None, pools: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert part_of_processors(pools) == places


@pytest.fixture
def new_pool() -> Iterator[Callable[[int], Pool]]:
    """Pools of a test's own, closed however the test ends."""
    with contextlib.ExitStack() as stack:

        def make(places: int) -> Pool:
            pool = Pool(places=places)
            stack.callback(pool.close)
            return pool

        yield make


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """A file for which slow jobs wait: they end when it is there."""
    return tmp_path / "gate"


class SlowJobs:
    """Jobs of one client in threads, each waiting for the gate."""

    def __init__(self, pool: Pool, gate: Path, number: int) -> None:
        self.gate = gate
        self.results: list[Any] = []
        self.refused: list[Busy] = []
        self.threads = [threading.Thread(target=self._work, args=(pool,)) for _ in range(number)]
        for thread in self.threads:
            thread.start()

    def _work(self, pool: Pool) -> None:
        try:
            self.results.append(_run(pool, "wait_for", str(self.gate)))
        except Busy as error:
            self.refused.append(error)

    def finish(self) -> None:
        self.gate.touch()
        for thread in self.threads:
            thread.join()


def test_slow_jobs_do_not_keep_quick_ones_waiting(new_pool: NewPool, gate: Path) -> None:
    pool = new_pool(1)
    pool.start()
    slow = SlowJobs(pool, gate, SLOW_PLACES_PER_CLIENT)
    client = CALLER.set(Caller("someone else"))
    try:
        assert [_run(pool, "double", number) for number in range(20)] == list(range(0, 40, 2))
    finally:
        CALLER.reset(client)
        slow.finish()
    assert slow.results == ["the gate is open"] * SLOW_PLACES_PER_CLIENT


def test_a_clients_third_slow_job_is_sent_away(new_pool: NewPool, gate: Path) -> None:
    pool = new_pool(SLOW_PLACES_PER_CLIENT + 1)
    pool.start()
    slow = SlowJobs(pool, gate, SLOW_PLACES_PER_CLIENT + 1)
    deadline = time.monotonic() + PATIENCE
    while not slow.refused and time.monotonic() < deadline:
        time.sleep(0.01)
    slow.finish()
    assert [error.problem.code for error in slow.refused] == ["busy"]
    assert len(slow.results) == SLOW_PLACES_PER_CLIENT


def test_closing_leaves_no_process_and_a_later_job_starts_anew(new_pool: NewPool) -> None:
    pool = new_pool(1)
    pool.start()
    processes = _processes(pool)
    assert len(processes) == 2, "the zygote and one worker"
    pool.close()
    _expect_gone(processes)
    assert _run(pool, "double", 5) == 10
    pool.close()
    pool.close()


def _processes(pool: Pool) -> list[psutil.Process]:
    """The pool's own processes, and nobody else's: the zygote and what it has forked."""
    if pool._zygote is None:
        return []
    zygote = psutil.Process(pool._zygote.pid)
    return [zygote, *zygote.children(recursive=True)]


def _expect_gone(processes: list[psutil.Process]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(_is_alive(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [process for process in processes if _is_alive(process)] == []


def _is_alive(process: psutil.Process) -> bool:
    """Whether the process still runs; one that has ended and was not yet buried does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_pool_that_is_not_used_starts_nothing() -> None:
    assert _processes(Pool()) == []


def test_a_zygote_that_died_is_replaced(new_pool: NewPool) -> None:
    pool = new_pool(1)
    _run(pool, "double", 1)
    assert pool._zygote is not None
    pool._zygote.kill()
    pool._zygote.wait()
    with pytest.raises(Timeout):
        _run(pool, "sleep", 60.0, deadline=0.05)
    assert _run(pool, "double", 6) == 12
