"""A bounded memory of results, and of the questions that took too long.

A key is the canonical form of a question, so that ``2xy`` and ``2*x*y`` are asked once.  A question
that ran out of its time is refused for a while instead of being tried again at everyone's cost.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from app.compute.errors import Timeout

Value = TypeVar("Value")
Entry = TypeVar("Entry")

ENTRIES: Final = 1024
REFUSED_SECONDS: Final = 300.0


class ResultCache(Generic[Value]):
    """Least recently used results go first; safe to use from several threads."""

    def __init__(self, entries: int = ENTRIES, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries = entries
        self._clock = clock
        self._lock = threading.Lock()
        self._results: OrderedDict[Hashable, Value] = OrderedDict()
        self._refused: OrderedDict[Hashable, tuple[float, Timeout]] = OrderedDict()

    def fetch(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The remembered result, or that of ``compute``.

        Raises the earlier ``Timeout`` for a question that ran into one not long ago.
        """
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            self._raise_if_refused(key)
        try:
            value = compute()
        except Timeout as timeout:
            self._remember(self._refused, key, (self._clock() + REFUSED_SECONDS, timeout))
            raise
        self._remember(self._results, key, value)
        return value

    def _raise_if_refused(self, key: Hashable) -> None:
        until, timeout = self._refused.get(key, (0.0, None))
        if timeout is None:
            return
        if self._clock() < until:
            raise timeout.with_traceback(None)
        del self._refused[key]

    def _remember(self, memory: OrderedDict[Hashable, Entry], key: Hashable, value: Entry) -> None:
        with self._lock:
            memory[key] = value
            memory.move_to_end(key)
            while len(memory) > self._entries:
                memory.popitem(last=False)
