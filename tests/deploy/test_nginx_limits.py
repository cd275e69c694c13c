"""What nginx adds in front: a cache for answers, limits, and no patience with slow connections."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.deploy.books import ask, domain_body, server, shared
from tests.deploy.conftest import Place
from tests.support.server import free_port
from tests.support.waiting import wait_for
from tools.nginx import running_nginx

TIGHTER = {
    "client_header_timeout 10s": "client_header_timeout 1s",
    "client_body_timeout  10s": "client_body_timeout 1s",
    "rate=100r/s": "rate=1r/m",
    "burst=400": "burst=3",
    "nabla_connections 2000": "nabla_connections 2",
}
"""The shipped limits, so tight that a test reaches them."""


@pytest.fixture
def connection(places: dict[str, Place]) -> Iterator[HTTPConnection]:
    """To the book at /."""
    with closing(HTTPConnection("127.0.0.1", places["/ kept"].port)) as opened:
        yield opened


def test_the_second_who_asks_is_answered_by_nginx(connection: HTTPConnection) -> None:
    question = "/api/jacobian?f=x%5E2*y%2B17&vars=x,y"
    first, second = (ask(connection, question, Accept_Encoding="gzip, br") for _ in range(2))
    assert [first[1]["x-cache-status"], second[1]["x-cache-status"]] == ["MISS", "HIT"]
    assert first[2] == second[2]
    assert first[1]["etag"] == second[1]["etag"]
    assert second[1]["content-encoding"] == first[1]["content-encoding"]


def test_who_has_the_answer_already_gets_304_from_nginx(connection: HTTPConnection) -> None:
    question = "/api/jacobian?f=x%5E2*y%2B18&vars=x,y"
    _, headers, _ = ask(connection, question)
    status, again, body = ask(connection, question, If_None_Match=headers["etag"])
    assert (status, again["x-cache-status"], body) == (304, "HIT", b"")


def test_each_encoding_is_kept_apart(connection: HTTPConnection) -> None:
    question = "/api/jacobian?f=x%5E2*y%2B19&vars=x,y"
    found = {}
    for accepted, encoding in (("br", "br"), ("gzip", "gzip"), ("identity", None)):
        for _ in range(2):
            _, headers, _ = ask(connection, question, Accept_Encoding=accepted)
            assert headers.get("content-encoding") == encoding
        assert headers["x-cache-status"] == "HIT"
        found[encoding] = headers["etag"]
    assert len(set(found.values())) == 3


def test_a_page_is_asked_for_again_by_readers_and_answered_by_nginx(
    connection: HTTPConnection,
) -> None:
    first = ask(connection, "/lessons/hessian", Accept_Encoding="br")
    second = _from_nginx(connection, "/lessons/hessian", Accept_Encoding="br")
    assert first[2] == second[2]
    assert second[1]["cache-control"] == "no-cache", "browsers ask each time"
    assert first[1]["x-request-id"] != second[1]["x-request-id"]
    etag = first[1]["etag"]
    third = _from_nginx(connection, "/lessons/hessian", Accept_Encoding="br", If_None_Match=etag)
    assert (third[0], third[2]) == (304, b"")


def test_layouts_are_not_mixed_up(connection: HTTPConnection) -> None:
    layouts = ("numerator", "denominator")
    paths = [f"/lessons/gradients?layout={layout}" for layout in layouts]
    for path in paths:
        ask(connection, path)
    for path, layout in zip(paths, layouts, strict=True):
        _, _, body = _from_nginx(connection, path)
        assert f'data-layout="{layout}"' in body.decode()[:2000]


def _from_nginx(
    connection: HTTPConnection, path: str, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """What nginx answers by itself; pages are kept for seconds only, so ask until it does."""

    def look() -> tuple[int, dict[str, str], bytes] | None:
        answer = ask(connection, path, **headers)
        return answer if answer[1]["x-cache-status"] == "HIT" else None

    return wait_for(look, 30, lambda: f"nginx answers {path} by itself")


@pytest.mark.parametrize("path", ["/search?q=chain", "/calculator?expr=tr(X)", "/readyz", "/none"])
def test_what_may_not_be_kept_always_comes_from_the_book(
    connection: HTTPConnection, path: str
) -> None:
    for _ in range(2):
        _, headers, _ = ask(connection, path)
        assert headers["x-cache-status"] == "MISS"


def test_the_log_tells_neither_who_asked_nor_what_was_typed(
    connection: HTTPConnection, folder: Path
) -> None:
    _, headers, _ = ask(connection, "/api/jacobian?f=x%2B271828&vars=x", Referer="314159")
    log = folder / "access.log"
    wait_for(lambda: headers["x-request-id"] in log.read_text(), 10, log.read_text)
    assert not re.search(r"271828|314159|127\.0\.0\.1|vars", log.read_text())


def test_who_asks_for_what_is_not_there_is_not_named_either(place: Place, folder: Path) -> None:
    with closing(HTTPConnection("127.0.0.1", place.port)) as connection:
        assert ask(connection, f"{place.prefix}/metrics?314159")[0] == 404
        ask(connection, f"{place.prefix or '/'}?314159")
        _, headers, _ = ask(connection, f"{place.prefix}/healthz")
    log = folder / "access.log"
    wait_for(lambda: headers["x-request-id"] in log.read_text(), 10, log.read_text)
    assert not re.search(r"314159|127\.0\.0\.1", log.read_text())
    if place.prefix:
        assert f'"GET {place.prefix}' not in (folder / "site.log").read_text()


@pytest.fixture(scope="module")
def tight(places: dict[str, Place], folder: Path) -> Iterator[int]:
    """The port of an nginx with tight limits in front of the book at /."""
    own = folder / "tight"
    own.mkdir(exist_ok=True)
    http = shared(own, {"root": places["/ kept"].book.path}, TIGHTER)
    body, port = domain_body(own, "root"), free_port()
    for loose, narrow in TIGHTER.items():
        body = body.replace(loose, narrow)
    with running_nginx("return 404;", http + server(port, body)):
        yield port


def test_a_program_that_asks_without_end_is_told_to_slow_down(tight: int) -> None:
    with closing(HTTPConnection("127.0.0.1", tight)) as connection:
        statuses = [ask(connection, f"/api/jacobian?f=x%2B{n}&vars=x")[0] for n in range(8)]
        assert statuses == [200] * 4 + [429] * 4
        assert ask(connection, "/")[0] == 200, "reading is not limited"


def test_one_address_cannot_take_all_connections(tight: int) -> None:
    def is_refused() -> bool:
        with (
            closing(HTTPConnection("127.0.0.1", tight)) as connection,
            _posting(tight, b"{"),
            _posting(tight, b"{"),
        ):
            return ask(connection, "/")[0] == 429

    def is_answered() -> bool:
        with closing(HTTPConnection("127.0.0.1", tight)) as connection:
            return ask(connection, "/")[0] == 200

    wait_for(is_refused, 30, lambda: "refused while others are held open")
    wait_for(is_answered, 30, lambda: "answered when they are closed")


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b""])
def test_a_head_that_never_ends_is_not_waited_for(tight: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", tight), 20) as slow:
        slow.sendall(sent)
        assert b"200 OK" not in _what_comes(slow)


def test_a_body_that_never_comes_is_not_waited_for(tight: int) -> None:
    with _posting(tight, b"{") as slow:
        assert b"200 OK" not in _what_comes(slow)


def _posting(port: int, begun: bytes) -> socket.socket:
    """A POST to a page without a limit of its own, of which only the beginning is sent."""
    slow = socket.create_connection(("127.0.0.1", port), 20)
    slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + begun)
    return slow


def _what_comes(slow: socket.socket) -> bytes:
    """What nginx says before it ends the connection; fails when it does not end it."""
    with contextlib.suppress(ConnectionError):
        return slow.recv(4096)
    return b""
