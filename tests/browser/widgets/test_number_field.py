"""A field for a number: what it does not take is told beside it, and nothing moves."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.widgets.conftest import OpenWidget, Widget

PLACES_OF_CONTROLS = """(root) => [...root.querySelectorAll("input, select, button")].map(
    (element) => { const { x, y, width, height } = element.getBoundingClientRect();
        return [x + scrollX, y + scrollY, width, height].join(); })"""
PHONE = {"viewport": {"width": 360, "height": 700}}


def _field(widget: Widget, name: str) -> Locator:
    return widget.root.get_by_label(name, exact=True)


def test_a_number_that_is_not_taken_is_told_with_its_bounds(open_widget: OpenWidget) -> None:
    widget = open_widget("variational-inference", **PHONE)
    field, note = _field(widget, "Standard deviation s₂"), widget.root.locator(".field-note")
    field.scroll_into_view_if_needed()
    before, places = widget.sentence, widget.root.evaluate(PLACES_OF_CONTROLS)
    field.fill("50")
    expect(field).to_have_accessible_description("Too large: write a number between 0.1 and 10.")
    expect(note).to_have_role("alert")
    expect(note).to_be_in_viewport(ratio=1)
    assert widget.root.evaluate(PLACES_OF_CONTROLS) == places, "nothing moves under the hand"
    field.press("End")
    field.press_sequentially("0x")
    expect(note).to_have_text("Not a number: write a number between 0.1 and 10.")
    expect(field).to_have_value("500x")
    assert widget.settled_sentence() == before, "the last good number holds"
    field.fill("1.5")
    expect(note).to_have_count(0)
    expect(field).to_have_accessible_description("")


def test_the_note_goes_with_the_field_that_is_left(open_widget: OpenWidget) -> None:
    widget = open_widget("variational-inference")
    note = widget.root.locator(".field-note")
    _field(widget, "Correlation").fill("-1")
    expect(note).to_have_text("Too small: write a number between −0.99 and 0.99.")
    _field(widget, "Curvature").focus()
    expect(note).to_have_count(0)
    expect(_field(widget, "Correlation")).to_have_value("0.8")


def test_the_note_stays_beside_its_field_where_the_page_scrolls(open_widget: OpenWidget) -> None:
    widget = open_widget("backpropagation", **PHONE)
    entry, note = (
        widget.root.locator(".matrix-entries input").first,
        widget.root.locator(".field-note"),
    )
    entry.fill("1e9")
    expect(note).to_contain_text("Too large")
    widget.page.mouse.wheel(0, 60)
    widget.page.wait_for_function(
        """([field, note]) => {
            const { top, bottom } = field.getBoundingClientRect();
            const told = note.getBoundingClientRect();
            return Math.abs(told.top - bottom) < 8 || Math.abs(top - told.bottom) < 8;
        }""",
        arg=[entry.element_handle(), note.element_handle()],
    )
