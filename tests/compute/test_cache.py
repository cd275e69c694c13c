"""What was asked before is remembered, within bounds; what took too long is not tried again."""

from __future__ import annotations

import pytest

from app.compute import ResultCache, Timeout
from app.compute.cache import OVERHEAD, REFUSED_SECONDS, Memory


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_question_is_answered_once() -> None:
    cache: ResultCache[int] = ResultCache()
    asked: list[int] = []

    def compute() -> int:
        asked.append(1)
        return 7

    assert [cache.fetch("f", compute) for _ in range(3)] == [7, 7, 7]
    assert len(asked) == 1


def test_the_least_recently_used_goes_first() -> None:
    cache: ResultCache[str] = ResultCache(memory=Memory(5 * (OVERHEAD + 7)))
    for key in "abcde":
        cache.fetch(key, lambda: "first")
    cache.fetch("a", lambda: "again")
    cache.fetch("f", lambda: "first")
    assert cache.fetch("a", lambda: "again") == "first"
    assert cache.fetch("b", lambda: "again") == "again"


def test_a_timeout_is_remembered_for_a_while() -> None:
    clock = Clock()
    cache: ResultCache[int] = ResultCache(clock=clock)

    def late() -> int:
        raise Timeout(2.0)

    with pytest.raises(Timeout):
        cache.fetch("f", late)
    with pytest.raises(Timeout):
        cache.fetch("f", lambda: 1)
    clock.now += REFUSED_SECONDS + 1
    assert cache.fetch("f", lambda: 1) == 1


def test_other_failures_are_not_remembered() -> None:
    cache: ResultCache[int] = ResultCache()

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        cache.fetch("f", fail)
    assert cache.fetch("f", lambda: 1) == 1
