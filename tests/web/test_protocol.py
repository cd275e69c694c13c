"""One connection: limits, sentences, and the short cut that writes what is prepared at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import uvicorn

from app.web import protocol
from app.web.counter import Counter
from app.web.listening import listen
from app.web.prepared import Prepared, prepare
from app.web.protocol import HEAD_LIMIT, UNREADABLE, Protocol
from app.web.security import Policies
from tests.support import asynchronous

PAGE = prepare(b"<p>page</p>" * 4000, "text/html; charset=utf-8")


class Stock:
    def page(self, path: str, layout: str | None) -> Prepared | None:
        return PAGE if path == "/page" else None

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        return None

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        return None

    def answer(self, path: str, query: bytes) -> tuple[Prepared, str] | None:
        return None


async def application(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    await asyncio.sleep(0.02)
    body = scope["path"].encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextlib.asynccontextmanager
async def connection() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server with one prepared page."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            Counter(application, Stock(), Policies()),
            http=Protocol,
            ws="none",
            lifespan="off",
            log_level="critical",
        )
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        serving = asyncio.create_task(server._serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname(), limit=2**22)
        yield reader, writer
        writer.close()
        server.should_exit = True
        await serving


def run(scene: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> None:
    async def play() -> None:
        async with connection() as (reader, writer):
            async with asyncio.timeout(20):
                await scene(reader, writer)

    asynchronous.run(play())


async def answer(reader: asyncio.StreamReader, *, head: bool = False) -> tuple[str, bytes]:
    """The head and the body of the next answer."""
    text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lengths = [line for line in text.split("\r\n") if line.lower().startswith("content-length")]
    length = int(lengths[0].partition(":")[2]) if lengths and not head else 0
    return text, await reader.readexactly(length)


def request(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: nabla", *headers, "", ""]).encode()


def test_a_prepared_page_is_written_without_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("this page needs no task")

    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            writer.write(request("/page", "Accept-Encoding: gzip"))
            text, body = await answer(reader)
            assert text.startswith("HTTP/1.1 200 OK\r\n")
            assert "content-encoding: gzip" in text
            assert "\r\ndate: " in text
            assert body == PAGE.encodings["gzip"]

    monkeypatch.setattr(protocol.HttpToolsProtocol, "_start_asgi_task", refuse)
    run(scene)


def test_304_and_head_have_no_body() -> None:
    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request("/page", f"If-None-Match: {PAGE.etag('identity')}"))
        assert (await answer(reader))[0].startswith("HTTP/1.1 304 Not Modified\r\n")
        writer.write(request("/page", method="HEAD"))
        text, _ = await answer(reader, head=True)
        assert f"content-length: {len(PAGE.body)}" in text
        writer.write(request("/page"))
        assert (await answer(reader))[1] == PAGE.body

    run(scene)


def test_answers_come_in_the_order_of_the_requests() -> None:
    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        paths = ["/page", "/slow", "/page", "/slower", *["/page"] * 300]
        writer.write(b"".join(map(request, paths)))
        for path in paths:
            assert (await answer(reader))[1] == (PAGE.body if path == "/page" else path.encode())

    run(scene)


def test_a_connection_that_shall_end_ends() -> None:
    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request("/page", "Connection: close"))
        text, body = await answer(reader)
        assert "connection: close" in text
        assert body == PAGE.body
        assert await reader.read() == b""

    run(scene)


@pytest.mark.parametrize(
    "pieces",
    [
        [b"GET /" + b"x" * 2 * HEAD_LIMIT + b" HTTP/1.1\r\nHost: nabla\r\n\r\n"],
        [b"GET /"] + [b"x" * 8192] * 20,
        [b"GET / HTTP/1.1\r\nHost: nabla\r\nX: "] + [b"y" * 8192] * 20,
        [b"GET / HTTP/1.1\r\n"] + [b"X-%d: y\r\n" % number for number in range(20_000)],
        [b"nonsense\r\n\r\n"],
        [b"GET //[ HTTP/1.1\r\nHost\r\n\r\n"],
    ],
    ids=["long address", "endless address", "endless header", "headers", "nonsense", "no header"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(pieces: list[bytes]) -> None:
    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
        received = b""
        with contextlib.suppress(ConnectionError):  # the rest may still be under way
            received = await reader.read()
        whole = sum(map(len, pieces)) < 1000 or received
        assert received.endswith(UNREADABLE.encode() if whole else b"")

    run(scene)
