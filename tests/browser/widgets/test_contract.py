"""The widget contract: what every widget of the book does, whatever it shows.

Runs over all folders of ``static/widgets``.  A widget that has something to drag can be moved by
mouse, finger, keys and a single click, and says the result in its live sentence each time.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, mounted
from tests.support.server import REPOSITORY

NAMES = sorted(path.parent.name for path in REPOSITORY.glob("static/widgets/*/widget.js"))
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TARGET = 24

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_there_is_a_name_a_role_and_a_live_sentence(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    assert widget.root.get_attribute("aria-label")
    assert widget.handle.get_attribute("role") in {"slider", "application"}
    assert widget.handle.get_attribute("aria-label")
    assert len(widget.sentence) > 20


def test_the_mouse_moves_the_point(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    before = widget.sentence
    widget.drag(-40, 30)
    widget.expect_change_from(before)


def test_a_drag_asks_the_server_for_nothing(
    open_widget: OpenWidget, open_page: PageOpener, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    asked = len(open_page.requests)
    widget.drag(-40, 30)
    widget.expect_change_from(before)
    assert open_page.requests[asked:] == []


def test_a_finger_on_the_point_moves_it_and_not_the_page(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name, **PHONE)
    before, centre = widget.sentence, widget.handle_centre()
    scrolled = _scrolled(widget)
    finger_on(widget.page).swipe(centre, -30, 50)
    widget.expect_change_from(before)
    assert _scrolled(widget) == scrolled


def test_a_finger_beside_the_point_scrolls_the_page(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, **PHONE)
    before, (x, y) = widget.sentence, widget.handle_centre()
    scrolled = _scrolled(widget)
    finger_on(widget.page).swipe((x - 80, y + 40), 0, -150)
    widget.page.wait_for_function("before => scrollY > before + 50", arg=scrolled)
    assert widget.sentence == before


def test_keys_move_the_point_and_shift_moves_it_farther(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    before = widget.sentence
    start = widget.handle_centre()[0]
    widget.handle.press("ArrowLeft")
    after = widget.expect_change_from(before)
    small = start - widget.handle_centre()[0]
    widget.handle.press("Shift+ArrowLeft")
    widget.expect_change_from(after)
    large = start - small - widget.handle_centre()[0]
    assert large > 2 * small > 0


def test_a_single_click_moves_the_point(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    before, (x, y) = widget.sentence, widget.handle_centre()
    widget.page.mouse.click(x - 60, y + 45)
    widget.expect_change_from(before)
    moved = widget.handle_centre()
    assert moved == pytest.approx((x - 60, y + 45), abs=2)


def test_a_tap_moves_the_point(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, **PHONE)
    before, (x, y) = widget.sentence, widget.handle_centre()
    widget.page.touchscreen.tap(x - 60, y + 45)
    widget.expect_change_from(before)


def test_a_link_restores_the_state(
    open_widget: OpenWidget, open_page: PageOpener, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    widget.drag(-40, 30)
    after = widget.expect_change_from(before)
    widget.page.wait_for_url(re.compile(r"\?.*\d~"))
    address = urlsplit(widget.page.url)
    again = mounted(open_page(f"{address.path}?{address.query}"), name)
    again.expect_sentence(after)


def test_reset_returns_to_the_start_and_clears_the_address(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    widget.drag(-40, 30)
    widget.expect_change_from(before)
    widget.page.wait_for_url(re.compile(r"\?"))
    widget.root.get_by_role("button", name="Reset", exact=True).click()
    widget.expect_sentence(before)
    widget.page.wait_for_url(re.compile(r"^[^?]*$"))


def test_targets_are_large_enough(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, **PHONE)
    small = widget.root.evaluate(
        """(root, least) => [...root.querySelectorAll(
                "button, input, select, a[href], [data-handle]")]
            .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < least || box.height < least))
            .map(([markup]) => markup)""",
        TARGET,
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_screen(open_widget: OpenWidget, name: str, width: int) -> None:
    widget = open_widget(name, viewport={"width": width, "height": 700})
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= width
    expect(widget.handle).to_be_visible()


def test_nothing_moves_by_itself_when_motion_is_reduced(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, reduced_motion="reduce")
    widget.drag(-40, 30)
    durations = widget.page.evaluate(
        "document.getAnimations().map((motion) => motion.effect.getComputedTiming().duration)"
    )
    assert [duration for duration in durations if duration > 1] == []


def test_the_page_says_it_all_without_scripts(open_page: PageOpener, name: str) -> None:
    page = open_page(f"/embed/{name}", java_script_enabled=False)
    words = page.locator(f"[data-widget='{name}']").inner_text()
    assert len(words.split()) >= 10


def test_the_text_alternative_stays_for_screen_readers_and_print(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name)
    alternative = widget.root.locator(".widget-alternative")
    assert len((alternative.text_content() or "").split()) >= 10
    widget.page.emulate_media(media="print")
    box = alternative.bounding_box()
    assert box is not None
    assert box["height"] > 10


def _scrolled(widget: Widget) -> float:
    scrolled: float = widget.page.evaluate("scrollY")
    return scrolled
