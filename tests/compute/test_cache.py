"""What was asked before is remembered, within bounds; what took too long is not tried again."""

from __future__ import annotations

import random
import threading

import pytest

from app.compute import Busy, ResultCache, Timeout
from app.compute.cache import OVERHEAD, REFUSED_SECONDS
from app.memory import Memory


def noise(size: int) -> str:
    """A text that cannot be compressed to fewer bytes than ``size``."""
    return random.Random(size).randbytes(size).hex()


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
    cache: ResultCache[str] = ResultCache(memory=Memory(6 * (OVERHEAD + 2000)))
    for key in "abcde":
        cache.fetch(key, lambda: noise(2000))
    cache.fetch("a", lambda: "again")
    cache.fetch("f", lambda: noise(2000))
    assert cache.fetch("a", lambda: "again") == noise(2000)
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


def test_a_timeout_of_a_busy_machine_is_not_held_against_the_question() -> None:
    cache: ResultCache[int] = ResultCache()

    def late() -> int:
        raise Timeout(2.0, deserved=False)

    with pytest.raises(Timeout):
        cache.fetch("f", late)
    assert cache.fetch("f", lambda: 1) == 1


def test_what_is_not_lasting_is_not_remembered() -> None:
    cache: ResultCache[int] = ResultCache()
    assert cache.fetch("f", lambda: 1, lasting=lambda _: False) == 1
    assert cache.fetch("f", lambda: 2) == 2


def test_the_memory_is_bounded_in_bytes_and_no_result_may_fill_it() -> None:
    memory = Memory(100_000)
    cache: ResultCache[str] = ResultCache(memory=memory)
    for index in range(1000):
        cache.fetch(index, lambda: noise(1000))
        assert memory.used <= 100_000
    assert cache.fetch(999, lambda: "again") == noise(1000)
    assert cache.fetch(0, lambda: "again") == "again"
    cache.fetch("large", lambda: noise(50_000))
    assert cache.fetch("large", lambda: "again") == "again"


def test_long_questions_fill_the_memory_like_long_answers() -> None:
    memory = Memory(100_000)
    cache: ResultCache[str] = ResultCache(memory=memory)
    for index in range(100):
        cache.fetch(f"{index:05}" * 1000, lambda: "x")
    assert cache.fetch("00099" * 1000, lambda: "again") == "x"
    assert cache.fetch("00050" * 1000, lambda: "again") == "again"


def test_equal_questions_at_the_same_time_are_computed_once() -> None:
    cache: ResultCache[int] = ResultCache()
    gate, asked, found = threading.Event(), [], []

    def compute() -> int:
        asked.append(1)
        gate.wait(20)
        return 7

    threads = [
        threading.Thread(target=lambda: found.append(cache.fetch("f", compute))) for _ in range(9)
    ]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert found == [7] * 9
    assert len(asked) == 1


def test_only_so_many_may_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.compute.cache.FOLLOWERS", 0)
    cache: ResultCache[int] = ResultCache()

    def ask_again() -> int:
        return cache.fetch("f", lambda: 1)

    with pytest.raises(Busy):
        cache.fetch("f", ask_again)
