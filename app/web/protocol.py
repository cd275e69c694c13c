"""HTTP/1.1 as the book's server speaks it: httptools under uvicorn, with walls and a short cut.

- A request that cannot be read is answered in a sentence of ours.
- An address and headers beyond ``HEAD_LIMIT`` are refused, so that nobody can make the server keep
  them (the parser itself has no limit).
- A connection on which a head takes longer than ``HEAD_SECONDS`` is closed (slow loris), and one
  on which nothing is asked for ``KEEP_SECONDS``.  A connection has one timer for both, which looks
  when it rings whether its time has come: a timer for each request took a sixth of a page's time.
- What lies ready at the counter is written at once, in one piece, without a task of its own and
  without what a task needs: this halves the processor time of a page.  Requests that have to wait
  for an earlier one go the longer way through ASGI.
"""

from __future__ import annotations

import asyncio
import math
import time
from http import HTTPStatus
from typing import Any, Final, cast
from urllib.parse import unquote

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.web.counter import Answer, Counter
from app.web.observer import HEADER

HEAD_LIMIT: Final = 65_536
HEAD_SECONDS: Final = 10.0
KEEP_SECONDS: Final = 5.0
LAST_SECONDS: Final = 2.0
"""How long a server that ends waits for the question of one who has just come."""
STATUS_LINES: Final = {
    status: f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode() for status in (200, 304)
}
UNREADABLE: Final = (
    "The request cannot be read: its address or its headers are malformed or too long. "
    "Shorten the address, or send the question in the body of a POST request.\n"
)


class _Answered:
    """What uvicorn sees of a request that was answered at once: a cycle that is over."""

    response_complete = True
    disconnected = False

    def __init__(self) -> None:
        self.message_event = asyncio.Event()


class Protocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        application = self.config.app
        self._counter = application if isinstance(application, Counter) else None
        self._answered = cast("RequestResponseCycle", _Answered())
        self._head_bytes = 0
        self._in_head = True
        self._is_last = False
        self._due = math.inf
        self._alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_within(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        super().connection_lost(exc)

    def _expect_within(self, seconds: float) -> None:
        """Close the connection unless the next thing comes in time."""
        self._due = self.loop.time() + seconds
        if self._alarm is not None and self._alarm.when() > self._due:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None:
            self._alarm = self.loop.call_at(self._due, self._look_at_the_clock)

    def _look_at_the_clock(self) -> None:
        self._alarm = None
        if self.loop.time() >= self._due:
            self.transport.close()
        elif self._due < math.inf:
            self._alarm = self.loop.call_at(self._due, self._look_at_the_clock)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_LIMIT:
            self.send_400_response(UNREADABLE)

    def on_message_begin(self) -> None:
        self._in_head = True
        self._expect_within(LAST_SECONDS if self._is_last else HEAD_SECONDS)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Raises ValueError, which the parser turns into a request that cannot be read."""
        self._in_head, self._head_bytes = False, 0
        self._due = math.inf
        if len(self.url) + sum(len(n) + len(v) for n, v in self.headers) > HEAD_LIMIT:
            raise ValueError("the address and the headers are too long")
        # Whoever reads slowly or sends many requests at once takes the way that waits for them.
        free = self.cycle is None or self.cycle.response_complete
        if not (free and not self.flow.write_paused and self._hand_out()):
            super().on_headers_complete()
            self.cycle.keep_alive = self.cycle.keep_alive and not self._is_last

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

    def shutdown(self) -> None:
        """The server ends.  Who has just come, or has begun to ask, is answered first."""
        if self.cycle is None or (self._in_head and self._head_bytes):
            self._is_last = True
            self._expect_within(LAST_SECONDS)
        else:
            super().shutdown()

    def on_response_complete(self) -> None:
        """As uvicorn's, with the timer of this connection."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._due == math.inf:  # or else the next head is under way
            self._expect_within(KEEP_SECONDS)

    def _hand_out(self) -> bool:
        """Answer from the counter; False when the application must be asked."""
        method, parser = self.parser.get_method(), self.parser
        if self._counter is None or method not in {b"GET", b"HEAD"} or parser.should_upgrade():
            return False
        started, url, scope = time.perf_counter(), httptools.parse_url(self.url), self.scope
        path: str = url.path.decode("ascii")
        scope["method"], scope["query_string"] = method.decode("ascii"), url.query or b""
        scope["path"] = unquote(path) if "%" in path else path
        answer = self._counter.answer(scope)
        if answer is None:
            return False
        self.cycle = self._answered
        request_id = self._counter.observer.id_for(scope)
        self._write(answer, request_id, with_body=method == b"GET")
        self._counter.note(request_id, scope, answer, time.perf_counter() - started)
        return True

    def _write(self, answer: Answer, request_id: str, *, with_body: bool) -> None:
        """The whole answer in one piece, as a cycle would have written it in two."""
        lasting = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        keep = lasting and not self._is_last
        parts = [STATUS_LINES[answer.start["status"]]]
        parts += [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        parts.append(b"%b: %b\r\n" % (HEADER, request_id.encode("ascii")))
        parts += [answer.head, b"\r\n" if keep else b"connection: close\r\n\r\n"]
        if with_body:
            parts.append(answer.body)
        self.transport.write(b"".join(parts))
        if not keep:
            self.transport.close()
        self.on_response_complete()
