"""The counter hands out what is prepared without asking the application, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from app.web.counter import Counter
from app.web.prepared import Prepared, prepare
from app.web.security import Policies
from tests.support import asynchronous

HTML = "text/html; charset=utf-8"
PAGE = prepare(b"<p>numerator</p>" * 100, HTML)
OTHER = prepare(b"<p>denominator</p>" * 100, HTML)
WIDGET = prepare(b"<figure></figure>" * 100, HTML)
SCRIPT = prepare(b"export {}", "text/javascript; charset=utf-8")
JSON = prepare(b'{"text": "x"}' * 100, "application/json")
FONT = prepare(b"\x00" * 900, "font/woff2")


class Shelf:
    """A stock of one page in two layouts, one widget and two files."""

    def page(self, path: str, layout: str | None) -> Prepared | None:
        pages = {"/", "/calculator", "/search"}
        return (OTHER if layout == "denominator" else PAGE) if path in pages else None

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        return WIDGET if widget == "jacobian" else None

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        return {"abc/font.woff2": (FONT, True), "boot.js": (SCRIPT, False)}.get(path)

    def answer(self, path: str, query: bytes) -> tuple[Prepared, str] | None:
        return (JSON, "public, max-age=60") if (path, query) == ("/api/thing", b"x=1") else None


async def application(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"the application"})


class Answer:
    """What was sent to one request."""

    def __init__(
        self, target: str, method: str = "GET", *, prefix: str = "", **headers: str
    ) -> None:
        path, _, query = target.partition("?")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }
        messages: list[Any] = []

        async def send(message: Any) -> None:
            messages.append(message)

        async def receive() -> Any:
            raise AssertionError("nothing that is prepared needs a body")

        counter = Counter(application, Shelf(), Policies(("https://moodle.example",)), prefix)
        asynchronous.run(counter(scope, receive, send))
        start, end = messages
        self.status: int = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.body: bytes = end["body"]


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_page_is_handed_out_in_the_encoding_that_the_reader_takes(encoding: str) -> None:
    answer = Answer("/", accept_encoding=encoding)
    assert answer.status == 200
    assert answer.body == PAGE.encodings[encoding]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.headers["content-type"] == HTML
    assert answer.headers["etag"] == PAGE.etag(encoding)
    assert answer.headers["vary"] == "Accept-Encoding"


def test_the_layout_of_the_address_is_handed_out() -> None:
    assert Answer("/?layout=denominator").body == OTHER.body
    assert Answer("/?layout=numerator&layout=denominator").body == OTHER.body
    assert Answer("/?f=x%5E2&layout=sideways").body == PAGE.body


def test_who_has_it_gets_304_without_a_body() -> None:
    answer = Answer("/", accept_encoding="br", if_none_match=f'W/{PAGE.etag("br")}, "x"')
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == PAGE.etag("br")
    assert Answer("/", if_none_match=OTHER.etag("br")).status == 200


def test_files_are_kept_for_ever_under_their_digest_only() -> None:
    font, script = Answer("/static/abc/font.woff2", accept_encoding="br"), Answer("/static/boot.js")
    assert "immutable" in font.headers["cache-control"]
    assert script.headers["cache-control"] == "no-cache"
    assert font.body == FONT.body
    assert font.headers["cross-origin-resource-policy"] == "cross-origin"


def test_an_answer_that_was_given_before_is_handed_out_again() -> None:
    answer = Answer("/api/thing?x=1", accept_encoding="gzip")
    assert (answer.status, answer.body) == (200, JSON.encodings["gzip"])
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["content-type"] == "application/json"
    known = Answer("/api/thing?x=1", if_none_match=JSON.etag("gzip"))
    assert (known.status, known.body) == (304, b"")


@pytest.mark.parametrize("target", ["/calculator", "/search"])
def test_a_page_that_answers_questions_is_ready_for_who_asks_nothing_yet(target: str) -> None:
    assert Answer(target).body == PAGE.body


def test_pages_may_not_be_framed_and_widgets_may_where_it_was_allowed() -> None:
    page, widget = Answer("/").headers, Answer("/embed/jacobian").headers
    assert page["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["content-security-policy"]
    assert "https://moodle.example" in widget["content-security-policy"]
    assert "x-frame-options" not in widget
    assert page["x-content-type-options"] == widget["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("target", ["/course", "/course/", "/"])
def test_a_prefix_may_be_stripped_by_the_proxy_or_not(target: str) -> None:
    assert Answer(target, prefix="/course").body == PAGE.body


@pytest.mark.parametrize(
    ("target", "method"),
    [
        ("/", "POST"),
        ("/api/jacobian?f=x", "GET"),
        ("/api/thing?x=2", "GET"),
        ("/api/thing?x=1", "POST"),
        ("/calculator?expr=x", "GET"),
        ("/search?q=trace", "GET"),
        ("/static/unknown.js", "GET"),
        ("/embed/unknown", "GET"),
        ("/course", "GET"),
        ("", "GET"),
    ],
)
def test_everything_else_is_for_the_application(target: str, method: str) -> None:
    assert Answer(target, method).body == b"the application"
