"""The link by which a reader reports a problem."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app import __version__
from app.main import create_app
from app.pages.report import pattern_of, report_link
from app.settings import BookSettings, Settings
from app.settings.course import ReportSettings
from tests.lessons.support import SmallBook
from tests.support.reader import Reader


@pytest.mark.parametrize(
    ("address", "pattern"),
    [
        ("help@example.org", "mailto:help@example.org?subject={title}&body={body}"),
        ("mailto:a@b.c?cc=d@e.f", "mailto:a@b.c?cc=d@e.f&subject={title}&body={body}"),
        ("https://git.example/new", "https://git.example/new?title={title}&body={body}"),
        ("https://git.example/?l=x", "https://git.example/?l=x&title={title}&body={body}"),
    ],
)
def test_title_and_body_are_asked_for_in_the_usual_way(address: str, pattern: str) -> None:
    assert pattern_of(address) == pattern


def test_a_tracker_may_say_where_they_go() -> None:
    address = "https://git.example/new?issue[title]={title}&issue[description]={body}"
    link = report_link(address, "a & b {body}", "/lessons/x")
    assert link is not None
    query = parse_qs(urlsplit(link.href).query, keep_blank_values=True)
    assert query["issue[title]"] == ["a & b {body}: "]
    assert "Page: a & b {body} (/lessons/x)" in query["issue[description]"][0]


def test_without_an_address_there_is_no_link() -> None:
    assert report_link("", "Title", "/") is None


def test_every_page_and_every_embedded_widget_has_the_link(tmp_path: Path) -> None:
    book = SmallBook(tmp_path)
    book.load("```{widget} jacobian\n:at: [1, 2]\nA grid.\n```")
    settings = Settings(
        book=BookSettings(content=book.folder), report=ReportSettings(address="help@example.org")
    )
    with Reader(create_app(settings), raise_server_exceptions=False) as client:
        addresses = ("/", "/lessons/first", "/privacy", "/calculator", "/search?q=x", "/nowhere")
        for address in (*addresses, "/embed/jacobian"):
            found = re.findall(r'<a href="([^"]*)" data-report=', client.get(address).text)
            assert len(found) == 1, address
            link = urlsplit(unescape(found[0]))
            assert (link.scheme, link.path) == ("mailto", "help@example.org")
            body = parse_qs(link.query)["body"][0]
            assert f"Version: Nabla {__version__}" in body
            if address != "/nowhere":
                assert f"({address.partition('?')[0]})" in body


def test_by_default_no_page_has_the_link(client: Reader) -> None:
    assert "data-report" not in client.get("/").text
