"""The counter: what is prepared is handed out here, before routing and middleware are asked.

A page, a static file or an answer that was given before needs nothing of what a framework does for
a request; finding the bytes and
writing a dozen headers takes some ten microseconds where the whole way through the application
takes more than five hundred.  ``Stock`` knows what there is; every request that it does not know
(another method, an unknown address, a file that has not been compressed yet) goes on to ``app``.

``Counter`` is an ASGI application; our own server (``app.web.server``) asks it for the answer even
earlier, as soon as the headers of a request have been read.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.observer import HEADER, SCOPE, Observer, kind_of
from app.web.prepared import IMMUTABLE, REVALIDATE, Prepared, matches, negotiate
from app.web.security import Policies, RawHeaders

ANSWERS_REMEMBERED: Final = 4096
STATIC: Final = "/static/"
EMBED: Final = "/embed/"
API: Final = "/api/"
ASKED: Final = frozenset({"/calculator", "/search"})
"""Pages that answer the question in their address: prepared only for those who ask nothing yet."""
# Frames of other pages (embedded widgets) and notebooks may load the book's own modules.
STATIC_HEADERS: Final[RawHeaders] = ((b"cross-origin-resource-policy", b"cross-origin"),)


class Stock(Protocol):
    """What is prepared at this moment."""

    def page(self, path: str, layout: str | None) -> Prepared | None:
        """The page at a path within the book."""

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """The page that shows one widget alone."""

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        """A static file that is compressed already, and whether its address never changes."""

    def answer(self, path: str, query: bytes) -> tuple[Prepared, str] | None:
        """An answer that was given to this address before, and its Cache-Control."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: what ASGI sends, and the same headers as they stand on the wire."""

    start: Mapping[str, Any]
    body: bytes
    head: bytes

    async def send(self, send: Send, request_id: str) -> None:
        """Send it as ASGI has it; the messages are shared, so nobody may change them."""
        headers = [*self.start["headers"], (HEADER, request_id.encode("ascii"))]
        await send({**self.start, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


class Counter:
    """An ASGI application in front of another one; ``stock`` is what can be handed out now."""

    def __init__(
        self,
        app: ASGIApp,
        stock: Stock,
        policies: Policies,
        prefix: str = "",
        observer: Observer | None = None,
    ) -> None:
        self.app = app
        self.stock = stock
        self.observer = observer or Observer()
        self._policies = policies
        self._prefix = prefix
        self._answers: dict[tuple[str | int, ...], Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        answer = self.answer(scope)
        request_id = scope.get(SCOPE) or self.observer.id_for(scope)
        if answer is None:
            await self.app({**scope, SCOPE: request_id}, receive, send)
        else:
            await answer.send(send, request_id)
            self.note(request_id, scope, answer, time.perf_counter() - started)

    def note(
        self, request_id: str, scope: Mapping[str, Any], answer: Answer, seconds: float
    ) -> None:
        """Tell the observer that this answer was sent; its path is one of the book's."""
        path = self._within(scope["path"])
        status = answer.start["status"]
        self.observer.note(request_id, scope["method"], kind_of(path), path, status, seconds)

    def answer(self, scope: Mapping[str, Any]) -> Answer | None:
        """What is prepared for this request, or None when the application must be asked."""
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        path = self._within(scope["path"])
        if path.startswith(STATIC):
            found = self.stock.file(path.removeprefix(STATIC))
            return self._file(*found, scope) if found else None
        if path.startswith(API):
            kept = self.stock.answer(path, scope["query_string"])
            return self._kept(*kept, scope, path) if kept else None
        page = self._page(path, scope["query_string"])
        if page is None:
            return None
        return self._choose(page, scope, REVALIDATE, self._policies.of(path), path[:7])

    def _within(self, path: str) -> str:
        """The path within the book, whether or not the proxy stripped the prefix."""
        if self._prefix and (path == self._prefix or path.startswith(f"{self._prefix}/")):
            return path.removeprefix(self._prefix) or "/"
        return path

    def _page(self, path: str, query: bytes) -> Prepared | None:
        if query and path in ASKED:
            return None
        layout = _layout(query)
        if path.startswith(EMBED):
            return self.stock.embed(path.removeprefix(EMBED), layout)
        return self.stock.page(path, layout)

    def _file(self, prepared: Prepared, unchanging: bool, scope: Mapping[str, Any]) -> Answer:
        headers = STATIC_HEADERS + self._policies.of(STATIC)
        keep = IMMUTABLE if unchanging else REVALIDATE
        return self._choose(prepared, scope, keep, headers, STATIC)

    def _kept(self, prepared: Prepared, keep: str, scope: Mapping[str, Any], path: str) -> Answer:
        """Answers are many and come and go, so their bodies are not remembered here once more."""
        encoding, status = _wanted(prepared, scope)
        if status == 304:
            return self._remembered(prepared, encoding, status, keep, self._policies.of(path), API)
        common = (*self._policies.of(path), (b"cache-control", keep.encode("latin-1")))
        return _made(prepared, encoding, status, common)

    def _choose(
        self,
        prepared: Prepared,
        scope: Mapping[str, Any],
        keep: str,
        headers: RawHeaders,
        kind: str,
    ) -> Answer:
        """The best encoding, or 304 when the reader has it already."""
        return self._remembered(prepared, *_wanted(prepared, scope), keep, headers, kind)

    def _remembered(
        self,
        prepared: Prepared,
        encoding: str,
        status: int,
        keep: str,
        headers: RawHeaders,
        kind: str,
    ) -> Answer:
        # An embedded widget may be framed by others and a page may not, were they ever the same.
        framed = EMBED if kind == EMBED else keep
        key = (prepared.digest, prepared.media_type, encoding, status, framed)
        answer = self._answers.get(key)
        if answer is None:
            if len(self._answers) >= ANSWERS_REMEMBERED:
                self._answers.clear()
            common = (*headers, (b"cache-control", keep.encode("latin-1")))
            answer = self._answers[key] = _made(prepared, encoding, status, common)
        return answer


def _wanted(prepared: Prepared, scope: Mapping[str, Any]) -> tuple[str, int]:
    """The best encoding for a reader, and 304 where the reader has it already."""
    accepted = known = ""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = value.decode("latin-1")
        elif name == b"if-none-match":
            known = value.decode("latin-1")
    encoding = negotiate(accepted, prepared.encodings)
    if known and (known == prepared.etag(encoding) or matches(known, prepared)):
        return encoding, 304
    return encoding, 200


def _made(prepared: Prepared, encoding: str, status: int, common: RawHeaders) -> Answer:
    body = prepared.encodings[encoding] if status == 200 else b""
    headers = [
        (b"etag", prepared.etag(encoding).encode("latin-1")),
        (b"vary", b"Accept-Encoding"),
        *common,
    ]
    if status == 200:
        headers.append((b"content-type", prepared.media_type.encode("latin-1")))
        headers.append((b"content-length", str(len(body)).encode("latin-1")))
        if encoding != "identity":
            headers.append((b"content-encoding", encoding.encode("latin-1")))
    head = b"".join(b"%b: %b\r\n" % pair for pair in headers)
    start = {"type": "http.response.start", "status": status, "headers": headers}
    return Answer(start, body, head)


def _layout(query: bytes) -> str | None:
    """The layout that the address asks for; most ask for none."""
    if b"layout=" not in query:
        return None
    return parse_qs(query.decode("latin-1")).get("layout", [None])[-1]
