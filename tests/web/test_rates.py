"""How often one client may ask: in memory, and in Redis as long as it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from app.compute import TooManyRequests
from app.web.rates import PAUSE, Rates, check_rates
from tests.support import asynchronous


def _refusals(rates: Rates, client: str, times: int) -> list[TooManyRequests]:
    async def ask() -> list[TooManyRequests]:
        found = []
        for _ in range(times):
            try:
                await rates.check(client)
            except TooManyRequests as error:
                found.append(error)
        return found

    return asynchronous.run(ask())


def test_who_asks_too_often_is_told_when_to_come_again_and_others_are_not_kept() -> None:
    rates = Rates("3/minute")
    refusals = _refusals(rates, "a", 5)
    assert len(refusals) == 2
    assert 1 <= refusals[0].retry_after <= 60
    assert "Try again in" in (refusals[0].problem.hint or "")
    assert _refusals(rates, "b", 3) == []


def test_no_rates_are_no_limit() -> None:
    assert _refusals(Rates(""), "a", 1000) == []


def test_rates_that_cannot_be_read_are_refused() -> None:
    check_rates("10/second; 100/hour")
    with pytest.raises(ValueError, match="plenty"):
        check_rates("plenty")


class Shared(Rates):
    """Several servers count in one place, which ``limiter`` stands for."""

    def __init__(self, limiter: Any, clock: Callable[[], float] = lambda: 0.0) -> None:
        super().__init__("3/minute", "redis://nowhere", clock)
        self.__dict__["_shared"] = limiter


def test_two_servers_count_together() -> None:
    limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
    assert _refusals(Shared(limiter), "a", 2) == []
    assert len(_refusals(Shared(limiter), "a", 2)) == 1


class Down:
    """A limiter whose store does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def hit(self, *_: Any) -> bool:
        self.asked += 1
        raise ConnectionError


def test_without_redis_a_server_counts_alone_and_does_not_keep_asking() -> None:
    down, now = Down(), [0.0]
    rates = Shared(down, lambda: now[0])
    assert len(_refusals(rates, "a", 5)) == 2
    assert down.asked == 1
    now[0] += PAUSE + 1
    _refusals(rates, "a", 1)
    assert down.asked == 2


def test_a_redis_that_is_not_there_keeps_nobody() -> None:
    rates = Rates("3/minute", "redis://127.0.0.1:9/0")
    assert len(_refusals(rates, "a", 5)) == 2
