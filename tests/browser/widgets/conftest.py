"""What the tests of widgets share: a widget alone on its page, and ways to move its point."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.conftest import PageOpener

SENTENCE = "output[aria-live='polite']"
HAS_STARTED = """(name) => {
    const root = document.querySelector(`[data-widget="${name}"]`);
    return root?.dataset.state === "ready" && root.querySelector("output[aria-live]")?.textContent;
}"""
# ``expect`` looks again after 0.1, 0.25, 0.5 and 1 seconds; the page itself knows at once.
SENTENCE_CHANGES = """(element, [words, wanted]) => new Promise((done) => {
    const look = () => {
        const found = element.textContent.replace(/\\s+/g, " ").trim();
        return wanted ? found.includes(words) : found !== words;
    };
    const stop = () => { observer.disconnect(); done(); };
    const observer = new MutationObserver(() => look() && stop());
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    setTimeout(stop, look() ? 0 : 2000);
})"""
NEXT_FRAME = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"""
REST = 500
"""Milliseconds after which a page in which nothing changes has nothing left to say or to write."""
SETTLED = """async (element, rest) => {
    const seen = () => `${location.href} ${element.textContent}`;
    for (let before = null; before !== seen(); ) {
        before = seen();
        await new Promise((done) => setTimeout(done, rest));
    }
}"""


@dataclass(frozen=True)
class Widget:
    """A mounted widget: its page, its root, its handle and its announced sentence."""

    page: Page
    root: Locator

    @property
    def handle(self) -> Locator:
        return self.root.locator("[data-handle]").first

    @property
    def sentence(self) -> str:
        return self.root.locator(SENTENCE).first.text_content() or ""

    def expect_sentence(self, words: str) -> None:
        sentence = self.root.locator(SENTENCE).first
        sentence.evaluate(SENTENCE_CHANGES, [" ".join(words.split()), True])
        expect(sentence).to_contain_text(words)

    def expect_change_from(self, sentence: str) -> str:
        """Wait until another sentence is announced, and return it.

        It need not be the last one: after a longer movement ask for ``settled_sentence``.
        """
        element = self.root.locator(SENTENCE).first
        element.evaluate(SENTENCE_CHANGES, [" ".join(sentence.split()), False])
        expect(element).not_to_have_text(sentence)
        return self.sentence

    def settled_sentence(self) -> str:
        """The sentence once nothing more is said and nothing more is written to the address."""
        # By the page's own clock, on which all that waits in the widget waits as well.
        self.root.locator(SENTENCE).first.evaluate(SETTLED, REST)
        return self.sentence

    def choose(self, example: str) -> None:
        """Choose an example by its title or its id."""
        self.root.get_by_label("Example", exact=True).select_option(example)

    def handle_centre(self) -> tuple[float, float]:
        return centre_of(self.handle)

    def expect_handle_at(self, place: tuple[float, float], within: float | None = 2) -> None:
        """Wait until the handle is drawn there, in pixels of the window.

        ``within`` so many pixels, or, when it is None, so that it covers the place.
        """
        self.page.wait_for_function(
            """([handle, x, y, within]) => {
                const box = handle.getBoundingClientRect();
                return Math.abs(box.x + box.width / 2 - x) <= (within ?? box.width / 2 + 1) &&
                    Math.abs(box.y + box.height / 2 - y) <= (within ?? box.height / 2 + 1);
            }""",
            arg=[self.handle.element_handle(), *place, within],
            polling=50,
        )

    def drag(self, right: float, down: float) -> None:
        """Drag the handle with the mouse, in steps."""
        drag(self.handle, right, down)


def centre_of(target: Locator) -> tuple[float, float]:
    """The middle of something that can be dragged, in pixels of the window, once it is in sight."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None, "it is not visible"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(target: Locator, right: float, down: float) -> None:
    """Drag something by its middle with the mouse, in steps."""
    x, y = centre_of(target)
    mouse = target.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=12)
    mouse.up()


def mounted(page: Page, name: str) -> Widget:
    """The widget of that name, when it has started and said its first sentence."""
    root = page.locator(f"[data-widget='{name}']").first
    root.scroll_into_view_if_needed()
    page.wait_for_function(HAS_STARTED, arg=name, polling=30)
    page.evaluate(NEXT_FRAME)  # what is drawn in frames is drawn
    return Widget(page, root)


OpenWidget = Callable[..., Widget]


@pytest.fixture
def open_widget(open_page: PageOpener) -> OpenWidget:
    """Opens a widget alone: ``open_widget("jacobian", query="?…", **context_options)``."""

    def open_it(name: str, query: str = "", **context_options: Any) -> Widget:
        return mounted(open_page(f"/embed/{name}{query}", **context_options), name)

    return open_it


@dataclass(frozen=True)
class Finger:
    """One finger on a touch screen, as the browser's own input events."""

    session: CDPSession

    def swipe(self, start: tuple[float, float], right: float, down: float, steps: int = 10) -> None:
        """Put the finger down, move it, lift it."""
        x, y = start
        self._send("touchStart", x, y)
        for step in range(1, steps + 1):
            self._send("touchMove", x + right * step / steps, y + down * step / steps)
        self._send("touchEnd")

    def _send(self, kind: str, *position: float) -> None:
        points = [{"x": position[0], "y": position[1]}] if position else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def finger_on(page: Page) -> Finger:
    return Finger(page.context.new_cdp_session(page))


def problem(code: str, detail: str, **more: Any) -> dict[str, Any]:
    """An answer for ``route.fulfill``: problem details as the API sends them."""
    return {
        "status": more.pop("status", 400),
        "content_type": "application/problem+json",
        "body": json.dumps({"code": code, "detail": detail, **more}),
    }
