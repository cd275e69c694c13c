"""Telling open pages that they have changed (watch mode): server-sent events.

A page listens to its own version: it hears ``event: version`` with the digest of its present
bytes at once, and again whenever they change.  Pages that an author did not touch stay as they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

KEEP_ALIVE_SECONDS = 15.0


class Changes:
    """Wakes everyone who waits for a new edition of the book."""

    def __init__(self) -> None:
        self._closed = False
        self._editions = 0
        self._news = asyncio.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def announce(self) -> None:
        """A new edition is served."""
        self._editions += 1
        async with self._news:
            self._news.notify_all()

    def close(self) -> None:
        """End all streams, so that the server can end; may be called from a signal handler."""
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self.announce(), self._loop)

    async def stream(self, version: Callable[[], str]) -> AsyncIterator[str]:
        """The events for one page, whose present version ``version`` tells."""
        self._loop = asyncio.get_running_loop()
        told = None
        while not self._closed:
            edition = self._editions
            if told != (told := version()):
                yield f"event: version\ndata: {told}\n\n"
            if not await self._newer_than(edition):
                yield ": still here\n\n"

    async def _newer_than(self, edition: int) -> bool:
        """Whether there was news before the connection needed a sign of life."""
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS), self._news:
                await self._news.wait_for(lambda: self._closed or self._editions != edition)
        except TimeoutError:
            return False
        return True
