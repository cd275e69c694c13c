"""Prepared answers: encodings, ETags and 304."""

from __future__ import annotations

import gzip

import brotli
import pytest
from starlette.requests import Request

from app.web.prepared import matches, negotiate, prepare, respond

PAGE = prepare(b"<p>" + b"gradient and Jacobian " * 200, "text/html; charset=utf-8")


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_each_encoding_holds_the_same_bytes() -> None:
    assert brotli.decompress(PAGE.encodings["br"]) == PAGE.body
    assert gzip.decompress(PAGE.encodings["gzip"]) == PAGE.body


def test_what_does_not_shrink_is_left_alone() -> None:
    assert set(prepare(b"x" * 9000, "font/woff2").encodings) == {"identity"}
    assert set(prepare(b"short", "text/html").encodings) == {"identity"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.1", "br"),
        ("br;q=nonsense", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("identity", "identity"),
    ],
)
def test_the_reader_decides_on_the_encoding(header: str, expected: str) -> None:
    assert negotiate(header, PAGE.encodings) == expected


def test_an_answer_names_its_encoding_and_version() -> None:
    answer = respond(request(accept_encoding="br"), PAGE)
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] == PAGE.etag("br") != PAGE.etag("identity")
    assert answer.body == PAGE.encodings["br"]


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_gets_304(encoding: str, form: str) -> None:
    answer = respond(request(if_none_match=form.format(PAGE.etag(encoding))), PAGE)
    assert (answer.status_code, answer.body) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"


def test_who_has_another_version_gets_it_whole() -> None:
    assert not matches('"other"', PAGE)
    assert respond(request(if_none_match='"other"'), PAGE).status_code == 200


def test_an_error_is_never_304() -> None:
    answer = respond(request(if_none_match="*"), PAGE, status=404)
    assert answer.status_code == 404
