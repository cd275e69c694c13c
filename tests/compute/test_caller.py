"""A caller who goes away lets go of everything: the place in the queue, the worker, the wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.compute import CALLER, Caller, Gone, Pool, ResultCache
from app.compute.lanes import FastLane

PATIENCE = 20.0


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(places=1)
    pool.start()
    yield pool
    pool.close()


class Visit:
    """Something done in a thread on behalf of a caller, who may leave meanwhile."""

    def __init__(self, action: Any) -> None:
        self.caller = Caller("a visitor")
        self.outcome: Any = None
        self._thread = threading.Thread(target=self._run, args=(action,))
        self._thread.start()

    def _run(self, action: Any) -> None:
        CALLER.set(self.caller)
        try:
            self.outcome = action()
        except Gone as gone:
            self.outcome = gone

    def leave(self) -> float:
        """Go away; the seconds that it took to let go of everything."""
        until = time.monotonic() + PATIENCE
        while not self.caller._releases and time.monotonic() < until:
            time.sleep(0.001)
        started = time.monotonic()
        self.caller.leave()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return time.monotonic() - started


def test_a_running_job_is_ended(pool: Pool) -> None:
    visit = Visit(lambda: pool.run("tests.compute.jobs:sleep", 60.0, deadline=120.0))
    seconds = visit.leave()
    assert isinstance(visit.outcome, Gone)
    assert seconds < 10
    assert pool.run("tests.compute.jobs:double", 2, deadline=PATIENCE) == 4


def test_a_slow_job_is_ended_too(pool: Pool) -> None:
    visit = Visit(lambda: pool.run("tests.compute.jobs:sleep", 60.0, deadline=120.0))
    until = time.monotonic() + PATIENCE
    while not pool._slow._taken.total() and time.monotonic() < until:
        time.sleep(0.01)
    visit.leave()
    assert isinstance(visit.outcome, Gone)
    assert not pool._slow._taken.total()


def test_a_place_in_the_queue_is_given_up() -> None:
    lane = FastLane(1)
    assert lane.enter("first", 0)
    visit = Visit(lambda: lane.enter("a visitor", 60.0))
    visit.leave()
    assert visit.outcome is False
    lane.leave()
    assert lane.enter("next", 0)


def test_who_has_left_starts_nothing(pool: Pool) -> None:
    caller = Caller()
    caller.leave()
    token = CALLER.set(caller)
    try:
        with pytest.raises(Gone):
            pool.run("tests.compute.jobs:double", 2, deadline=PATIENCE)
    finally:
        CALLER.reset(token)
    assert pool.run("tests.compute.jobs:double", 3, deadline=PATIENCE) == 6


def test_who_follows_goes_and_who_leads_goes_on() -> None:
    cache: ResultCache[int] = ResultCache()
    gate, begun = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        gate.wait(PATIENCE)
        return 7

    leader = Visit(lambda: cache.fetch("f", slow))
    begun.wait(PATIENCE)
    follower = Visit(lambda: cache.fetch("f", slow))
    follower.leave()
    assert isinstance(follower.outcome, Gone)
    gate.set()
    leader._thread.join(PATIENCE)
    assert leader.outcome == 7


def test_when_the_leader_goes_a_follower_takes_over() -> None:
    cache: ResultCache[int] = ResultCache()
    begun = threading.Event()
    stop = threading.Event()

    def abandoned() -> int:
        begun.set()
        with CALLER.get().releasing(stop.set):
            stop.wait(PATIENCE)
        raise Gone

    leader = Visit(lambda: cache.fetch("f", abandoned))
    begun.wait(PATIENCE)
    follower = Visit(lambda: cache.fetch("f", lambda: 8))
    leader.leave()
    follower._thread.join(PATIENCE)
    assert isinstance(leader.outcome, Gone)
    assert follower.outcome == 8
