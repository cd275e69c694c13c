"""What was answered once is handed out again as it was, in whatever encoding, within bounds."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from app.web.counter import Counter
from app.web.kept import Answers, KeptAnswers, keep
from app.web.prepared import Prepared, prepare, respond
from app.web.security import Policies, SecurityHeaders
from tests.support.reader import Reader

BODY = b"an answer of some length, so that it is worth compressing. " * 40


class Stock:
    """Nothing is prepared but what was answered before."""

    def __init__(self, answers: Answers) -> None:
        self.answer = answers.find

    def page(self, path: str, layout: str | None) -> Prepared | None:
        return None

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        return None

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        return None


def _client(limit: int = 10**6) -> tuple[Reader, list[str]]:
    application, asked = FastAPI(), []

    @application.api_route("/api/thing", methods=["GET", "HEAD", "POST"])
    async def thing(request: Request) -> Response:
        asked.append(request.method)
        prepared = prepare(BODY, "application/json")
        if request.method != "POST":
            keep(request, prepared, "public, max-age=60")
        return respond(request, prepared, "public, max-age=60")

    answers, policies = Answers(limit), Policies()
    application.add_middleware(KeptAnswers, answers=answers)
    application.add_middleware(SecurityHeaders, policies=policies)
    application.add_middleware(Counter, stock=Stock(answers), policies=policies)
    return Reader(application), asked


def test_the_second_answer_is_the_first() -> None:
    client, asked = _client()
    first = client.get("/api/thing?x=1")
    again = client.get("/api/thing?x=1")
    del again.headers["X-Request-ID"]  # each request has its own; here nobody gave the first one
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert client.head("/api/thing?x=1").headers["etag"] == first.headers["etag"]
    assert asked == ["GET"]


def test_each_gets_the_encoding_it_accepts_and_304_when_it_has_it() -> None:
    client, asked = _client()
    plain = client.get("/api/thing", headers={"Accept-Encoding": "identity"})
    packed = client.get("/api/thing", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content == BODY
    known = client.get("/api/thing", headers={"If-None-Match": plain.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert asked == ["GET"]


def test_another_query_and_another_method_are_other_questions() -> None:
    client, asked = _client()
    for path in ("/api/thing?x=1", "/api/thing?x=2"):
        client.get(path)
    client.post("/api/thing?x=1")
    assert asked == ["GET", "GET", "POST"]


def test_the_memory_has_an_end() -> None:
    client, asked = _client(limit=30_000)
    for number in range(40):
        client.get(f"/api/thing?x={number}")
    client.get("/api/thing?x=39")
    client.get("/api/thing?x=0")
    assert len(asked) == 41
