"""Behind nginx at / and below a path, stripped or kept: links, files, the API, a widget."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOpener
from tests.browser.pages import EVERY_EMBEDDED_WIDGET, EVERY_PAGE
from tests.deploy.books import ask
from tests.deploy.conftest import PREFIX, Place
from tests.support.page_pool import PagePool

ADDRESSES = {"href", "src", "action", "poster"}
IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:[\w*{}\s,$]+\sfrom\s+)?["'](\.{1,2}/[^"'\s]+)["']""", re.MULTILINE
)


@pytest.fixture
def connection(place: Place) -> Iterator[HTTPConnection]:
    """A connection to nginx that is kept."""
    with closing(HTTPConnection("127.0.0.1", place.port)) as opened:
        yield opened


class Links(HTMLParser):
    """All addresses in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ADDRESSES and value:
                self.found.add(value)


def addresses(kind: str, text: str) -> set[str]:
    """The addresses that a page, a style sheet or a module leads to."""
    if kind == "text/html":
        return Links(text).found
    if kind == "text/css":
        return set(re.findall(r"""url\(["']?([^"')]+)""", text))
    if kind == "text/javascript":
        return set(IMPORT.findall(text))
    return set()


@dataclass(frozen=True)
class Seen:
    """An address that was asked for, and where it was found."""

    source: str
    address: str
    status: int
    etag: str


def crawl(place: Place) -> Iterator[Seen]:
    """Everything that can be reached from every page."""
    pages = (*EVERY_PAGE, *EVERY_EMBEDDED_WIDGET)
    waiting = [("start", place.prefix + path) for path in pages]
    known = {address for _, address in waiting}
    with closing(HTTPConnection("127.0.0.1", place.port)) as connection:
        while waiting:
            source, address = waiting.pop()
            status, headers, body = ask(connection, address)
            yield Seen(source, address, status, headers.get("etag", ""))
            kind = headers.get("content-type", "").partition(";")[0]
            for link in addresses(kind, body.decode("utf-8", "replace")):
                target = urlsplit(urljoin(place.url + address, link))
                path = target.path + (f"?{target.query}" if target.query else "")
                if f"{target.scheme}://{target.netloc}" == place.url and path not in known:
                    known.add(path)
                    waiting.append((address, path))


@pytest.mark.parametrize("prefix", ["", PREFIX])
def test_every_link_and_every_file_is_there(places: dict[str, Place], prefix: str) -> None:
    """With the path passed on; and the same when it is taken away."""
    seen = list(crawl(places[f"{prefix or '/'} kept"]))
    assert [each for each in seen if each.status != 200] == []
    assert [each for each in seen if not each.address.startswith(f"{prefix}/")] == []
    assert len(seen) > 80
    assert any("/static/" in each.address and each.address.endswith(".woff2") for each in seen)
    stripped = places[f"{prefix or '/'} stripped"]
    with closing(HTTPConnection("127.0.0.1", stripped.port)) as connection:
        for each in seen:
            status, headers, _ = ask(connection, each.address, "HEAD")
            assert (status, headers.get("etag", "")) == (200, each.etag), each


def test_the_api_answers_and_describes_where_it_is(
    place: Place, connection: HTTPConnection
) -> None:
    _, _, body = ask(connection, f"{place.prefix}/api/openapi.json")
    (here,) = json.loads(body)["servers"]
    assert here["url"] == (place.prefix or "/")
    base = here["url"].rstrip("/")
    status, _, body = ask(connection, f"{base}/api/jacobian?f=x%5E2*y&vars=x,y&at=1,2")
    assert status == 200
    assert json.loads(body)["value"] == [2]
    question = json.dumps({"expr": "tr(A*X)", "wrt": "X"})
    status, _, body = ask(
        connection, f"{base}/api/derivative", "POST", question, Content_Type="application/json"
    )
    assert status == 200
    assert json.loads(body)["result"]["text"]
    status, _, body = ask(connection, f"{base}/api/jacobian?f=sinn(x)&vars=x")
    assert 400 <= status < 500
    assert json.loads(body)


def test_redirects_and_errors_stay_within(place: Place, connection: HTTPConnection) -> None:
    status, headers, _ = ask(connection, f"{place.prefix}/glossary/")
    assert status in {301, 307, 308}
    assert headers["location"] == f"{place.prefix}/glossary"
    status, _, body = ask(connection, f"{place.prefix}/nowhere")
    assert status == 404
    assert f'href="{place.prefix}/"' in body.decode()
    if place.prefix:
        status, headers, _ = ask(connection, place.prefix)
        assert (status, headers["location"]) == (301, f"{place.prefix}/")


@pytest.mark.browser
@pytest.mark.parametrize("way", ["kept", "stripped"])
def test_a_widget_comes_alive_below_a_path(
    places: dict[str, Place], way: str, page_pool: PagePool
) -> None:
    """And asks the API for a function of the reader's own; nothing is refused or leaves."""
    place = places[f"{PREFIX} {way}"]
    opener = PageOpener(page_pool, place.url)
    page = opener(f"{place.prefix}/embed/jacobian?f=%5Bx%5E2%2By,x*y%5E3%5D")
    root = page.locator("[data-widget='jacobian']")
    expect(root).to_have_attribute("data-state", "ready")
    with page.expect_response(lambda answer: "/api/jacobian" in answer.url) as answered:
        field = root.locator("input").first
        field.fill("[x^2*y, x + 7*y]")
        field.press("Enter")
    assert answered.value.url.startswith(f"{place.url}{place.prefix}/api/")
    assert answered.value.ok
    page.goto(f"{place.prefix}/lessons/jacobian")
    page.get_by_role("link", name="Nabla", exact=False).first.click()
    expect(page).to_have_url(f"{place.url}{place.prefix}/")
    assert opener.close() == []
