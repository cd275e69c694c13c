"""Answers that are worth keeping as they were sent: the same address again costs next to nothing.

An answer of the API depends on its address alone.  What was answered to a GET and may be cached by
others is kept here too, within bounds, and handed out at the counter before anything of it is read
again.  So a whole class can open the same lesson while computing is refused to a flood.
"""

from __future__ import annotations

from typing import Final, TypeAlias, cast

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.memory import Memory
from app.web.prefix import path_within
from app.web.prepared import Prepared

BYTES: Final = 16 * 2**20
OVERHEAD: Final = 1024
LONGEST: Final = 4096
"""Characters of an address that is remembered."""
_STATE: Final = "nabla.kept"

Kept: TypeAlias = tuple[Prepared, str]
"""An answer and its Cache-Control."""


class Answers:
    """What was answered, by address; at most so many bytes of it."""

    def __init__(self, limit: int = BYTES) -> None:
        self._memory = Memory(limit)

    def find(self, path: str, query: bytes) -> Kept | None:
        """What was answered to a path within the book with this query."""
        return cast("Kept | None", self._memory.get((path, query)))

    def put(self, path: str, query: bytes, kept: Kept) -> None:
        """Keep an answer, unless its address is a very long one."""
        if len(query) <= LONGEST:
            size = sum(map(len, kept[0].encodings.values())) + len(query) + OVERHEAD
            self._memory.put((path, query), kept, size)


class KeptAnswers:
    """ASGI middleware: lets the application keep answers for the counter."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self.app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            scope = {**scope, _STATE: self._answers}
        await self.app(scope, receive, send)


def keep(request: Request, prepared: Prepared, cache_control: str) -> None:
    """Keep the answer to this request, which must be a GET that depends on its address alone."""
    answers, scope = request.scope.get(_STATE), request.scope
    if isinstance(answers, Answers):
        answers.put(path_within(scope), scope["query_string"], (prepared, cache_control))
