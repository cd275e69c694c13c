"""Fairness: who has used the least goes first, and nobody is driven out by a flood."""

from __future__ import annotations

import threading
import time

import pytest

from app.compute.lanes import HALF_LIFE, QUEUE, SLOW_PLACES, FastLane, SlowLane, Usage

PATIENCE = 30.0
"""Seconds until what must happen counts as missing; far more than a busy machine needs."""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_used_time_fades() -> None:
    clock = Clock()
    usage = Usage(clock)
    usage.add("a", 4.0)
    clock.now += HALF_LIFE
    assert usage.of("a") == pytest.approx(2.0)
    usage.add("a", 1.0)
    assert usage.of("a") == pytest.approx(3.0)
    assert usage.of("b") == 0


class Queue:
    """Clients that wait in threads, and the order in which they are let in."""

    def __init__(self, lane: FastLane) -> None:
        self.lane = lane
        self.order: list[str] = []
        self.refused: list[str] = []
        self.threads: list[threading.Thread] = []

    def join(self, client: str) -> None:
        def wait() -> None:
            if not self.lane.enter(client, PATIENCE):
                self.refused.append(client)
                return
            self.order.append(client)
            self.lane.leave()

        thread = threading.Thread(target=wait)
        self.threads.append(thread)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        waiting = len(self.threads) - len(self.refused)
        while len(self.lane._waiting) < min(waiting, QUEUE) and time.monotonic() < deadline:
            time.sleep(0.001)

    def finish(self) -> None:
        for thread in self.threads:
            thread.join(PATIENCE)


def test_the_client_that_used_least_goes_first() -> None:
    lane = FastLane(1)
    lane.charge("heavy", 3.0)
    lane.charge("light", 0.1)
    assert lane.enter("someone", 0)
    queue = Queue(lane)
    for client in ("heavy", "heavy", "light", "new"):
        queue.join(client)
    lane.leave()
    queue.finish()
    assert queue.order == ["new", "light", "heavy", "heavy"]


def test_equals_are_served_in_the_order_of_arrival() -> None:
    lane = FastLane(1)
    assert lane.enter("someone", 0)
    queue = Queue(lane)
    for client in ("a", "b", "c"):
        queue.join(client)
    lane.leave()
    queue.finish()
    assert queue.order == ["a", "b", "c"]


def test_patience_ends() -> None:
    lane = FastLane(1)
    assert lane.enter("a", 0)
    assert not lane.enter("b", 0.01)
    lane.leave()
    assert lane.enter("b", 0)


def test_when_the_queue_is_full_the_heaviest_goes_and_not_the_newcomer() -> None:
    lane = FastLane(1)
    lane.charge("flood", 50.0)
    assert lane.enter("someone", 0)
    queue = Queue(lane)
    for _ in range(QUEUE):
        queue.join("flood")
    queue.join("newcomer")
    lane.leave()
    queue.finish()
    assert queue.refused == ["flood"]
    assert queue.order[0] == "newcomer"


def test_the_slow_lane_has_few_places_and_fewer_for_one_client() -> None:
    lane = SlowLane()
    assert [lane.enter("a") for _ in range(3)] == [True, True, False]
    assert [lane.enter("b") for _ in range(SLOW_PLACES)] == [True, True, False, False]
    assert not lane.enter("c")
    lane.leave("a")
    assert lane.enter("c")
