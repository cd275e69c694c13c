"""HTTP/1.1 as the book's server speaks it: httptools under uvicorn, with walls and a short cut.

- A request that cannot be read is answered in a sentence of ours.
- An address and headers beyond ``HEAD_LIMIT`` are refused, so that nobody can make the server keep
  them (the parser itself has no limit).
- A connection on which a head takes longer than ``HEAD_SECONDS`` is closed (slow loris).
- What lies ready at the counter is written at once, in one piece, without a task of its own: this
  halves the processor time of a page.  Should uvicorn rename the method that starts a task,
  requests simply go the longer way through ASGI; a test tells.
"""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.web.counter import Answer, Counter
from app.web.observer import HEADER

HEAD_LIMIT: Final = 65_536
HEAD_SECONDS: Final = 10.0
STATUS_LINES: Final = {
    status: f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode() for status in (200, 304)
}
UNREADABLE: Final = (
    "The request cannot be read: its address or its headers are malformed or too long. "
    "Shorten the address, or send the question in the body of a POST request.\n"
)


class Protocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        application = self.config.app
        self._counter = application if isinstance(application, Counter) else None
        self._head_bytes = 0
        self._in_head = True
        self._impatience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_has_come()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        if self._impatience is None:
            self._impatience = self.loop.call_later(HEAD_SECONDS, self._end)

    def _head_has_come(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None

    def _end(self) -> None:
        if self._in_head and not self.transport.is_closing():
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_LIMIT:
            self.send_400_response(UNREADABLE)

    def on_message_begin(self) -> None:
        self._in_head = True
        self._expect_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Raises ValueError, which the parser turns into a request that cannot be read."""
        self._in_head, self._head_bytes = False, 0
        self._head_has_come()
        if len(self.url) + sum(len(n) + len(v) for n, v in self.headers) > HEAD_LIMIT:
            raise ValueError("the address and the headers are too long")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head, self._head_bytes = True, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if self.transport.is_closing():
            return
        # With its length, since the connection may be reset while the rest still comes in.
        head = (
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(UNREADABLE)}\r\nX-Content-Type-Options: nosniff\r\n"
            "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
        )
        self.transport.write((head + UNREADABLE).encode("ascii"))
        self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # Whoever reads slowly or sends many requests at once takes the way that waits for them.
        waits = self.pipeline or self.flow.write_paused
        if self._counter is not None and app is self.app and not waits:
            started = time.perf_counter()
            answer = self._counter.answer(cycle.scope)
            if answer is not None:
                request_id = self._counter.observer.id_for(cycle.scope)
                self._write(cycle, answer, request_id)
                seconds = time.perf_counter() - started
                self._counter.note(request_id, cycle.scope, answer, seconds)
                return
        super()._start_asgi_task(cycle, app)

    def _write(self, cycle: RequestResponseCycle, answer: Answer, request_id: str) -> None:
        """The whole answer in one piece, as the cycle would have written it in two."""
        parts = [STATUS_LINES[answer.start["status"]]]
        parts += [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        parts.append(b"%b: %b\r\n" % (HEADER, request_id.encode("ascii")))
        parts += [answer.head, b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"]
        if cycle.scope["method"] != "HEAD":
            parts.append(answer.body)
        cycle.response_started = cycle.response_complete = True
        self.transport.write(b"".join(parts))
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()
        cycle.on_response = _nothing


def _nothing() -> None:
    """Lets go of the connection that the finished cycle would call back."""
