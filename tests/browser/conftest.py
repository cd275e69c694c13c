"""Browser tests: one server and one Chromium for a run, a fresh context for each test.

``open_page(path, **context_options)`` opens a page of the book.  At the end of the test every
page that it opened must have been clean: no error in the console (which is where violations of
the Content-Security-Policy are told), no uncaught exception, no request that left the origin.
A test that provokes an error says so with ``open_page.expect_error("part of its text")``.

In continuous integration a missing browser is a failure; elsewhere the tests say what to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.server import Server, running_server
from tools.browser import find_chromium

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MILLISECONDS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The book, served by a process of its own."""
    with running_server("--no-watch") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    executable = find_chromium()
    if executable is None:
        reason = "No Chromium: run `python -m tools.browser`, or name one in NABLA_CHROMIUM."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(executable), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@dataclass
class PageOpener:
    """Opens pages of the book and remembers what went wrong in them."""

    browser: Browser
    base_url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __call__(self, path: str = "/", **context_options: Any) -> Page:
        """A page in a context of its own (viewport, color_scheme, has_touch … as options)."""
        context_options.setdefault("viewport", {"width": 1280, "height": 800})
        context = self.browser.new_context(base_url=self.base_url, **context_options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.contexts.append(context)
        context.on("page", self._observe)
        page = context.new_page()
        page.goto(path)
        return page

    def expect_error(self, part: str) -> None:
        """Faults that contain this text are part of the test."""
        self.expected.append(part)

    def _observe(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        page.on("request", lambda request: self._note_request(request.url))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text} {message.location}")

    def _note_request(self, url: str) -> None:
        # The browser looks at the icon again when an address changes: no page asked for it.
        if not url.endswith("/icon.svg"):
            self.requests.append(url)
        if not url.startswith((self.base_url, "data:", "blob:")):
            self.faults.append(f"request left the origin: {url}")

    def close(self) -> list[str]:
        """Close all contexts and return the faults that no test expected."""
        for context in self.contexts:
            context.close()
        return [fault for fault in self.faults if not any(part in fault for part in self.expected)]


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[PageOpener]:
    """Opens pages, and fails the test when one of them was not clean."""
    opener = PageOpener(browser, server.url)
    yield opener
    faults = opener.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: PageOpener) -> Page:
    """The book's cover on a laptop."""
    return open_page("/")


OpenPage = Callable[..., Page]
