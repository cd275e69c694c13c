"""A bounded memory of results, and of the questions that took too long.

A key is the canonical form of a question, so that ``2xy`` and ``2*x*y`` are asked once,
also while the answer is still being found: whoever asks the same meanwhile waits for it.  A
question that ran out of its time is refused for a while instead of being tried again at everyone's
cost.

Results are plain JSON data.  They stay in the memory of this process, up to a number of bytes that
all caches share, and, where one is configured, in a store that several processes share
(``app.compute.shared``).  They are kept as compressed text: it takes as many bytes as are counted,
about a quarter of what was said, and the garbage collector, at whose work everybody waits, has
none of it to look through.  What comes back from the store is read as JSON and nothing else:
garbage is as good as nothing, and is computed anew.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from app.compute import shared
from app.compute.caller import CALLER, Gone
from app.compute.errors import Busy, Timeout
from app.compute.tally import TALLY
from app.memory import Memory

Value = TypeVar("Value")

MEMORY: Final = 64 * 2**20
"""Bytes of results that are kept unless ``remember_within`` says otherwise."""
OVERHEAD: Final = 512
"""Bytes that an entry takes beside the texts of its question and its answer."""
REFUSED: Final = 1024
REFUSED_SECONDS: Final = 300.0
FOLLOWERS: Final = 32
"""How many may wait for results that others are finding; one more is asked to come again."""


_memory: Final = Memory(MEMORY)


def remember_within(limit: int) -> None:
    """Let all caches together keep at most so many bytes."""
    _memory.limit = limit


class _Flight:
    """A result that somebody is finding."""

    def __init__(self) -> None:
        self.outcome: tuple[object] | None = None
        self.timeout: Timeout | None = None
        self._changed = threading.Condition()
        self._ended = False

    def end(self) -> None:
        """Tell all who follow that there is a result, or that there will be none."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def follow(self) -> None:
        """Wait until it ends.  Raises ``Gone`` when the caller leaves meanwhile."""
        caller = CALLER.get()
        caller.step_aside()

        def stop_waiting() -> None:
            with self._changed:
                self._changed.notify_all()

        with caller.releasing(stop_waiting), self._changed:
            self._changed.wait_for(lambda: self._ended or caller.gone)
        if caller.gone:
            raise Gone


class ResultCache(Generic[Value]):
    """The results of one kind of question; ``name`` keeps kinds apart.  Safe between threads.

    Without a name the cache has a memory of its own and shares nothing.
    """

    def __init__(
        self,
        name: str = "",
        memory: Memory | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._memory = memory or (_memory if name else Memory(MEMORY))
        self._clock = clock
        self._lock = threading.Lock()
        self._flights: dict[Hashable, _Flight] = {}
        self._followers = 0
        self._refused: OrderedDict[Hashable, tuple[float, Timeout]] = OrderedDict()

    def fetch(
        self,
        key: Hashable,
        compute: Callable[[], Value],
        lasting: Callable[[Value], bool] = lambda _: True,
    ) -> Value:
        """The remembered result, or that of ``compute``, kept if it is ``lasting``.

        Raises the earlier ``Timeout`` for a question that ran into one not long ago, ``Busy`` when
        too many wait for the results of others, and whatever ``compute`` raises.
        """
        while True:
            found = self._recall(key)
            if found is not None:
                TALLY.add("cache", "memory")
                return found[0]
            flight, ours = self._join(key)
            if ours:
                return self._lead(key, flight, compute, lasting)
            try:
                flight.follow()
            finally:
                with self._lock:
                    self._followers -= 1
            if flight.timeout is not None:
                raise flight.timeout.with_traceback(None)
            if flight.outcome is not None:
                TALLY.add("cache", "twin")
                return flight.outcome[0]  # type: ignore[return-value]
            # The one who was finding it failed or left: now it is for us to try.

    def _lead(
        self,
        key: Hashable,
        flight: _Flight,
        compute: Callable[[], Value],
        lasting: Callable[[Value], bool],
    ) -> Value:
        try:
            kept = self._from_store(key)
            TALLY.add("cache", "store" if kept else "none")
            value = kept or (compute(),)
            flight.outcome = value
            if lasting(value[0]):
                self._keep(key, value[0])
            return value[0]
        except Timeout as timeout:
            flight.timeout = timeout
            self._refuse(key, timeout)
            raise
        finally:
            with self._lock:
                del self._flights[key]
            flight.end()

    def _join(self, key: Hashable) -> tuple[_Flight, bool]:
        """The flight for this key, and whether it is for the caller to find the result."""
        with self._lock:
            if key in self._flights:
                if self._followers >= FOLLOWERS:
                    raise Busy
                self._followers += 1
                return self._flights[key], False
            self._flights[key] = flight = _Flight()
            return flight, True

    # What is remembered

    def _recall(self, key: Hashable) -> tuple[Value] | None:
        text = self._memory.get((self._name, key))
        if isinstance(text, bytes):
            return (json.loads(zlib.decompress(text)),)
        with self._lock:
            until, timeout = self._refused.get(key, (0.0, None))
            if timeout is not None and self._clock() < until:
                raise timeout.with_traceback(None)
            self._refused.pop(key, None)
        return None

    def _from_store(self, key: Hashable) -> tuple[Value] | None:
        store = shared.current() if self._name else None
        text = store.get(self._name, key) if store else None
        if text is None:
            return None
        try:
            value: tuple[Value] = (json.loads(text),)
        except ValueError:
            return None
        self._remember(key, text)
        return value

    def _keep(self, key: Hashable, value: Value) -> None:
        text = json.dumps(value, ensure_ascii=False).encode("utf-8")
        self._remember(key, text)
        store = shared.current() if self._name else None
        if store:
            store.put(self._name, key, text)

    def _remember(self, key: Hashable, text: bytes) -> None:
        kept = zlib.compress(text, level=1)
        self._memory.put((self._name, key), kept, len(kept) + len(repr(key)) + OVERHEAD)

    def _refuse(self, key: Hashable, timeout: Timeout) -> None:
        if not timeout.deserved:
            return
        with self._lock:
            self._refused[key] = self._clock() + REFUSED_SECONDS, timeout
            while len(self._refused) > REFUSED:
                self._refused.popitem(last=False)
