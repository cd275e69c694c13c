"""The exported book, shown by a plain file server, with the application switched off.

One test goes in one browser context to every widget with all options that pages give it, and
chooses every example: nothing is missing and nothing fails; then the file server goes away as well
and the book is read on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from app.export import Exported, write
from app.export.widgets import widgets_in
from tests.browser.conftest import PageOpener
from tests.support.exported import BASE, exported_book, file_server
from tests.support.page_pool import PagePool

# The process of a run that exports the book for tests/export reads it here.
pytestmark = pytest.mark.xdist_group("export")

READY = "(root) => ['ready', 'failed'].includes(root.dataset.state)"
CHOOSE_EVERY_EXAMPLE = """async (root) => {
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    const busy = () => root.matches("[aria-busy=true]") || root.querySelector("[aria-busy=true]");
    const select = root.querySelector(".presets select");
    const chosen = [];
    for (const option of select ? [...select.options] : []) {
        if (!option.value) continue;
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        do await pause(20); while (busy());
        chosen.push(option.value);
    }
    return chosen.length;
}"""
NO_SERVER = "copy of the book without a server"
UNANSWERED = "No answer lies beside"
ONE_OF_EACH_KIND = {
    *("index.html", "glossary/index.html", "cheat-sheet/index.html", "privacy/index.html"),
    *("calculator/index.html", "lessons/jacobian/index.html"),
}


@pytest.fixture(scope="module")
def copy() -> Exported:
    return exported_book()


@pytest.fixture(scope="module")
def folder(copy: Exported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the file server shows: the copy below its base."""
    root = tmp_path_factory.mktemp("host")
    write(copy, root / BASE.strip("/"))
    return root


@pytest.fixture
def host(folder: Path) -> Iterator[str]:
    """The origin of a plain file server."""
    with file_server(folder) as origin:
        yield origin


@pytest.fixture
def open_copy(page_pool: PagePool, host: str) -> Iterator[PageOpener]:
    """Opens pages of that host, and fails the test when one of them was not clean."""
    opener = PageOpener(page_pool, host)
    yield opener
    assert opener.close() == []


def start_widgets(page: Page, met: set[tuple[str, str]]) -> None:
    """Wait for every widget of the page that was not met before, as it is here; of those of a kind
    that was not met at all choose every example.
    """
    kinds = {name for name, _ in met}
    for root in page.locator("[data-widget]").all():
        name = str(root.get_attribute("data-widget"))
        options = json.dumps(json.loads(root.get_attribute("data-options") or "{}"))
        if (name, options) in met:
            continue
        met.add((name, options))
        root.scroll_into_view_if_needed()
        page.wait_for_function(READY, arg=root.element_handle())
        assert root.get_attribute("data-state") == "ready", f"{name} on {page.url}"
        if name not in kinds:
            kinds.add(name)
            assert root.evaluate(CHOOSE_EVERY_EXAMPLE) > 0, name
        expect(root).not_to_contain_text(NO_SERVER)


def worth_a_visit(copy: Exported, met: set[tuple[str, str]]) -> Iterator[str]:
    """A page of each kind, and those with a widget that was not met; widgets alone come first, for
    they are the quickest to go through, and a lesson shows most of them with the same options.
    """
    pages = sorted(name for name in copy.files if name.endswith("index.html"))
    for name in sorted(pages, key=lambda name: (not name.startswith("embed/"), name)):
        shown = {
            (widget, json.dumps(options))
            for widget, options in widgets_in(copy.files[name].decode())
        }
        if name in ONE_OF_EACH_KIND or not shown <= met:
            yield name.removesuffix("index.html")


