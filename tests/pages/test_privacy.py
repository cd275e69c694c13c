"""What is told of readers' privacy is what the settings say; cookies are never set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app import compute
from app.compute import shared
from app.main import create_app
from app.settings import Settings
from tests.lessons.support import SmallBook
from tests.support.reader import Reader

OpenBook = Callable[..., Reader]


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = SmallBook(tmp_path_factory.mktemp("book"))
    book.load("Text.")
    return book.folder


@pytest.fixture
def open_book(small_book: Path) -> Iterator[OpenBook]:
    """A small book with settings by their sections: ``open_book(log={"requests": True})``."""
    with ExitStack() as stack:

        def open_it(**sections: dict[str, Any]) -> Reader:
            settings = Settings.model_validate({"book": {"content": small_book}, **sections})
            client = Reader(create_app(settings), raise_server_exceptions=False)
            return stack.enter_context(client)

        yield open_it
    compute.share(None)  # the memory of results is the whole process's
    compute.remember_within(Settings().cache.memory * 2**20)


def words(client: Reader) -> str:
    """The text of the privacy page."""
    answer = client.get("/privacy")
    assert answer.status_code == 200
    article = re.search(r"<article>(.*?)</article>", answer.text, re.DOTALL)
    assert article is not None
    return " ".join(re.sub(r"<[^>]+>", "", article[1]).split())


def test_the_page_tells_what_is_so_by_default(open_book: OpenBook) -> None:
    client = open_book()
    page = words(client)
    assert "at most 64 MB of results and 16 MB of answers in the memory of each process" in page
    assert "keep an answer for an hour" in page
    assert "level “warning” and above). It holds no line for each request" in page
    assert "No figures about its use are published." in page
    assert "by the address of your connection, in the memory of each process" in page
    assert "200/second; 6000/minute, and 8 at the same time" in page
    assert "the pages of any site" in page
    assert "keeps pages that you have opened" in page
    assert "No contact is named" in page
    assert "Redis" not in page
    assert 'href="/privacy">Privacy</a>' in client.get("/lessons/first").text


def test_the_page_follows_the_settings(open_book: OpenBook) -> None:
    page = words(
        open_book(
            log={"requests": True, "level": "error"},
            metrics={"token": "a-token-of-some-length"},
            limits={"rates": "", "in_flight": 3},
            cache={"memory": 7, "redis": "redis://:secret@127.0.0.1:1/0"},
            embed={"ancestors": "https://moodle.example"},
            offline={"reading": False},
            course={"contact": "ada@example.org", "instructor": "Ada"},
            report={"address": "help@example.org"},
        )
    )
    assert "at most 7 MB of results" in page
    assert "level “error” and above), and a line for each request" in page
    assert "sees figures" in page
    assert "no limit of frequency, and 3 at the same time" in page
    assert "in a Redis database, for seven days" in page
    assert "pages of https://moodle.example." in page
    assert "keeps no pages" in page
    assert "Ada, ada@example.org" in page
    assert "reported by the link at its foot" in page
    assert "secret" not in page


def test_answers_are_kept_as_long_as_the_page_says(open_book: OpenBook) -> None:
    answer = open_book().get("/api/jacobian?f=x^2&vars=x")
    assert "max-age=3600" in answer.headers["cache-control"]
    assert shared.SECONDS == 7 * 24 * 3600


def test_no_answer_sets_a_cookie(open_book: OpenBook) -> None:
    client = open_book(metrics={"token": "a-token-of-some-length"})
    get = ("/", "/lessons/first", "/privacy", "/search?q=x", "/calculator?expr=x'*x", "/nowhere")
    more = ("/embed/jacobian", "/healthz", "/readyz", "/metrics", "/static/boot.js", "/sw.js")
    answers = [client.get(address) for address in (*get, *more)]
    answers.append(client.get("/api/jacobian?f=x^2&vars=x"))
    answers.append(client.post("/api/derivative", json={"expr": "x'*x"}))
    answers.append(client.post("/api/regression", json={}))
    assert [str(answer.url) for answer in answers if "set-cookie" in answer.headers] == []
