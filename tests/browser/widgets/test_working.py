"""Check my working: right lines, wrong lines, and what is said about them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import Widget, mounted


@pytest.fixture
def widget(open_page: PageOpener) -> Widget:
    return mounted(open_page("/calculator"), "working")


def line(widget: Widget, number: int) -> Locator:
    return widget.root.locator(".working-line").nth(number - 1)


def test_a_right_line_gets_its_mark(widget: Widget) -> None:
    expect(line(widget, 1)).to_contain_text("right")
    widget.expect_sentence("The line is right: it equals the differential of x'*A*x.")


def test_a_derivation_is_written_with_the_keyboard_alone(widget: Widget) -> None:
    line(widget, 2).locator("input").fill("x'*A'*dx + x'*A*dx")
    line(widget, 2).locator("input").press("Enter")
    widget.page.keyboard.type("df = x'*(A' + A)*dx")
    expect(line(widget, 3)).to_contain_text("right")
    widget.expect_sentence("All 3 lines are right")
    line(widget, 3).locator("input").press("ArrowUp")
    expect(line(widget, 2).locator("input")).to_be_focused()


@pytest.mark.parametrize(
    ("example", "wrong", "words"),
    [
        ("quadratic-form-symmetric", 2, "were symmetric"),
        ("least-squares-factor", 2, "factor is wrong: the line is 1/2 times"),
        ("inverse-sign", 1, "The sign is wrong"),
        ("trace-order", 2, "B and dX stand in the wrong order"),
        ("gram-transpose", 2, "transpose is missing on dX"),
    ],
)
def test_the_first_wrong_line_is_named_with_its_mistake(
    widget: Widget, example: str, wrong: int, words: str
) -> None:
    widget.choose(example)
    widget.expect_sentence(f"Line {wrong} is the first that is wrong.")
    expect(line(widget, wrong)).to_contain_text("wrong")
    expect(line(widget, wrong).locator(".expression-problem")).to_contain_text(words)
    for earlier in range(1, wrong):
        expect(line(widget, earlier)).to_contain_text("right")


def test_a_mended_line_turns_right(widget: Widget) -> None:
    widget.choose("trace-order")
    widget.expect_sentence("Line 2 is the first that is wrong.")
    line(widget, 2).locator("input").fill("tr(B*A*dX)")
    widget.expect_sentence("All 2 lines are right")
    expect(line(widget, 2).locator(".expression-problem")).to_be_empty()


def test_a_declared_property_makes_the_hasty_line_right(widget: Widget) -> None:
    widget.choose("quadratic-form-symmetric")
    widget.expect_sentence("Line 2 is the first that is wrong.")
    widget.root.get_by_label("Property of A").select_option("symmetric")
    widget.expect_sentence("All 3 lines are right")


def test_a_line_that_cannot_be_read_shows_a_caret(widget: Widget) -> None:
    line(widget, 2).locator("input").fill("x'*A*dx + sinn(x)")
    trouble = line(widget, 2).locator(".expression-problem")
    expect(trouble).to_contain_text("sinn")
    shown, carets = (trouble.locator("pre").text_content() or "").split("\n")
    assert carets.index("^") == shown.index("sinn")


def test_a_line_that_is_the_derivative_and_no_differential_is_told_so(widget: Widget) -> None:
    line(widget, 2).locator("input").fill("x'*(A + A')")
    expect(line(widget, 2).locator(".expression-problem")).to_contain_text("dx")
    line(widget, 2).locator("input").fill("(A + A')*x")
    expect(line(widget, 2).locator(".expression-problem")).to_contain_text("denominator layout")


def test_lines_are_added_and_removed(widget: Widget) -> None:
    lines = widget.root.locator(".working-line")
    expect(lines).to_have_count(2)
    widget.root.get_by_role("button", name="Add a line").click()
    expect(lines).to_have_count(3)
    widget.page.keyboard.press("Backspace")
    expect(lines).to_have_count(2)
    widget.root.get_by_role("button", name="Remove line 2").click()
    expect(lines).to_have_count(1)


def test_a_link_restores_the_lines(widget: Widget, open_page: PageOpener) -> None:
    line(widget, 2).locator("input").fill("x'*(A + A')*dx")
    widget.expect_sentence("All 2 lines are right")
    widget.page.wait_for_url(re.compile("working=1~l"))
    again = mounted(open_page(widget.page.url), "working")
    expect(line(again, 2).locator("input")).to_have_value("x'*(A + A')*dx")
    again.expect_sentence("All 2 lines are right")


def test_another_expression_is_read_afresh(widget: Widget) -> None:
    widget.choose("least-squares-factor")
    widget.expect_sentence("Line 2 is the first")
    widget.root.locator(".expression-field input").fill("x'*A*x")
    line(widget, 1).locator("input").fill("x'*(A + A')*dx")
    widget.root.get_by_role("button", name="Remove line 2").click()
    widget.expect_sentence("The line is right: it equals the differential of x'*A*x.")


def test_lines_never_become_markup(widget: Widget) -> None:
    payload = "<img src=x onerror=alert(1)>"
    line(widget, 2).locator("input").fill(payload)
    expect(line(widget, 2).locator(".expression-problem")).not_to_be_empty()
    expect(widget.root.locator("img")).to_have_count(0)
