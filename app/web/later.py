"""An application that is put together while the server already answers from the counter.

Importing the framework, the API and the mathematics takes longer than all that a first page needs.
``Later`` builds the application in a thread when the server starts; requests that are not lying
ready wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

_LOG = logging.getLogger(__name__)


def settle() -> None:
    """Spare the garbage collector what stays to the end: the book, the framework, the mathematics.

    To look through all of it again and again would take some twenty milliseconds each time, in
    which nobody is answered.
    """
    gc.collect()
    gc.freeze()


class Later:
    """An ASGI application; ``build`` makes the real one, in a thread."""

    def __init__(self, build: Callable[[], Starlette]) -> None:
        self._build = build
        self._built: asyncio.Future[Starlette] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        application = await asyncio.shield(self._building())
        await application(scope, receive, send)

    def _building(self) -> asyncio.Future[Starlette]:
        if self._built is None:
            self._built = asyncio.get_running_loop().run_in_executor(None, self._settled)
        return self._built

    def _settled(self) -> Starlette:
        application = self._build()
        settle()
        return application

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start at once; the application's own lifespan begins when there is one."""
        await receive()
        building = self._building()
        await send({"type": "lifespan.startup.complete"})
        async with contextlib.AsyncExitStack() as stack:
            try:
                application = await building
                context: Any = application.router.lifespan_context(application)
                await stack.enter_async_context(context)
            except Exception:
                _LOG.exception("The application could not be put together; the server ends")
                signal.raise_signal(signal.SIGTERM)
            await receive()
        await send({"type": "lifespan.shutdown.complete"})
