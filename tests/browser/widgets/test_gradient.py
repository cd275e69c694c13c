"""The gradient's widget: slope in every direction, both layouts, and gradient descent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.widgets.conftest import OpenWidget, Widget, centre_of, finger_on

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("gradient")


def test_it_starts_with_the_lessons_bowl(widget: Widget) -> None:
    widget.expect_sentence(
        "At x = 2.00, y = 1.00: the gradient is (4.00, 6.00), of length 7.21. "
        "In the direction of 0 degrees the slope is 4.00."
    )
    expect(widget.root.locator(".slope-words")).to_contain_text("7.21 · 0.55 = 4.00. Uphill.")


@pytest.mark.parametrize(("degrees", "slope"), [("90", "6.00"), ("180", "−4.00"), ("-90", "−6.00")])
def test_the_slope_follows_the_direction(widget: Widget, degrees: str, slope: str) -> None:
    widget.root.get_by_label("Direction u").last.fill(degrees)
    widget.expect_sentence(f"the slope is {slope}.")


def test_the_direction_is_turned_by_mouse_keys_and_buttons(widget: Widget) -> None:
    handle = widget.root.get_by_role("slider", name="Direction u").first
    expect(handle).to_have_attribute("aria-valuetext", "0 degrees")
    handle.press("ArrowUp")
    expect(handle).to_have_attribute("aria-valuenow", "5")
    handle.press("Shift+ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "-10")
    x, y = widget.handle_centre()
    widget.page.mouse.move(*centre_of(handle))
    widget.page.mouse.down()
    widget.page.mouse.move(x, y - 80, steps=6)
    expect(handle).to_have_attribute("aria-valuenow", "90")
    handle.press("Escape")
    expect(handle).to_have_attribute("aria-valuenow", "-10")
    widget.page.mouse.up()
    handle.press("Home")
    expect(handle).to_have_attribute("aria-valuenow", "0")
    widget.root.get_by_role("button", name="Turn to the contour line").click()
    expect(widget.root.locator(".slope-words")).to_contain_text("level")
    widget.root.get_by_role("button", name="Turn to the gradient").click()
    expect(widget.root.locator(".slope-words")).to_contain_text("Steepest ascent.")


def test_a_finger_turns_the_direction_and_not_the_page(open_widget: OpenWidget) -> None:
    widget = open_widget("gradient", **PHONE)
    handle = widget.root.get_by_role("slider", name="Direction u").first
    middle, scrolled = centre_of(handle), widget.page.evaluate("scrollY")
    finger_on(widget.page).swipe(middle, -20, -60)
    expect(handle).not_to_have_attribute("aria-valuenow", "0")
    assert widget.page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize(("layout", "rows"), [("numerator", 1), ("denominator", 2)])
def test_the_derivative_is_a_row_or_a_column(
    open_widget: OpenWidget, layout: str, rows: int
) -> None:
    widget = open_widget("gradient", f"?layout={layout}")
    table = widget.root.get_by_role("table", name=re.compile("Derivative as a"))
    expect(table).to_have_count(1)
    expect(table.locator("tr")).to_have_count(rows)
    assert table.locator("td").all_inner_texts() == ["4.00", "6.00"]
    assert widget.root.locator(".symbolic mtr:visible").count() == rows


def test_gradient_descent_arrives(widget: Widget) -> None:
    outcome = widget.root.locator(".descent-outcome")
    expect(outcome).to_contain_text("It comes to rest after")
    widget.root.get_by_role("button", name="One step").click()
    # (2, 1) − 0.1 (4, 6)
    expect(widget.root.locator(".descent-now")).to_contain_text("Step 1 of")
    expect(widget.root.locator(".descent-now")).to_contain_text("at (1.60, 0.40)")
    widget.root.get_by_role("button", name="Back to the start").click()
    expect(widget.root.locator(".descent-now")).to_contain_text("Step 0 of")


def test_a_step_that_is_too_long_diverges_and_says_so(widget: Widget) -> None:
    widget.root.get_by_label("Step size η").fill("-0.4")
    expect(widget.root.locator(".descent-outcome")).to_contain_text("It diverges: after")
    expect(widget.root).to_contain_text("2/λ₂ = 0.33; here it is not below it.")


def test_the_descent_is_played_and_can_be_stopped(widget: Widget) -> None:
    widget.choose("Rosenbrock's valley")
    widget.expect_sentence("At x = −0.75")
    widget.root.get_by_role("button", name="Play the descent").click()
    expect(widget.root.locator(".descent-now")).not_to_contain_text("Step 0 of")
    widget.root.get_by_role("button", name="Stop").click()
    expect(widget.root.get_by_role("button", name="Play the descent")).to_be_visible()
    stopped = widget.root.locator(".descent-now").inner_text()
    assert not stopped.startswith("Step 200 of")
    widget.page.wait_for_timeout(300)
    assert widget.root.locator(".descent-now").inner_text() == stopped


def test_when_motion_is_reduced_the_end_is_shown_at_once(open_widget: OpenWidget) -> None:
    widget = open_widget("gradient", reduced_motion="reduce")
    count = widget.root.locator(".descent-now").inner_text().split(" of ")[1].split(":")[0]
    widget.root.get_by_role("button", name="Play the descent").click()
    expect(widget.root.locator(".descent-now")).to_contain_text(f"Step {count} of {count}")


def test_at_the_tip_of_a_cone_there_is_no_gradient(widget: Widget) -> None:
    widget.choose("A cone")
    widget.expect_sentence("of length 1.00")
    widget.root.get_by_label("x of the point").fill("0")
    widget.root.get_by_label("y of the point").fill("0")
    widget.expect_sentence("undefined here")
    expect(widget.root.locator(".descent-outcome")).to_contain_text("It cannot start here")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_examples_are_shown_in_both_themes(open_widget: OpenWidget, scheme: str) -> None:
    widget = open_widget("gradient", color_scheme=scheme)
    for title in ("A narrow valley", "Saddle", "Himmelblau's function", "Waves"):
        before = widget.sentence
        widget.choose(title)
        widget.expect_change_from(before)
        assert len(widget.root.locator(".preset-look").inner_text().split()) > 8


def test_a_link_keeps_direction_and_step(widget: Widget, open_widget: OpenWidget) -> None:
    widget.root.get_by_label("Direction u").last.fill("45")
    widget.root.get_by_label("Momentum β").fill("0.5")
    widget.page.wait_for_url(re.compile(r"m\.0\.5"))
    again = open_widget("gradient", "?" + widget.page.url.split("?")[1])
    again.expect_sentence("In the direction of 45 degrees")
    expect(again.root.get_by_label("Momentum β")).to_have_value("0.5")
