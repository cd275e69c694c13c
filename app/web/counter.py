"""The counter: what is prepared is handed out here, before routing and middleware are asked.

A page or a static file needs nothing of what a framework does for a request; finding the bytes and
writing a dozen headers takes some ten microseconds where the whole way through the application
takes more than five hundred.  ``Stock`` knows what there is; every request that it does not know
(another method, an unknown address, a file that has not been compressed yet) goes on to ``app``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.prepared import IMMUTABLE, REVALIDATE, Prepared, matches, negotiate
from app.web.security import Policies, RawHeaders

STATIC: Final = "/static/"
EMBED: Final = "/embed/"
# Frames of other pages (embedded widgets) and notebooks may load the book's own modules.
STATIC_HEADERS: Final[RawHeaders] = ((b"cross-origin-resource-policy", b"cross-origin"),)


@dataclass(frozen=True, slots=True)
class Item:
    """One prepared answer and how long browsers may keep it."""

    prepared: Prepared
    cache_control: str = REVALIDATE
    headers: RawHeaders = ()


class Stock(Protocol):
    """What is prepared at this moment."""

    def page(self, path: str, layout: str | None) -> Prepared | None:
        """The page at a path within the book."""

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """The page that shows one widget alone."""

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        """A static file that is compressed already, and whether its address never changes."""


class Counter:
    """An ASGI application in front of another one; ``stock`` is what can be handed out now."""

    def __init__(self, app: ASGIApp, stock: Stock, policies: Policies, prefix: str = "") -> None:
        self.app = app
        self._stock = stock
        self._policies = policies
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = self._within(scope["path"])
            item = self._find(path, scope["query_string"])
            if item is not None:
                await hand_out(item, scope, send, self._policies.of(path))
                return
        await self.app(scope, receive, send)

    def _within(self, path: str) -> str:
        """The path within the book, whether or not the proxy stripped the prefix."""
        if self._prefix and (path == self._prefix or path.startswith(f"{self._prefix}/")):
            return path.removeprefix(self._prefix) or "/"
        return path

    def _find(self, path: str, query: bytes) -> Item | None:
        if path.startswith(STATIC):
            found = self._stock.file(path.removeprefix(STATIC))
            if found is None:
                return None
            prepared, unchanging = found
            return Item(prepared, IMMUTABLE if unchanging else REVALIDATE, STATIC_HEADERS)
        layout = _layout(query)
        if path.startswith(EMBED):
            page = self._stock.embed(path.removeprefix(EMBED), layout)
        else:
            page = self._stock.page(path, layout)
        return Item(page) if page is not None else None


async def hand_out(item: Item, scope: Scope, send: Send, policy: RawHeaders) -> None:
    """Send the answer in the best encoding, or 304 when the reader has it already."""
    accepted = known = ""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = value.decode("latin-1")
        elif name == b"if-none-match":
            known = value.decode("latin-1")
    prepared = item.prepared
    encoding = negotiate(accepted, prepared.encodings)
    headers = [
        (b"cache-control", item.cache_control.encode("latin-1")),
        (b"etag", prepared.etag(encoding).encode("latin-1")),
        (b"vary", b"Accept-Encoding"),
        *item.headers,
        *policy,
    ]
    if known and matches(known, prepared):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    body = prepared.encodings[encoding]
    headers.append((b"content-type", prepared.media_type.encode("latin-1")))
    headers.append((b"content-length", str(len(body)).encode("latin-1")))
    if encoding != "identity":
        headers.append((b"content-encoding", encoding.encode("latin-1")))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _layout(query: bytes) -> str | None:
    """The layout that the address asks for; most ask for none."""
    if b"layout=" not in query:
        return None
    return parse_qs(query.decode("latin-1")).get("layout", [None])[-1]
