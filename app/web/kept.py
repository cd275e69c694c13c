"""Answers that are worth keeping as they were sent: the same address again costs next to nothing.

An answer of the API depends on its address alone.  What was answered to a GET and may be cached by
others is kept here too, within bounds, and handed out before anything of it is read again.  So a
whole class can open the same lesson while computing is refused to a flood.
"""

from __future__ import annotations

from typing import Final, cast

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.compute import Memory
from app.web.prefix import path_within
from app.web.prepared import Prepared, respond

BYTES: Final = 16 * 2**20
OVERHEAD: Final = 1024
LONGEST: Final = 4096
"""Characters of an address that is remembered."""
_STATE: Final = "nabla.kept"

Entry = tuple[Prepared, str]
"""An answer and its Cache-Control."""


class KeptAnswers:
    """ASGI middleware: hands out what is kept, and lets the application keep more."""

    def __init__(self, app: ASGIApp, limit: int = BYTES) -> None:
        self.app = app
        self._memory = Memory(limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        found = cast("Entry | None", self._memory.get(_address(scope)))
        if found is None:
            await self.app({**scope, _STATE: self._memory}, receive, send)
            return
        prepared, cache_control = found
        await respond(Request(scope), prepared, cache_control)(scope, receive, send)


def keep(request: Request, prepared: Prepared, cache_control: str) -> None:
    """Keep the answer to this request, which must be a GET that depends on its address alone."""
    memory, address = request.scope.get(_STATE), _address(request.scope)
    if isinstance(memory, Memory) and len(address[1]) <= LONGEST:
        size = sum(map(len, prepared.encodings.values())) + len(address[1]) + OVERHEAD
        memory.put(address, (prepared, cache_control), size)


def _address(scope: Scope) -> tuple[str, bytes]:
    return path_within(scope), scope["query_string"]
