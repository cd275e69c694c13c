"""Questions to the API are worked out on behalf of a client; equal ones at the same time once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app import compute
from app.api import jacobian
from app.compute import CALLER, Busy, TooManyRequests
from app.web.admission import Admission
from tests.support.reader import Reader

QUESTION = {"f": "x^2", "vars": "x"}


def _ask(client: Reader, **fields: str) -> Any:
    return client.get("/api/jacobian", params={**QUESTION, **fields})


def test_an_answer_is_worked_out_on_behalf_of_its_client(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    read = jacobian.read_question
    monkeypatch.setattr(
        jacobian,
        "read_question",
        lambda fields: (seen.append(CALLER.get().client), read(fields))[1],
    )
    assert _ask(client).status_code == 200
    assert seen == ["testclient"]
    assert CALLER.get().client == ""


def test_equal_questions_at_the_same_time_are_one(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, seen = threading.Event(), []
    read = jacobian.read_question

    def counted(fields: Any) -> Any:
        seen.append(fields)
        gate.wait(20)
        return read(fields)

    monkeypatch.setattr(jacobian, "read_question", counted)
    with ThreadPoolExecutor(6) as readers:
        answers = [readers.submit(_ask, client, at="3") for _ in range(6)]
        while not seen:
            gate.wait(0.01)
        gate.set()
        bodies = {each.result().text for each in answers}
    assert len(bodies) == 1
    assert len(seen) < 6


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [(Busy(), 503, "2"), (TooManyRequests(7), 429, "7"), (compute.TooLarge(), 413, None)],
)
def test_refusals_say_when_to_come_again(
    client: Reader,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    retry_after: str | None,
) -> None:
    def refuse(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(Admission, "_answer", refuse)
    answer = _ask(client, at="4")
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == retry_after
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["hint"].startswith("Try ")


def test_an_answer_without_its_readable_form_is_kept_by_nobody(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: Any, **__: Any) -> Any:
        raise compute.Timeout(2.0, deserved=False)

    question = {"f": "x^2 + 12345 x"}
    with monkeypatch.context() as busy:
        busy.setattr(compute, "run", late)
        answer = _ask(client, **question)
        assert answer.json()["note"]
        assert answer.headers["cache-control"] == "no-store"
    again = _ask(client, **question)
    assert again.json()["note"] is None
    assert "max-age" in again.headers["cache-control"]