def test_every_widget_works_without_the_application_and_pages_then_without_any_host(
    page_pool: PagePool, copy: Exported, folder: Path
) -> None:
    met: set[tuple[str, str]] = set()
    unanswered: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if UNANSWERED in message.text:
            unanswered.append(f"{page.url}: {message.text}")

    with file_server(folder) as origin:
        opener = PageOpener(page_pool, origin)
        page = opener("about:blank")
        page.on("console", note)
        for path in worth_a_visit(copy, met):
            page.goto(f"{BASE}{path}")
            start_widgets(page, met)
        assert {"jacobian", "hessian", "derivative", "working"} <= {name for name, _ in met}
        assert unanswered == []
        assert opener.faults == []
        page.goto(BASE)
        state = page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.state)")
        assert state in {"activating", "activated"}
    page.context.set_offline(True)
    read_offline(page)
    # The browser itself tells that there is no network, for what is asked for first.
    opener.expect_error("ERR_")
    assert opener.close() == []


def read_offline(page: Page) -> None:
    """A widget alone, a lesson with its own, the other layout, the search: without any network."""
    page.goto(f"{BASE}embed/layouts/")
    expect(page.locator("[data-widget='layouts']")).to_have_attribute("data-state", "ready")
    page.goto(f"{BASE}lessons/jacobian/")
    widget = page.locator("[data-widget='jacobian']")
    widget.scroll_into_view_if_needed()
    expect(widget).to_have_attribute("data-state", "ready")
    page.get_by_role("button", name="Denom").click()
    expect(page.locator("html")).to_have_attribute("data-layout", "denominator")
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Search the book").fill("chain rule")
    page.locator(".search-list .results a[href*='/lessons/']").first.click()
    page.wait_for_url("**/lessons/**")
    expect(page.locator("html")).to_have_attribute("data-layout", "denominator")
    expect(page.locator("h1").first).to_be_visible()


def test_what_needs_a_server_says_so_in_place_and_keeps_what_was_typed(
    open_copy: PageOpener, host: str
) -> None:
    page = open_copy(f"{BASE}calculator/")
    expect(page.locator(".copy-note")).to_contain_text(NO_SERVER)
    calculator = page.locator("#calculator")
    expect(calculator).to_have_attribute("data-state", "ready")
    field = calculator.locator("input.expression").first
    field.fill("sin(tr(Q))")
    expect(calculator.locator(".expression-problem").first).to_contain_text(NO_SERVER)
    expect(field).to_have_value("sin(tr(Q))")
    page.goto(f"{BASE}embed/regression/")
    widget = page.locator("[data-widget='regression']")
    expect(widget).to_have_attribute("data-state", "ready")
    widget.get_by_text("Your own table").click()
    widget.get_by_label("Table as CSV").fill("a,b\n1,2\n3,5\n4,7")
    widget.get_by_role("button", name="Fit this table").click()
    expect(widget.locator(".own-problem")).to_contain_text(NO_SERVER)
    expect(widget.get_by_label("Table as CSV")).to_have_value("a,b\n1,2\n3,5\n4,7")
    widget.get_by_role("button", name="Share", exact=True).click()
    frame = page.get_by_label("Frame for another web page", exact=True)
    expect(frame).to_have_value(re.compile(rf'src="{host}{BASE}embed/regression/\?'))
    assert not [url for url in open_copy.requests if "/api/" in url]


def test_the_search_page_searches_and_loads_nothing_before(open_copy: PageOpener) -> None:
    page = open_copy("about:blank")
    # The worker would fetch the places for reading offline.
    page.route(re.compile(r"sw\.js"), lambda route: route.abort())
    page.goto(f"{BASE}search/", wait_until="networkidle")
    assert not [url for url in open_copy.requests if "places" in url or "/search/index.js" in url]
    page.locator(".search-page #q").fill("jacobian")
    page.locator(".search-page #q").press("Enter")
    expect(page.locator(".search-count")).to_contain_text("for “jacobian”")
    first = page.locator(".search-page .results a").first
    expect(first).to_contain_text("Jacobian")
    assert str(first.get_attribute("href")).startswith(BASE)
