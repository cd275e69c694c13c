"""What passes: each request gets an id and is counted, and written to the log where that is wanted.

A label is a route, such as ``/lessons/{slug}``, a method and a status, so there are few of them and
nothing of what a reader typed.  Noting a request costs about a microsecond: it adds to plain
numbers, which ``app.web.metrics`` reads when somebody asks, and the log is written by a thread.

Every request is noted once: by the server's short cut (``app.web.protocol``), by the counter where
the server has none, or by ``Observed``, the innermost middleware of the application.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import secrets
import time
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Final, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.clients import is_in, networks_of

HEADER: Final = b"x-request-id"
SCOPE: Final = "nabla.request_id"
REQUEST_ID: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""The id of the request that is being worked on."""
BUCKETS: Final = (
    *(0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01),
    *(0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
"""Upper ends of the latency histogram in seconds; pages take some ten microseconds."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
OTHER: Final = "other"
MOST_ROUTES: Final = 100
_GOOD_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class RequestLog(Protocol):
    """Where a line for each request goes."""

    def note(
        self, request_id: str, method: str, route: str, page: str, status: int, seconds: float
    ) -> None:
        """``page`` is the path of a page of the book, empty where the path is a reader's."""

    def close(self) -> None:
        """Write what is waiting."""


class Observer:
    """Counts and times of requests, used within one event loop.

    ``proxies`` are the addresses and networks whose X-Request-ID is taken over.
    """

    def __init__(self, proxies: Sequence[str] = (), log: RequestLog | None = None) -> None:
        self.requests: dict[tuple[str, str, int], int] = {}
        self.times: dict[str, list[int]] = {}
        self.seconds: dict[str, float] = {}
        self._proxies = networks_of(proxies)
        self._log = log
        self._prefix = secrets.token_hex(5)
        self._numbers = itertools.count(1)

    def id_for(self, scope: Mapping[str, Any]) -> str:
        """The proxy's id of a request if it has one, else a new one."""
        client = scope.get("client")
        if client is None or self._proxies:  # without an address it is a socket of this machine
            given = dict(scope["headers"]).get(HEADER)
            trusted = client is None or is_in(client[0], self._proxies)
            if trusted and given and _GOOD_ID.fullmatch(given):
                return str(given, "ascii")
        return f"{self._prefix}{next(self._numbers):06x}"

    def note(
        self, request_id: str, method: str, route: str, page: str, status: int, seconds: float
    ) -> None:
        """One request has been answered."""
        if method not in METHODS:
            method = OTHER
        if route not in self.times:
            if len(self.times) >= MOST_ROUTES:
                route = OTHER
            self.times.setdefault(route, [0] * (len(BUCKETS) + 1))
        key = (route, method, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        self.times[route][bisect_left(BUCKETS, seconds)] += 1
        self.seconds[route] = self.seconds.get(route, 0.0) + seconds
        if self._log is not None:
            self._log.note(request_id, method, route, page, status, seconds)

    def close(self) -> None:
        """The server ends."""
        if self._log is not None:
            self._log.close()


def kind_of(path: str) -> str:
    """The route of what lies ready at the counter, by its path within the book."""
    first, _, rest = path[1:].partition("/")
    if not rest:
        return "/{page}"
    return _KINDS.get(first, path if first == "api" else "/{page}")


_KINDS: Final = {
    "static": "/static/{path}",
    "lessons": "/lessons/{slug}",
    "embed": "/embed/{widget}",
}


class Observed:
    """ASGI middleware that notes requests to the application and answers with their ids.

    It must be the innermost one, where the router leaves the route in the scope.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        observer: Observer = scope["app"].state.observer
        # The counter has seen who is really at the other end of the connection.
        request_id = scope.get(SCOPE) or observer.id_for(scope)
        REQUEST_ID.set(request_id)
        started, status = time.perf_counter(), 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER, request_id.encode("ascii"))]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            route = getattr(scope.get("route"), "path", OTHER)
            seconds = time.perf_counter() - started
            with contextlib.suppress(Exception):  # whatever happens here is no reason to fail
                observer.note(request_id, scope["method"], route, "", status, seconds)
