"""What the workers and the memory of results have done, counted for whoever watches over them.

The figures say how much, never what: no question and no client stands in them.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from app.compute.caller import Gone
from app.compute.errors import Busy, Interrupted, JobFailed, Timeout, TooLarge
from app.diagnostics import NablaError

_OUTCOMES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (Timeout, "timeout"),
    (Busy, "busy"),
    (TooLarge, "too-large"),
    (Interrupted, "interrupted"),
    (Gone, "gone"),
    (JobFailed, "failed"),
    (NablaError, "problem"),
)
"""How a job can end without a result; the more special kinds stand first."""


class Tally:
    """Numbers of events by their names.  Safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, kind: str, which: str) -> None:
        """One more event, such as ``("process", "killed")``."""
        with self._lock:
            self._counts[kind, which] += 1

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many events there were so far, by kind and name."""
        with self._lock:
            return dict(self._counts)

    @contextmanager
    def job(self) -> Iterator[None]:
        """Count how the job in this block ends."""
        try:
            yield
        except Exception as error:
            kinds = (name for kind, name in _OUTCOMES if isinstance(error, kind))
            self.add("job", next(kinds, "failed"))
            raise
        self.add("job", "result")


TALLY: Final = Tally()
"""Of this process."""
