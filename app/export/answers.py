"""The answers to the widgets' questions, put to the application in this process."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Scope

from app.compute.lanes import SLOW_PLACES_PER_CLIENT
from app.diagnostics import Problem
from app.export.asked import Question

Result = TypeVar("Result")

INDEX: Final = "answers/index.json"
AT_A_TIME: Final = SLOW_PLACES_PER_CLIENT
"""However slow the machine is, then, and however many of these are slow, each has its place."""
TRIES: Final = 4
_PASSING: Final = (429, 503, 504)


@dataclass(frozen=True)
class Answer:
    """What the application answered."""

    status: int
    body: bytes


async def ask(application: ASGIApp, question: Question) -> Answer:
    """Put one question, again if the application is busy."""
    for attempt in range(1, TRIES + 1):
        answer = await request(application, *_request(question))
        if answer.status not in _PASSING or attempt == TRIES:
            break
        await asyncio.sleep(attempt)
    return answer


def _request(question: Question) -> tuple[str, str, str, bytes]:
    path = f"/api/{question.subject}"
    if question.method == "POST":
        return "POST", path, "", json.dumps(question.fields).encode()
    return "GET", path, urlencode(_said(question)), b""


async def request(
    application: ASGIApp, method: str, path: str, query: str = "", body: bytes = b""
) -> Answer:
    """One request to an ASGI application in this process."""
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
    }
    incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    answered = asyncio.Event()
    outgoing: list[Message] = []

    async def receive() -> Message:
        if incoming:
            return incoming.pop()
        await answered.wait()  # nobody goes away before the answer
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        outgoing.append(message)

    try:
        await application(scope, receive, send)
    finally:
        answered.set()
    whole = b"".join(message.get("body", b"") for message in outgoing)
    return Answer(outgoing[0]["status"], whole)


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of this work; also for callers in whose thread an event loop runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def answer_files(
    application: ASGIApp, questions: Iterable[Question]
) -> tuple[dict[str, bytes], list[Problem]]:
    """The answers as files named by their content, with a list of the questions; and what was
    refused though an example needs it.
    """
    unique: dict[str, Question] = {}
    for question in questions:
        key = json.dumps([question.subject, _said(question)], sort_keys=True)
        if key not in unique or unique[key].optional:
            unique[key] = question
    answers = finished(_answers(application, tuple(unique.values())))
    files: dict[str, bytes] = {}
    entries, problems = [], []
    for question, answer in answers:
        if answer.status == 200:
            name = f"{hashlib.sha256(answer.body).hexdigest()[:20]}.json"
            files[f"answers/{name}"] = answer.body
            entries.append((question.subject, _said(question), name))
        elif not question.optional:
            problems.append(_refused(question, answer))
    files[INDEX] = json.dumps({"answers": entries}, ensure_ascii=False).encode()
    return files, problems


async def _answers(
    application: ASGIApp, questions: tuple[Question, ...]
) -> list[tuple[Question, Answer]]:
    places = asyncio.Semaphore(AT_A_TIME)

    async def answer(question: Question) -> tuple[Question, Answer]:
        async with places:
            return question, await ask(application, question)

    return list(await asyncio.gather(*map(answer, questions)))


def _said(question: Question) -> Mapping[str, Any]:
    """The fields without those that are empty: browsers leave them out."""
    return {name: value for name, value in question.fields.items() if value != ""}


def _refused(question: Question, answer: Answer) -> Problem:
    try:
        reason = json.loads(answer.body).get("detail", "")
    except ValueError:
        reason = ""
    asked = json.dumps(question.fields, ensure_ascii=False)
    message = f"An example asks /api/{question.subject} for {asked} and is refused: {reason}"
    return Problem("refused-example", message, hint="nabla check may say where it stands.")


__all__ = ["INDEX", "Answer", "answer_files", "finished", "request"]
