"""What the log says, in both forms; what readers typed is not in it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from app.web.logs import REQUESTS, Requests, configure
from app.web.observer import REQUEST_ID

TYPED = "sin(what-a-reader-typed)"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions, REQUESTS.level
    yield io.StringIO()
    root.handlers[:], logging.raiseExceptions = before[0], before[2]
    root.setLevel(before[1])
    REQUESTS.setLevel(before[3])


def raise_what_was_typed() -> None:
    try:
        raise ValueError(TYPED)
    except ValueError as error:
        raise RuntimeError(f"cannot read {TYPED}") from error


def log_it() -> None:
    try:
        raise_what_was_typed()
    except RuntimeError:
        logging.getLogger("app.somewhere").exception("Something failed")


def test_an_object_a_line_with_the_id_of_the_request(stream: io.StringIO) -> None:
    configure("json", "warning", stream)
    token = REQUEST_ID.set("abc123")
    log_it()
    REQUEST_ID.reset(token)
    line = json.loads(stream.getvalue())
    assert (line["level"], line["logger"]) == ("error", "app.somewhere")
    assert line["message"] == "Something failed"
    assert line["request_id"] == "abc123"
    assert line["time"].endswith("Z")
    assert line["error"]["kind"] == "RuntimeError from ValueError"
    assert any(place.endswith("in raise_what_was_typed") for place in line["error"]["where"])


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_exception_is_told_without_its_words(stream: io.StringIO, form: str) -> None:
    configure(form, "warning", stream)
    log_it()
    assert "RuntimeError" in stream.getvalue()
    assert TYPED not in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_asyncio_only_the_first_line_is_told(stream: io.StringIO, form: str) -> None:
    configure(form, "warning", stream)
    message = f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{TYPED}')>"
    logging.getLogger("asyncio").error(message)
    assert "never retrieved" in stream.getvalue()
    assert TYPED not in stream.getvalue()


def test_the_level_holds_for_all_but_requests(stream: io.StringIO) -> None:
    configure("json", "error", stream)
    logging.getLogger("app.somewhere").warning("not told")
    requests = Requests()
    requests.note("id1", "GET", "/lessons/{slug}", "/lessons/gradients", 200, 0.0123456)
    requests.note("id2", "POST", "/api/jacobian", "", 400, 0.5)
    requests.close()
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["request_id"] == "id1"
    assert (first["route"], first["page"]) == ("/lessons/{slug}", "/lessons/gradients")
    assert (first["method"], first["status"], first["milliseconds"]) == ("GET", 200, 12.346)
    assert "page" not in second


def test_an_author_is_told_file_and_line_first(stream: io.StringIO) -> None:
    configure("text", "warning", stream)
    logging.getLogger("nabla.watch").warning("lesson.md:3: error: no such word")
    assert stream.getvalue() == "lesson.md:3: error: no such word\n"
