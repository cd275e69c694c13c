"""Who asks, behind whatever proxies: only those that are trusted are believed."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.web.clients import Clients, client_key, networks_of
from tests.support import asynchronous


def _seen(
    client: str | None, forwarded: str | None, proxies: tuple[str, ...] = (), times: int = 1
) -> str:
    """The client's address as the application behind the middleware sees it."""
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0] if scope["client"] else "")

    async def nothing(*_: Any) -> Any:
        raise AssertionError("nothing is read or sent")

    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode("latin-1"))]
    peer = None if client is None else (client, 1)
    scope = {"type": "http", "client": peer, "headers": headers}
    clients = Clients(app, networks_of(proxies))
    for _ in range(times):
        asynchronous.run(clients(scope, nothing, nothing))
    return seen[-1]


@pytest.mark.parametrize(
    ("client", "forwarded", "proxies", "seen"),
    [
        ("192.0.2.7", None, ("192.0.2.0/24",), "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", (), "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", ("10.0.0.0/8",), "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", ("10.0.0.0/8",), "10.0.0.3"),
        ("10.0.0.1", "nonsense", ("10.0.0.0/8",), "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, <script>", ("10.0.0.0/8",), "10.0.0.1"),
        ("10.0.0.1", "2001:db8::7", ("10.0.0.1",), "2001:db8::7"),
        ("::1", "198.51.100.1", ("::1",), "198.51.100.1"),
        (None, "198.51.100.1", (), "198.51.100.1"),  # through a Unix socket
        (None, "6.6.6.6, 198.51.100.1", (), "198.51.100.1"),
        (None, None, (), ""),
        ("testclient", "198.51.100.1", ("10.0.0.0/8",), "testclient"),
        ("10.0.0.1", "x," * 5000 + "198.51.100.1", ("10.0.0.1",), "198.51.100.1"),
    ],
)
def test_the_last_stranger_is_the_client(
    client: str | None, forwarded: str | None, proxies: tuple[str, ...], seen: str
) -> None:
    assert _seen(client, forwarded, proxies) == seen


def test_a_proxy_that_nobody_has_named_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert _seen("10.0.7.1", "198.51.100.1", times=3) == "10.0.7.1"
    (message,) = (record.getMessage() for record in caplog.records)
    assert "trusted_proxies" in message
    assert "10.0.0.0/16" in message
    assert "10.0.7.1" not in message, "a reader may be there who sends that header"


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(host: str, key: str) -> None:
    assert client_key(host) == key
