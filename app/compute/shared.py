"""Results that several processes share: in Redis, where one is configured.

The store is a help, never a need.  While it cannot be reached it is left alone for some seconds, so
that no answer waits for it; what it returns is checked by whoever asked.  Keys carry the version of
the book, for another version may answer otherwise.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Hashable
from typing import Any, Final, Protocol

from app import __version__

SECONDS: Final = 7 * 24 * 3600
"""How long a result is kept there."""
PATIENCE: Final = 0.2
"""Seconds that one question to the store may take."""
PAUSE: Final = 10.0
"""Seconds for which a store that failed is left alone."""
LARGEST: Final = 2**20
"""Bytes of the largest result that is shared."""

_LOG: Final = logging.getLogger(__name__)


class Store(Protocol):
    """Where results are put down for others; neither method raises."""

    def get(self, name: str, key: Hashable) -> bytes | None:
        """What was put there, if it is still there and whole."""

    def put(self, name: str, key: Hashable, text: bytes) -> None:
        """Put it there, if that is possible."""


class RedisStore:
    """A store in Redis; ``client`` is a ``redis.Redis`` that returns bytes."""

    def __init__(self, client: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._closed_until = 0.0

    def get(self, name: str, key: Hashable) -> bytes | None:
        """See ``Store``.  Every entry begins with the digest of what follows."""
        entry = self._try(lambda: self._client.get(_address(name, key)))
        if not isinstance(entry, bytes) or len(entry) > LARGEST:
            return None
        digest, text = entry[:32], entry[32:]
        return text if hmac.compare_digest(digest, hashlib.sha256(text).digest()) else None

    def put(self, name: str, key: Hashable, text: bytes) -> None:
        """See ``Store``."""
        if len(text) + 32 <= LARGEST:
            entry = hashlib.sha256(text).digest() + text
            self._try(lambda: self._client.set(_address(name, key), entry, ex=SECONDS))

    def _try(self, ask: Callable[[], Any]) -> Any:
        import redis

        if self._clock() < self._closed_until:
            return None
        try:
            return ask()
        except (redis.RedisError, OSError) as error:
            self._closed_until = self._clock() + PAUSE
            _LOG.warning("Results are not shared for %g s: %s", PAUSE, type(error).__name__)
            return None


def redis_store(url: str) -> RedisStore:
    """The store at an address such as ``redis://localhost:6379/0``; connects when first used.

    Raises ``ValueError`` for an address of another kind.
    """
    import redis

    client = redis.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, decode_responses=False
    )
    return RedisStore(client)


def _address(name: str, key: Hashable) -> str:
    question = repr((name, key)).encode("utf-8", "backslashreplace")
    return f"nabla:{__version__}:{name}:{hashlib.sha256(question).hexdigest()}"


_current: list[Store] = []


def share(store: Store | None) -> None:
    """Share results through this store from now on, or with nobody."""
    _current[:] = [store] if store else []


def current() -> Store | None:
    """The store in use, if there is one."""
    return _current[0] if _current else None
