"""Results in Redis: shared while it answers, computed anew when it lies or is away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fakeredis
import pytest
import redis

from app.compute import ResultCache, share
from app.compute.cache import MEMORY
from app.compute.shared import LARGEST, PAUSE, RedisStore
from app.memory import Memory


@pytest.fixture
def server() -> fakeredis.FakeRedis:
    return fakeredis.FakeRedis()


@pytest.fixture(autouse=True)
def _store(server: fakeredis.FakeRedis) -> Iterator[None]:
    share(RedisStore(server))
    yield
    share(None)


def _cache() -> ResultCache[Any]:
    """As in a server process that has just been started."""
    return ResultCache("tests", Memory(MEMORY))


def test_what_one_process_found_another_need_not_compute(server: fakeredis.FakeRedis) -> None:
    found = {"text": "2*x", "numbers": [1.5, None]}
    assert _cache().fetch(("f", 1), lambda: found) == found
    assert _cache().fetch(("f", 1), lambda: {"text": "not asked"}) == found
    assert _cache().fetch(("f", 2), lambda: {"text": "another"}) == {"text": "another"}
    assert all(0 < server.ttl(key) <= 7 * 24 * 3600 for key in server.scan_iter())


@pytest.mark.parametrize(
    "garbage",
    [b"", b"garbage", b"\x80\x04K\x07.", b"{}", b"x" * 40, b"\xff" * 5000, b"y" * (LARGEST + 1)],
)
def test_garbage_is_computed_anew_and_replaced(server: fakeredis.FakeRedis, garbage: bytes) -> None:
    _cache().fetch("f", lambda: {"right": True})
    (key,) = server.keys()
    server.set(key, garbage)
    assert _cache().fetch("f", lambda: {"right": "again"}) == {"right": "again"}
    assert _cache().fetch("f", lambda: {"right": "not asked"}) == {"right": "again"}


def test_a_value_of_another_kind_is_computed_anew(server: fakeredis.FakeRedis) -> None:
    _cache().fetch("f", lambda: 1)
    (key,) = server.keys()
    server.delete(key)
    server.lpush(key, b"a list")
    assert _cache().fetch("f", lambda: 2) == 2


class Away:
    """A Redis that cannot be reached."""

    def __init__(self) -> None:
        self.asked = 0

    def get(self, *_: Any) -> bytes:
        self.asked += 1
        raise redis.ConnectionError("refused")

    set = get


def test_while_redis_is_away_nobody_waits_for_it() -> None:
    away, now = Away(), [0.0]
    share(RedisStore(away, lambda: now[0]))
    cache = _cache()
    assert [cache.fetch(number, lambda: "found") for number in range(50)] == ["found"] * 50
    assert away.asked == 1
    now[0] += PAUSE + 1
    cache.fetch("later", lambda: "found")
    assert away.asked == 2
