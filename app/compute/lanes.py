"""Who may run next: fair between clients, and slow jobs out of the way of quick ones.

The fast lane gives a free place to the waiting client that has used the least processor time of
late (half-life ``HALF_LIFE``), so one who floods the server waits behind everyone else.  The slow
lane never makes anybody wait: it has a place or it has none.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.compute.caller import CALLER

HALF_LIFE: Final = 20.0
"""Seconds after which used time counts half."""
QUEUE: Final = 64
CLIENTS: Final = 4096
"""How many clients' use is remembered."""
SLOW_PLACES: Final = 4
SLOW_PLACES_PER_CLIENT: Final = 2


class Usage:
    """Recently used seconds of each client, fading with time; not locked."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}

    def of(self, client: str) -> float:
        """Seconds that count now."""
        used, since = self._used.get(client, (0.0, 0.0))
        return used * 0.5 ** ((self._clock() - since) / HALF_LIFE) if used else 0.0

    def add(self, client: str, seconds: float) -> None:
        """Charge a client; when too many are known, the lightest is forgotten."""
        self._used[client] = self.of(client) + seconds, self._clock()
        if len(self._used) > CLIENTS:
            del self._used[min(self._used, key=self.of)]


@dataclass(eq=False)
class _Waiter:
    client: str
    called: threading.Event = field(default_factory=threading.Event)
    refused: bool = False


class FastLane:
    """A few places, given to waiting clients in the order of how little they have used."""

    def __init__(self, places: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = self._free = places
        self._lock = threading.Lock()
        self._waiting: list[_Waiter] = []
        self._usage = Usage(clock)

    def enter(self, client: str, patience: float) -> bool:
        """Wait for a place, at most ``patience`` seconds; False when there was none.

        Raises ``Gone`` for a caller who has gone away already; one who goes while it waits is
        let go at once.
        """
        waiter = _Waiter(client)
        with CALLER.get().releasing(waiter.called.set):
            with self._lock:
                if self._free:
                    self._free -= 1
                    return True
                self._waiting.append(waiter)
                self._shorten()
            waiter.called.wait(patience)
        with self._lock:
            if waiter in self._waiting:  # nobody called: patience ended, or interest did
                self._waiting.remove(waiter)
                return False
        return not waiter.refused

    def leave(self) -> None:
        """Give the place to the waiting client that has used the least, or free it."""
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            chosen = min(self._waiting, key=lambda waiter: self._usage.of(waiter.client))
            self._waiting.remove(chosen)
            chosen.called.set()

    def occupancy(self) -> tuple[int, int]:
        """How many have a place, and how many wait for one."""
        with self._lock:
            return self._places - self._free, len(self._waiting)

    def charge(self, client: str, seconds: float) -> None:
        """Note that a client has used this much."""
        with self._lock:
            self._usage.add(client, seconds)

    def _shorten(self) -> None:
        """When the queue is full, the heaviest client's last request goes, not the newcomer's."""
        if len(self._waiting) <= QUEUE:
            return
        heaviest = max(reversed(self._waiting), key=lambda waiter: self._usage.of(waiter.client))
        self._waiting.remove(heaviest)
        heaviest.refused = True
        heaviest.called.set()


class SlowLane:
    """Few places in all and fewer for each client; nobody waits for one."""

    def __init__(self, places: int = SLOW_PLACES, each: int = SLOW_PLACES_PER_CLIENT) -> None:
        self._places = places
        self._each = each
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()

    def enter(self, client: str) -> bool:
        """Take a place if there is one."""
        with self._lock:
            if self._taken.total() >= self._places or self._taken[client] >= self._each:
                return False
            self._taken[client] += 1
            return True

    def leave(self, client: str) -> None:
        """Give a place back."""
        with self._lock:
            self._taken[client] -= 1
            self._taken += Counter()  # drops those that have none

    def occupancy(self) -> int:
        """How many places are taken."""
        with self._lock:
            return self._taken.total()
