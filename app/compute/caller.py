"""On whose behalf a job runs, and what happens when that somebody goes away.

Whoever receives requests sets ``CALLER`` before it calls ``run``.  When the client is gone, it
calls ``leave``: a waiting job gives up its place in the queue and a running one is ended, for
nobody will read its result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final


class Gone(Exception):  # noqa: N818 - not an error, but the end of interest
    """Nobody waits for the answer any more."""


class Caller:
    """One who waits for an answer.  ``client`` says to whom the work is charged.

    ``step_aside`` is called before a job waits for a worker: from then on the caller needs no place
    among those who compute in the server process itself.
    """

    def __init__(self, client: str = "", step_aside: Callable[[], None] = lambda: None) -> None:
        self.client = client
        self.step_aside = step_aside
        self.gone = False
        self._lock = threading.Lock()
        self._releases: list[Callable[[], None]] = []

    def leave(self) -> None:
        """Release whatever is held for this caller; to be called from any thread."""
        with self._lock:
            self.gone = True
            releases = list(self._releases)
        for release in releases:
            release()

    @contextmanager
    def releasing(self, release: Callable[[], None]) -> Iterator[None]:
        """While in this block, leaving calls ``release``.  Raises ``Gone`` when too late."""
        with self._lock:
            if self.gone:
                raise Gone
            self._releases.append(release)
        try:
            yield
        finally:
            with self._lock:
                self._releases.remove(release)


CALLER: Final[ContextVar[Caller]] = ContextVar("caller", default=Caller())  # noqa: B039
"""The caller of what runs now; nobody in particular unless it was set."""
