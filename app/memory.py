"""Values that are remembered within a number of bytes: what was not used for longest goes first.

A number of values is no bound where readers decide how long they are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable


class Memory:
    """Values with their sizes in bytes, at most ``limit`` of them in all.  Safe between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()

    def get(self, key: Hashable) -> object | None:
        """The value, which counts as used; None if there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: object, size: int) -> None:
        """Keep a value of about ``size`` bytes, unless it alone would fill a quarter."""
        if size > self.limit // 4:
            return
        with self._lock:
            _, replaced = self._values.pop(key, (None, 0))
            self._values[key] = value, size
            self.used += size - replaced
            while self.used > self.limit:
                _, (_, freed) = self._values.popitem(last=False)
                self.used -= freed
