"""The pool beside pebble and concurrent.futures: the same requests, 5 % of which hang.

    python -m pytest tests/benchmarks/test_pools.py --benchmarks -s

Sixteen honest clients ask one after the other; every twentieth request is a computation in C that
would take minutes.  All have two workers at the start and a deadline of a second.  What counts is
the share of the good requests that were answered, and how long they took.  Figures and what follows
from them: walls.md in this folder.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pebble
import pytest

from app.compute import CALLER, Caller, Pool, Timeout
from tests.compute.jobs import double, spin

pytestmark = pytest.mark.benchmark

CLIENTS = 16
REQUESTS = 20
HANGING = 20
"""Every how manieth request hangs."""
DEADLINE = 1.0
GIVEN_UP = 10.0
"""Seconds after which a reader counts as lost."""
WORKERS = 2

Ask = Callable[[bool], Any]
"""Runs a good job (True) or a hanging one, within the deadline; raises when there is no result."""


@dataclass
class Report:
    """What became of the good requests."""

    waits: list[float] = field(default_factory=list)
    lost: int = 0

    def line(self, name: str) -> str:
        """One row of the table."""
        waits = sorted(self.waits) or [float("nan")]
        kept = 100 * len(self.waits) / (len(self.waits) + self.lost)
        late = waits[min(len(waits) - 1, int(0.99 * len(waits)))]
        return f"{name:24s} {kept:6.1f} % {statistics.median(waits):9.3f} s {late:9.3f} s"


@contextlib.contextmanager
def zygote() -> Iterator[Ask]:
    """Ours."""
    pool = Pool(places=WORKERS)
    pool.start()

    def ask(good: bool) -> Any:
        CALLER.set(Caller(f"{threading.get_ident()} {good}"))
        job = "tests.compute.jobs:" + ("double" if good else "spin")
        return pool.run(job, *([1] if good else []), deadline=DEADLINE)

    yield ask
    pool.close()


def _with_pebble(method: str, workers: int) -> Callable[[], Any]:
    @contextlib.contextmanager
    def made() -> Iterator[Ask]:
        context = multiprocessing.get_context(method)
        with pebble.ProcessPool(max_workers=workers, context=context) as pool:
            pool.schedule(double, args=[1]).result()

            def ask(good: bool) -> Any:
                job, arguments = (double, [1]) if good else (spin, [])
                return pool.schedule(job, args=arguments, timeout=DEADLINE).result(GIVEN_UP)

            yield ask
            pool.stop()

    return made


@contextlib.contextmanager
def standard() -> Iterator[Ask]:
    """concurrent.futures: a deadline ends the wait, not the work."""
    context = multiprocessing.get_context("forkserver")
    pool = concurrent.futures.ProcessPoolExecutor(WORKERS, mp_context=context)
    pool.submit(double, 1).result()
    processes = list(pool._processes.values())

    def ask(good: bool) -> Any:
        future = pool.submit(double, 1) if good else pool.submit(spin)
        return future.result(DEADLINE)

    yield ask
    for process in processes:
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _play(ask: Ask) -> Report:
    report, lock = Report(), threading.Lock()

    def client(number: int) -> None:
        for turn in range(REQUESTS):
            good = (3 * number + turn) % HANGING != 0  # another turn for each client
            started = time.perf_counter()
            try:
                ask(good)
            except Exception:
                if good:
                    with lock:
                        report.lost += 1
                continue
            with lock:
                report.waits.append(time.perf_counter() - started)
            time.sleep(0.02)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report


def test_good_requests_beside_hanging_ones() -> None:
    contestants = {
        "zygote with lanes": zygote,
        "pebble, forkserver, 2": _with_pebble("forkserver", WORKERS),
        "pebble, forkserver, 6": _with_pebble("forkserver", 6),
        "concurrent.futures": standard,
    }
    reports: dict[str, Report] = {}
    print(f"\n{'':24s} {'answered':>8s} {'median':>11s} {'99 %':>11s}")
    for name, made in contestants.items():
        with made() as ask:
            reports[name] = _play(ask)
        print(reports[name].line(name))
    assert not reports["zygote with lanes"].lost


def test_how_soon_a_killed_worker_is_replaced() -> None:
    """From the end of a late job to the first result of the next, with one worker each."""
    print()
    for name, made in {
        "zygote": zygote,
        "pebble, forkserver": _with_pebble("forkserver", 1),
    }.items():
        with made() as ask:
            times = []
            for _ in range(5):
                with contextlib.suppress(Timeout, TimeoutError):
                    ask(False)
                started = time.perf_counter()
                ask(True)
                times.append(1e3 * (time.perf_counter() - started))
        print(f"{name:24s} {statistics.median(times):8.1f} ms, at most {max(times):8.1f} ms")


def test_what_a_job_costs_beside_a_call() -> None:
    """The way there and back, against the same work in this process."""
    with zygote() as ask:
        ask(True)
        elsewhere = _median(lambda: ask(True))
    here = _median(lambda: double(1))
    print(f"\nin a worker {1e6 * elsewhere:.0f} µs, in this process {1e6 * here:.1f} µs; "
          f"{os.cpu_count()} processors")  # fmt: skip


def _median(action: Callable[[], Any]) -> float:
    times = []
    for _ in range(200):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)
