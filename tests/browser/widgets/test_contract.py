"""The widget contract: what every widget of the book does, whatever it shows.

Runs over all folders of ``static/widgets``.  A widget that has something to drag can be moved by
mouse, finger, keys and a single click, and says the result in its live sentence each time.

What there is to drag, a widget says in ``options.json`` under ``handle``:

=========  ==========================================================================
``point``  moves freely: after a click it stands where the click was, to the pixel (the default)
``entry``  snaps to cells: after a click it covers the place that was clicked
``none``   nothing: the state is changed by fields and examples, all other clauses hold
=========  ==========================================================================
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOpener
from tests.browser.pages import WIDGETS
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, mounted
from tests.support.server import REPOSITORY

NAMES = WIDGETS
HANDLES = {
    name: json.loads((REPOSITORY / "static/widgets" / name / "options.json").read_text()).get(
        "handle", "point"
    )
    for name in NAMES
}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TARGET = 24
DRAG = {"point": (-40, 30), "entry": (-60, 45)}
"""How far the handle is dragged: an entry at least to the next cell."""
CLICK = (-60, 45)

every_widget = pytest.mark.parametrize("name", NAMES)
with_handle = pytest.mark.parametrize("name", [name for name in NAMES if HANDLES[name] != "none"])


@every_widget
def test_what_there_is_to_drag_is_of_a_known_kind(name: str) -> None:
    assert HANDLES[name] in {*DRAG, "none"}


@every_widget
def test_there_is_a_name_and_a_live_sentence(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    assert widget.root.get_attribute("aria-label")
    assert len(widget.sentence) > 20


@every_widget
def test_it_has_the_handle_that_it_declares(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    if HANDLES[name] == "none":
        expect(widget.root.locator("[data-handle]")).to_have_count(0)
        return
    assert widget.handle.get_attribute("role") in {"slider", "application"}
    assert widget.handle.get_attribute("aria-label")


@with_handle
def test_the_mouse_moves_the_handle(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    before, (x, y) = widget.sentence, widget.handle_centre()
    right, down = DRAG[HANDLES[name]]
    widget.drag(right, down)
    widget.expect_change_from(before)
    _expect_handle_at(widget, name, (x + right, y + down))


@with_handle
def test_a_drag_asks_the_server_for_nothing(
    open_widget: OpenWidget, open_page: PageOpener, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    asked = len(open_page.requests)
    widget.drag(*DRAG[HANDLES[name]])
    widget.expect_change_from(before)
    assert open_page.requests[asked:] == []


@with_handle
def test_a_finger_on_the_handle_moves_it_and_not_the_page(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name, **PHONE)
    before, centre = widget.sentence, widget.handle_centre()
    scrolled = _scrolled(widget)
    finger_on(widget.page).swipe(centre, -30, 50)
    widget.expect_change_from(before)
    assert _scrolled(widget) == scrolled


@with_handle
def test_a_finger_beside_the_handle_scrolls_the_page(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, **PHONE)
    before, (x, y) = widget.sentence, widget.handle_centre()
    scrolled = _scrolled(widget)
    finger_on(widget.page).swipe((x - 80, y + 40), 0, -150)
    widget.page.wait_for_function("before => scrollY > before + 50", arg=scrolled)
    assert widget.sentence == before


@with_handle
def test_keys_move_the_handle_and_shift_moves_it_farther(
    open_widget: OpenWidget, name: str
) -> None:
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


@with_handle
def test_a_single_click_moves_the_handle(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name)
    before, (x, y) = widget.sentence, widget.handle_centre()
    place = (x + CLICK[0], y + CLICK[1])
    widget.page.mouse.click(*place)
    widget.expect_change_from(before)
    _expect_handle_at(widget, name, place)


@with_handle
def test_a_tap_moves_the_handle(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, **PHONE)
    before, (x, y) = widget.sentence, widget.handle_centre()
    widget.page.touchscreen.tap(x + CLICK[0], y + CLICK[1])
    widget.expect_change_from(before)


@every_widget
def test_a_link_restores_the_state(
    open_widget: OpenWidget, open_page: PageOpener, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    _change(widget, name)
    widget.expect_change_from(before)
    widget.page.wait_for_url(re.compile(r"\?.*\d~"))
    after = widget.settled_sentence()
    address = urlsplit(widget.page.url)
    again = mounted(open_page(f"{address.path}?{address.query}"), name)
    again.expect_sentence(after)


@every_widget
def test_reset_returns_to_the_start_and_clears_the_address(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name)
    before = widget.sentence
    _change(widget, name)
    widget.expect_change_from(before)
    widget.page.wait_for_url(re.compile(r"\?"))
    widget.root.get_by_role("button", name="Reset", exact=True).click()
    widget.expect_sentence(before)
    widget.page.wait_for_url(re.compile(r"^[^?]*$"))


@every_widget
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


@every_widget
@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_screen(open_widget: OpenWidget, name: str, width: int) -> None:
    widget = open_widget(name, viewport={"width": width, "height": 700})
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= width
    if HANDLES[name] != "none":
        expect(widget.handle).to_be_visible()


@every_widget
def test_nothing_moves_by_itself_when_motion_is_reduced(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, reduced_motion="reduce")
    _change(widget, name)
    durations = widget.page.evaluate(
        "document.getAnimations().map((motion) => motion.effect.getComputedTiming().duration)"
    )
    assert [duration for duration in durations if duration > 1] == []


@every_widget
def test_the_page_says_it_all_without_scripts(open_page: PageOpener, name: str) -> None:
    page = open_page(f"/embed/{name}", java_script_enabled=False)
    words = page.locator(f"[data-widget='{name}']").inner_text()
    assert len(words.split()) >= 10


@every_widget
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


def _change(widget: Widget, name: str) -> None:
    """Bring the widget into another state: by dragging, or else by the last of its examples."""
    if HANDLES[name] != "none":
        widget.drag(*DRAG[HANDLES[name]])
        return
    examples = widget.root.get_by_label("Example", exact=True).first
    examples.select_option(index=examples.locator("option").count() - 1)


def _expect_handle_at(widget: Widget, name: str, place: tuple[float, float]) -> None:
    """The handle stands where it was brought: a point to the pixel, an entry covers the place."""
    widget.expect_handle_at(place, within=2 if HANDLES[name] == "point" else None)
