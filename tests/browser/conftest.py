"""Browser tests: one server and one Chromium for a run, pages that are as new for each test.

``open_page(path, **context_options)`` opens a page of the book.  At the end of the test every
page that it opened must have been clean: no error in the console (which is where violations of
the Content-Security-Policy are told), no uncaught exception, no request that left the origin.
A test that provokes an error says so with ``open_page.expect_error("part of its text")``.
Two pages of a test share nothing; how pages are used again is told in ``tests/support/page_pool``.

In continuous integration a missing browser is a failure; elsewhere the tests say what to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import (
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
)

from tests.support.page_pool import PagePool, PooledPage
from tests.support.server import THE_BOOK, Server, running_server

PATIENCE_MILLISECONDS = 20_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The book, served by a process of its own."""
    with running_server(*THE_BOOK) as running:
        yield running


@dataclass
class PageOpener:
    """Opens pages of the book and remembers what went wrong in them."""

    pool: PagePool
    base_url: str
    opened: list[PooledPage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __call__(self, path: str = "/", **context_options: Any) -> Page:
        """A page in a context of its own (viewport, color_scheme, has_touch … as options)."""
        pooled = self.pool.take(self.base_url, **context_options)
        self.opened.append(pooled)
        pooled.context.set_default_timeout(PATIENCE_MILLISECONDS)
        pooled.context.on("page", self._observe)
        self._observe(pooled.page)
        pooled.page.goto(path)
        return pooled.page

    def expect_error(self, part: str) -> None:
        """Faults that contain this text are part of the test."""
        self.expected.append(part)

    def _observe(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", self._note_exception)
        page.on("request", self._note_request)

    def _look_away(self, pooled: PooledPage) -> None:
        pooled.context.remove_listener("page", self._observe)
        pooled.page.remove_listener("console", self._note_console)
        pooled.page.remove_listener("pageerror", self._note_exception)
        pooled.page.remove_listener("request", self._note_request)

    def _note_exception(self, error: Error) -> None:
        self.faults.append(f"exception: {error}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text} {message.location}")

    def _note_request(self, request: Request) -> None:
        url = request.url
        # The browser looks at the icon again when an address changes: no page asked for it.
        if not url.endswith("/icon.svg"):
            self.requests.append(url)
        if not url.startswith((self.base_url, "data:", "blob:")):
            self.faults.append(f"request left the origin: {url}")

    def close(self, *, failed: bool = False) -> list[str]:
        """Give all pages back and return the faults that no test expected."""
        for pooled in self.opened:
            self._look_away(pooled)
            self.pool.give_back(pooled, again=not failed)
        return [fault for fault in self.faults if not any(part in fault for part in self.expected)]


@pytest.fixture
def open_page(
    page_pool: PagePool, server: Server, request: pytest.FixtureRequest
) -> Iterator[PageOpener]:
    """Opens pages, and fails the test when one of them was not clean."""
    opener = PageOpener(page_pool, server.url)
    yield opener
    faults = opener.close(failed=request.node.stash.get(FAILED, False))
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: PageOpener) -> Page:
    """The book's cover on a laptop."""
    return open_page("/")


OpenPage = Callable[..., Page]
