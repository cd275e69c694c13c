"""Variational inference: mean, columns, fields, keys, gradient, variances, ascent, links."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, centre_of, drag

NAME = "variational-inference"
AGREE = "Formula and central differences agree."
_TARGET_IS_SEEN = """() => {
  const path = document.querySelector("[data-widget] .target path");
  const seen = path.closest("svg").getBoundingClientRect(), drawn = path.getBoundingClientRect();
  const across = drawn.left > seen.left && drawn.right < seen.right;
  return across && drawn.top > seen.top && drawn.bottom < seen.bottom;
}"""


def _column(widget: Widget, number: int) -> Locator:
    return widget.root.get_by_role("slider", name=f"End of column {number} of L")


def _row(widget: Widget, table: str, name: str) -> Locator:
    header = widget.page.get_by_role("rowheader", name=name, exact=True)
    rows = widget.root.get_by_role("table", name=table, exact=True).get_by_role("row")
    return rows.filter(has=header)


def _field(widget: Widget, name: str) -> Locator:
    return widget.root.get_by_label(name, exact=True)


def test_mean_and_columns_are_moved_by_hand_keys_and_fields(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget(NAME)
    widget.expect_sentence("q has mean (−1.10, 1.00), variances 0.810 and 0.360, correlation 0.00")
    widget.expect_sentence("The evidence lower bound is −4.917: expected log density −7.139")
    widget.expect_sentence("plus entropy 2.222. Its gap to log p(x) = 1.327 is 6.244.")
    asked = len(open_page.requests)
    drag(_column(widget, 1), 40, -50)
    expect(_field(widget, "L₁₁")).not_to_have_value("0.9")
    expect(_field(widget, "L₂₁")).not_to_have_value("0")
    # The second column stays upright, and the first keeps to the right of the mean.
    drag(_column(widget, 2), 30, -40)
    expect(_field(widget, "L₂₂")).not_to_have_value("0.6")
    x, _ = widget.handle_centre()
    assert abs(centre_of(_column(widget, 2))[0] - x) < 1
    drag(_column(widget, 1), -400, 0)
    expect(_field(widget, "L₁₁")).to_have_value("0.01")
    _column(widget, 1).press("Home")
    expect(_field(widget, "L₁₁")).to_have_value("0.9")
    expect(_field(widget, "L₂₁")).to_have_value("0")
    _column(widget, 2).press("Home")
    _column(widget, 2).press("Shift+ArrowUp")
    expect(_field(widget, "L₂₂")).to_have_value("1.1")
    _field(widget, "L₂₁").fill("-0.5")
    expect(_column(widget, 1)).to_have_attribute("aria-valuetext", "L₁₁ = 0.9, L₂₁ = -0.5")
    _field(widget, "m₁").fill("0.25")
    expect(widget.handle).to_have_attribute("aria-valuetext", re.compile("m₁ = 0.25,"))
    widget.handle.press("Home")
    expect(_field(widget, "m₁")).to_have_value("-1.1")
    widget.page.wait_for_url(re.compile(r"l\.0\.9,-0\.5,1\.1"))
    assert open_page.requests[asked:] == []


def test_the_gradient_follows_the_layout_and_is_checked(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME, "?layout=denominator")
    root = widget.root
    expect(root.get_by_role("table", name="Derivative by L, lower triangle")).to_be_visible()
    expect(root.get_by_role("table", name="Derivative by m as a column")).to_have_text(
        "5.2778−5.2222"
    )
    expect(root.get_by_role("table", name="Derivative by L, upper triangle")).to_be_hidden()
    expect(root).to_contain_text("∂ℒ/∂L = L⁻ᵀ − PL, lower triangle")
    expect(_row(widget, "Gradient and central differences", "L₁₁")).to_contain_text(
        re.compile(r"−1\.3889\s*−1\.3889")
    )
    expect(_row(widget, "Gradient and central differences", "L₂₁")).to_contain_text(
        re.compile(r"2\.0000\s*2\.0000")
    )
    expect(root.locator(".check-verdict")).to_have_text(AGREE)
    _field(widget, "Covariance of q").select_option("diagonal")
    widget.expect_sentence("diagonal covariance")
    expect(_row(widget, "Gradient and central differences", "L₂₁")).to_have_count(0)
    expect(_field(widget, "L₂₁")).to_be_hidden()
    expect(root.locator(".check-verdict")).to_have_text(AGREE)
    _field(widget, "Curvature").fill("0.7")
    widget.expect_sentence("bent with b = 0.7")
    expect(root).to_contain_text("∂ℒ/∂L = L⁻ᵀ + E[∇²log p] L, lower triangle")
    expect(root.locator(".check-verdict")).to_have_text(AGREE)


def test_the_ascent_plays_stops_and_ends_with_the_gap_closed(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME)
    root, now = widget.root, widget.root.locator(".ascent-now")
    root.get_by_role("button", name="Play the ascent").click()
    expect(now).to_contain_text("ℒ has risen from −4.917")
    root.get_by_role("button", name="Stop", exact=True).click()
    expect(now).to_contain_text(re.compile(r"After \d+ steps?"))
    root.get_by_role("button", name="Back to its start").click()
    expect(_field(widget, "m₁")).to_have_value("-1.1")
    root.get_by_role("button", name="One step uphill").click()
    expect(now).to_contain_text("After 1 step ℒ has risen from −4.917")
    widget.page.emulate_media(reduced_motion="reduce")
    root.get_by_role("button", name="Play the ascent").click()
    expect(now).to_contain_text(re.compile(r"Arrived after \d+ steps: .* to 1\.327"))
    widget.expect_sentence("variances 1.00 and 1.00, correlation 0.80")
    widget.expect_sentence("is 0.000. The variances are 100 % and 100 % of the target’s.")
    assert root.locator(".ascent .path").get_attribute("d")
    # Without its correlation q keeps its variances, and climbs down from them.
    _field(widget, "Covariance of q").select_option("diagonal")
    widget.expect_sentence("variances 1.00 and 1.00, diagonal covariance")
    widget.expect_sentence("is 1.267.")
    root.get_by_role("button", name="Play the ascent").click()
    widget.expect_sentence("variances 0.360 and 0.360")
    widget.expect_sentence("is 0.511. The variances are 36 % and 36 % of the target’s.")
    expect(_row(widget, "Marginal variances", "variance of z₁")).to_contain_text("36 %")
    expect(root.locator(".marginal-words").first).to_contain_text("1.00 of p, 0.360 of q")


def test_examples_and_own_targets(open_widget: OpenWidget) -> None:
    widget = open_widget(
        NAME, viewport={"width": 320, "height": 700}, color_scheme="dark", reduced_motion="reduce"
    )
    root = widget.root
    widget.choose("Strong correlation, unequal deviations")
    widget.expect_sentence("correlation 0.95")
    expect(root.locator(".mean-field-words")).to_contain_text("9.75 % and 9.75 %")
    widget.choose("A banana")
    widget.expect_sentence("bent with b = 0.4")
    expect(_row(widget, "Marginal variances", "gap")).to_contain_text("0.5000.500")
    root.get_by_role("button", name="Play the ascent").click()
    widget.expect_sentence("variances 0.648 and 0.360")
    _field(widget, "Correlation").fill("1.5")
    expect(_field(widget, "Correlation")).to_have_attribute("aria-invalid", "true")
    _field(widget, "Correlation").fill("0.5")
    expect(_field(widget, "Correlation")).not_to_have_attribute("aria-invalid", "true")
    expect(root.locator("option:checked").first).to_have_text("Your own target")
    expect(root.locator(".preset-look")).to_be_hidden()
    _field(widget, "Curvature").fill("0")
    _field(widget, "Mean of z₂ under p").fill("1,5")
    widget.expect_sentence("the target is a Gaussian with correlation 0.500")
    widget.page.wait_for_url(re.compile(r"t\.0,1\.5,1\.6,0\.6,0\.5"))
    # A target that would be out of sight is gone to.
    _field(widget, "Mean of z₁ under p").fill("-9")
    widget.page.wait_for_function(_TARGET_IS_SEEN)
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_link_that_cannot_be_used_whole_says_so(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME, f"?{NAME}=1~e.mean-field~m.1,0~l.0,0,1~t.0,0,2,1,0.5")
    note = widget.root.locator(".link-note")
    expect(note).to_contain_text("“0,0,1” for l")
    widget.expect_sentence("q has mean (1.00, 0.00), variances 0.810 and 0.360, diagonal")
    widget.expect_sentence("Gaussian with correlation 0.500")


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_engine_derives_the_gradient_in_the_readers_layout(
    open_widget: OpenWidget, layout: str
) -> None:
    widget = open_widget(NAME, f"?layout={layout}", viewport={"width": 320, "height": 700})
    widget.root.get_by_text("Derive the gradient, step by step").click()
    steps = widget.root.locator(f".derivation .layout-{layout}")
    expect(steps.first).to_be_visible()
    by_factor = steps.nth(1)
    expect(by_factor).to_contain_text("logarithm of the determinant")
    expect(by_factor).to_contain_text("cyclic property of the trace")
    part = {"numerator": "the upper triangle counts", "denominator": "the lower triangle counts"}
    expect(steps.nth(2)).to_contain_text(part[layout])
    assert by_factor.locator("math").count() >= 6
    if layout == "denominator":
        widget.root.get_by_text("Derive what a bend adds to the gradient").click()
        bend = widget.root.locator(".derivation").nth(1).locator(".layout-denominator")
        expect(bend).to_have_count(2)
        expect(bend.first).to_be_visible()
        # What is wider than the screen is reached with Tab.
        expect(bend.first.locator(".scroller[tabindex='0']").first).to_be_visible()
        assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
