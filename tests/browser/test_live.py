"""An author saves a lesson and sees it: the open page reloads and keeps its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.server import REPOSITORY, Server, running_server
from tests.support.waiting import wait_for

# A second is the promise on an idle machine; a busy one in continuous integration may take longer.
PATIENCE_SECONDS = 30


pytestmark = pytest.mark.xdist_group("live")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(
        shutil.copytree(REPOSITORY / "content", tmp_path_factory.mktemp("book") / "content")
    )


@pytest.fixture(scope="module")
def author(content: Path) -> Iterator[Server]:
    """A server that watches a copy of the content."""
    with running_server("--watch", "--content", str(content)) as server:
        yield server


@pytest.fixture
def lesson(author: Server, browser: Browser) -> Iterator[Page]:
    """The Hessian lesson, open in a browser."""
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    with page.expect_response(lambda response: "/changes" in response.url):
        page.goto(f"{author.url}/lessons/hessian")
    page.wait_for_timeout(300)
    yield page
    page.close()


def wait_for_text(page: Page, text: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('main')?.textContent.includes(text)",
        arg=text,
        timeout=PATIENCE_SECONDS * 1000,
    )


def test_a_saved_lesson_is_seen_at_once_and_a_broken_one_keeps_its_last_good_version(
    lesson: Page, content: Path
) -> None:
    source = content / "chapters/derivatives/hessian/lesson.md"
    written = source.read_text(encoding="utf-8")
    lesson.evaluate("scrollTo({ top: 900, behavior: 'instant' })")

    source.write_text(f"{written}\n\nA sentence that was just written.\n", encoding="utf-8")
    wait_for_text(lesson, "A sentence that was just written.")
    lesson.wait_for_function("() => Math.abs(scrollY - 900) < 3")

    source.write_text(f"{written}\n\n```{{nonsense}}\n```\n", encoding="utf-8")
    wait_for_text(lesson, "nonsense")  # the notice for the author
    assert "A sentence that was just written." in (lesson.locator("main").text_content() or "")

    source.write_text(f"{written}\n\nRepaired.\n", encoding="utf-8")
    wait_for_text(lesson, "Repaired.")


def test_a_page_that_did_not_change_stays(lesson: Page, content: Path, author: Server) -> None:
    lesson.evaluate("window.untouched = true")
    other = content / "chapters/derivatives/jacobian/lesson.md"
    other.write_text(other.read_text(encoding="utf-8") + "\n\nElsewhere.\n", encoding="utf-8")
    address = f"{author.url}/lessons/jacobian"
    wait_for(
        lambda: "Elsewhere." in lesson.request.get(address).text(),
        PATIENCE_SECONDS,
        lambda: f"the change at {address}",
    )
    lesson.wait_for_timeout(1500)
    assert lesson.evaluate("window.untouched === true")
