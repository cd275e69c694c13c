"""How often one client may ask for a computation: counted in memory, or in Redis for all servers.

A classroom shares one address, so the limits are loose; they stop programs, not people.  Answers
that are remembered are not counted.  While Redis cannot be reached, this process counts alone.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

import anyio.to_thread

from app.compute import TooManyRequests

if TYPE_CHECKING:  # the library is loaded with the first question, so that the book opens at once
    from limits import RateLimitItem
    from limits.strategies import SlidingWindowCounterRateLimiter

RATES: Final = "200/second; 6000/minute"
PATIENCE: Final = 0.2
"""Seconds that Redis may take."""
PAUSE: Final = 10.0
"""Seconds for which a store that failed is left alone."""
_LOG: Final = logging.getLogger(__name__)


def check_rates(rates: str) -> None:
    """Raises ``ValueError`` for rates that cannot be read."""
    if rates.strip() not in {"", RATES}:
        from limits import parse_many

        parse_many(rates)


class Rates:
    """Counts requests by client.  ``rates`` is text such as “200/second; 6000/minute”."""

    def __init__(
        self, rates: str = RATES, redis: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rates = rates
        self._redis = redis
        self._clock = clock
        self._closed_until = 0.0

    @cached_property
    def _items(self) -> list[RateLimitItem]:
        from limits import parse_many

        return parse_many(self._rates) if self._rates.strip() else []

    @cached_property
    def _local(self) -> SlidingWindowCounterRateLimiter:
        from limits.storage import MemoryStorage
        from limits.strategies import SlidingWindowCounterRateLimiter

        return SlidingWindowCounterRateLimiter(MemoryStorage())

    @cached_property
    def _shared(self) -> SlidingWindowCounterRateLimiter | None:
        return _in_redis(self._redis) if self._redis else None

    async def check(self, client: str) -> None:
        """Count one request.  Raises ``TooManyRequests``, which says when to come again."""
        if self._shared and self._clock() >= self._closed_until:
            try:
                await anyio.to_thread.run_sync(self._count, self._shared, client)
            except TooManyRequests:
                raise
            except Exception as error:  # whatever the store raises: counting is no reason to fail
                self._closed_until = self._clock() + PAUSE
                _LOG.warning("Requests are counted here alone: %s", type(error).__name__)
            else:
                return
        self._count(self._local, client)

    def _count(self, limiter: SlidingWindowCounterRateLimiter, client: str) -> None:
        for item in self._items:
            if not limiter.hit(item, client):
                reset = limiter.get_window_stats(item, client).reset_time - time.time()
                raise TooManyRequests(max(1, math.ceil(reset)))


def _in_redis(url: str) -> SlidingWindowCounterRateLimiter:
    """The counters in Redis, which are asked with little patience."""
    from limits.storage import RedisStorage
    from limits.strategies import SlidingWindowCounterRateLimiter

    storage = RedisStorage(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    return SlidingWindowCounterRateLimiter(storage)
