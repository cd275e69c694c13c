"""Requests read strictly, and refused without repeating what they said."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request

from app.api import reader
from app.api.problems import RequestError
from app.api.reader import BODY_LIMIT, parse_object
from tests.support import asynchronous
from tests.support.reader import Reader

JSON = {"Content-Type": "application/json"}
GOOD: dict[str, Any] = {"f": "x^2*y", "vars": ["x", "y"], "at": {"x": 1, "y": 2}}


def _post(client: Reader, body: bytes, headers: dict[str, str] = JSON) -> Any:
    return client.post("/api/jacobian", content=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "The body is not valid JSON."),
        (b"{", "The body is not valid JSON."),
        (b"{'f': 1}", "The body is not valid JSON."),
        (b'{"f": tru}', "The body is not valid JSON."),
        (b'{"f": 01}', "The body is not valid JSON."),
        (b'{"f": "\t"}', "The body is not valid JSON."),
        (b'\xef\xbb\xbf{"f": "x"}', "The body is not valid JSON."),
        (b"\xff\xff", "The body is not valid UTF-8 text."),
        (b'{"f": "\\ud800"}', "The body is not valid UTF-8 text."),
        (b'{"\\udfff": 1}', "The body is not valid UTF-8 text."),
        (b"null", "The body must be one JSON object."),
        (b"[]", "The body must be one JSON object."),
        (b'"x"', "The body must be one JSON object."),
        (b"NaN", "NaN and Infinity are not JSON."),
        (b'{"at": [Infinity]}', "NaN and Infinity are not JSON."),
        (b'{"at": [1e999]}', "A number is out of range."),
        (b'{"at": [-1e400]}', "A number is out of range."),
        (b'{"at": [' + b"9" * 5000 + b"]}", "A number is out of range."),
        (b'{"f": "x", "f": "y"}', "A field is given twice."),
        (b'{"at": {"x": 1, "x": 2}}', "A field is given twice."),
        (b"[" * 30_000 + b"]" * 30_000, "The body is nested too deeply."),
    ],
)
def test_what_is_not_a_json_object_is_refused(body: bytes, detail: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_object(body)
    assert caught.value.problem.message == detail
    assert caught.value.problem.code == "malformed"


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("f", None, 422),
        ("f", 123, 422),
        ("f", True, 422),
        ("f", {}, 422),
        ("f", [], 422),
        ("f", [["x"]], 422),
        ("f", ["x", 1], 422),
        ("vars", 5, 422),
        ("vars", [1], 422),
        ("vars", [None], 422),
        ("vars", [], 422),
        ("vars", ["<script>"], 400),
        ("vars", [f"v{i}" for i in range(5000)], 413),
        ("at", 3, 422),
        ("at", [1], 400),
        ("at", [1, "2"], 422),
        ("at", [1, True], 422),
        ("at", [1, None], 422),
        ("at", {"x": 1}, 400),
        ("at", {"x": 1, "y": []}, 422),
        ("at", {"__proto__": 1, "x": 1}, 400),
        ("at", [1e308, 1], 422),
    ],
)
def test_types_are_strict(client: Reader, field: str, value: Any, status: int) -> None:
    response = _post(client, json.dumps({**GOOD, field: value}).encode())
    assert response.status_code == status, response.text
    problem = response.json()
    assert problem["detail"]
    assert problem["hint"]


def test_a_body_beyond_the_limit_is_not_read(client: Reader) -> None:
    response = _post(client, b'{"f": "' + b"x" * BODY_LIMIT + b'"}')
    assert response.status_code == 413
    assert response.json()["code"] == "too-large"


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "multipart/form-data",
        "application/x-python-pickle",
        "application/json; charset=utf-16",
    ],
)
def test_only_json_is_read(client: Reader, media_type: str) -> None:
    response = _post(client, json.dumps(GOOD).encode(), {"Content-Type": media_type})
    assert response.status_code == 415
    assert response.json()["detail"] == "The body must be JSON."


def test_a_charset_of_utf_8_is_fine(client: Reader) -> None:
    media_type = {"Content-Type": "application/json; charset=UTF-8"}
    assert _post(client, json.dumps(GOOD).encode(), media_type).status_code == 200


def test_unknown_fields_are_refused_with_the_nearest_name(client: Reader) -> None:
    response = _post(client, json.dumps({**GOOD, "varz": "x"}).encode())
    assert response.status_code == 422
    assert response.json()["hint"] == "Did you mean “vars”?"


def test_a_query_field_given_twice_is_refused(client: Reader) -> None:
    response = client.get("/api/jacobian?f=x&f=y&vars=x")
    assert response.status_code == 422
    assert response.json()["detail"] == "A field is given twice."


SECRET = "s3cret-payload"


@pytest.mark.parametrize(
    "body",
    [
        {**GOOD, SECRET: 1},
        {**GOOD, "at": {SECRET: 1}},
        {**GOOD, "at": [SECRET, SECRET]},
        {**GOOD, "vars": {SECRET: SECRET}},
        {**GOOD, "f": {"x": SECRET}},
        {**GOOD, "f": SECRET * 500},
    ],
)
def test_nothing_that_was_sent_comes_back(client: Reader, body: Any) -> None:
    response = _post(client, json.dumps(body).encode())
    assert 400 <= response.status_code < 500
    assert SECRET not in response.text


def test_an_unknown_address_is_a_problem_too(client: Reader) -> None:
    response = client.get("/api/nothing")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "not-found"
    response = client.delete("/api/jacobian")
    assert response.status_code == 405
    assert response.headers["allow"]


def test_a_defect_shows_no_traceback(client: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Any) -> Any:
        raise ZeroDivisionError("/work/secret/path.py")

    monkeypatch.setattr("app.api.jacobian.read_question", broken)
    response = client.get("/api/jacobian", params={"f": "x", "vars": "x"})
    assert response.status_code == 500
    assert response.json()["code"] == "defect"
    for leak in ("Traceback", "ZeroDivision", "/work", ".py"):
        assert leak not in response.text


def test_a_body_that_does_not_arrive_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BODY_SECONDS", 0.05)

    async def never() -> Any:
        await asyncio.sleep(60)

    headers = [(b"content-type", b"application/json")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, never)
    with pytest.raises(RequestError) as caught:
        asynchronous.run(reader.read_object(request))
    assert caught.value.problem.code == "late"
