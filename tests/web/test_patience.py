"""A connection on which the head of a request never ends, or nothing is asked, is closed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
import uvicorn

from app.web import protocol
from tests.support import asynchronous


async def _application(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"an answer"})


async def _read_all(*parts: bytes, pause: float = 0.0) -> bytes:
    """What a server answers before it closes the connection."""
    config = uvicorn.Config(_application, http=protocol.Protocol, port=0, log_level="error")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writing = asyncio.create_task(_write(writer, parts, pause))
        with contextlib.suppress(ConnectionError):
            return await asyncio.wait_for(reader.read(), 20)
        return b""
    finally:
        writing.cancel()
        writer.close()
        await server.shutdown()


async def _write(writer: asyncio.StreamWriter, parts: tuple[bytes, ...], pause: float) -> None:
    for part in parts:
        if writer.is_closing():
            return
        with contextlib.suppress(ConnectionError):
            writer.write(part)
            await writer.drain()
        await asyncio.sleep(pause)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "KEEP_SECONDS", 0.2)


@pytest.mark.parametrize("part", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_head_that_does_not_end_is_not_waited_for(part: bytes) -> None:
    assert asynchronous.run(_read_all(part)) == b""


def test_a_head_that_drips_is_not_waited_for() -> None:
    assert asynchronous.run(_read_all(b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 6, pause=0.1)) == b""


def test_whoever_has_asked_gets_the_answer() -> None:
    asked = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert asynchronous.run(_read_all(asked)).endswith(b"an answer\r\n0\r\n\r\n")


@pytest.mark.parametrize("idle", [[], [b"\r\n"] * 6])
def test_who_asks_for_nothing_more_is_not_waited_for(idle: list[bytes]) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    answers = asynchronous.run(_read_all(asked, asked, *idle, pause=0.1))
    assert answers.count(b"an answer") == 2
