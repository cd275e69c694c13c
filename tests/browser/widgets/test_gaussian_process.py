"""The Gaussian process: points, keys, fields, map, gradient, check, ascent, jitter, links."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from app.gaussian_processes import Hyperparameters, condition_on, evidence
from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, centre_of, drag

NAME = "gaussian-process"
AGREE = "Formula and central differences agree."


def _place(widget: Widget) -> Locator:
    """The handle in the map: length scale and noise."""
    return widget.root.get_by_role("slider", name="Length scale and noise")


def _checked(widget: Widget, name: str) -> Locator:
    table = widget.root.get_by_role("table", name="Gradient and central differences")
    header = widget.page.get_by_role("rowheader", name=name, exact=True)
    return table.get_by_role("row").filter(has=header)


def test_points_are_added_chosen_moved_and_removed(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget(NAME)
    root, chosen = widget.root, widget.root.locator(".which-point")
    widget.expect_sentence("7 points, squared exponential kernel, length scale 1.000 and noise 0.2")
    widget.expect_sentence("the log marginal likelihood is −7.307, with data fit −1.638")
    widget.expect_sentence("Its gradient by log l and log σ is (2.21, −0.31).")
    asked = len(open_page.requests)
    x, y = widget.handle_centre()
    # The second click of a double click adds no twin.
    widget.page.mouse.dblclick(x + 20, y - 90)
    expect(chosen).to_have_text("Point 8 of 8")
    widget.expect_sentence("8 points")
    # Another point is dragged at once, without being chosen before.
    dot = root.locator(".dot:visible").nth(1)
    x, y = centre_of(dot)
    drag(dot, 30, -25)
    expect(chosen).to_have_text("Point 2 of 8")
    widget.expect_handle_at((x + 30, y - 25))
    widget.handle.press("PageDown")
    expect(chosen).to_have_text("Point 3 of 8")
    widget.handle.press("Delete")
    expect(chosen).to_have_text("Point 3 of 7")
    root.get_by_role("button", name="Previous point").click()
    root.get_by_label("y of the chosen point").fill("2.5")
    expect(widget.handle).to_have_attribute("aria-valuetext", re.compile("y = 2.5"))
    root.get_by_text("The points as numbers").click()
    expect(root.get_by_label("y of point 2", exact=True)).to_have_value("2.5")
    root.get_by_label("x of point 7", exact=True).fill("4.25")
    root.get_by_role("button", name="Remove point 1", exact=True).click()
    expect(root.get_by_label("x of point 6", exact=True)).to_have_value("4.25")
    root.get_by_role("button", name="Add a point").click()
    expect(chosen).to_have_text("Point 7 of 7")
    assert open_page.requests[asked:] == []
    widget.page.wait_for_url(re.compile(r"p\.[-\d.,]*4\.25"))


def test_own_points_are_refused_mended_and_used(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME)
    root = widget.root
    root.get_by_text("The points as numbers").click()
    area, told = root.get_by_label("Points as text"), root.locator(".points-problem")
    use = root.get_by_role("button", name="Use these points")
    use.click()
    expect(told).to_contain_text("There are no points yet")
    area.fill("0, 1\n1, two")
    use.click()
    expect(told).to_contain_text("Line 2: “two” is not a number")
    expect(area).to_have_attribute("aria-invalid", "true")
    area.fill("\n".join(f"{k / 10}; {k % 3}" for k in range(201)))
    use.click()
    expect(told).to_contain_text("Line 201 is one too many")
    area.fill("\n".join(f"{k / 10}; {k % 3}" for k in range(200)))
    use.click()
    widget.expect_sentence("200 points")
    root.get_by_role("button", name="Add a point").click()
    expect(root.get_by_text("as many as are worked out here")).to_be_visible()
    area.fill("0\t1\n2\t-0,5")
    use.click()
    widget.expect_sentence("2 points")
    expect(root.get_by_text("as many as are worked out here")).to_be_hidden()
    expect(root.get_by_label("x of point 2", exact=True)).to_have_value("2")
    expect(root.locator(".dot")).to_have_count(2)


def test_the_place_in_the_map_is_dragged_and_checked_for_every_kernel(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget(NAME, "?layout=denominator")
    root = widget.root
    expect(root.get_by_role("table", name="Derivative of ℒ as a column")).to_be_visible()
    expect(root.get_by_role("table", name="Derivative of ℒ as a row")).to_be_hidden()
    asked = len(open_page.requests)
    before = widget.sentence
    drag(_place(widget), 60, -40)
    widget.expect_change_from(before)
    expect(root.get_by_label("Length scale", exact=True)).not_to_have_value("1")
    _place(widget).press("Home")
    expect(root.get_by_label("Length scale", exact=True)).to_have_value("1")
    expect(_checked(widget, "log l")).to_contain_text(re.compile(r"2\.2104\s*2\.2104"))
    expect(_checked(widget, "log s")).to_contain_text(re.compile(r"−3\.4116\s*−3\.4116"))
    expect(root.get_by_label("Period", exact=True)).to_be_hidden()
    for kernel in ("Matérn 3/2", "linear", "periodic"):
        root.get_by_label("Kernel", exact=True).select_option(kernel)
        widget.expect_sentence(f"{kernel} kernel")
        expect(root.locator(".check-verdict")).to_have_text(AGREE)
        expect(root.locator(".is-stale")).to_have_count(0)
    root.get_by_label("Period", exact=True).fill("6.3")
    expect(root.locator(".check-verdict")).to_have_text(AGREE)
    expect(_checked(widget, "log p")).to_have_count(1)
    assert open_page.requests[asked:] == []


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_engine_derives_the_gradient_in_the_readers_layout(
    open_widget: OpenWidget, layout: str
) -> None:
    widget = open_widget(NAME, f"?layout={layout}")
    widget.root.get_by_text("Derive the gradient, step by step").click()
    steps = widget.root.locator(f".derivation .layout-{layout}")
    expect(steps).to_be_visible()
    expect(steps).to_contain_text("logarithm of the determinant")
    expect(steps).to_contain_text(f"In {layout} layout")
    expect(widget.root.locator(".derivation")).to_contain_text("The chain rule")
    assert steps.locator("math").count() >= 5


def test_the_ascent_plays_stops_and_ends(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME)
    root, now = widget.root, widget.root.locator(".ascent-now")
    root.get_by_role("button", name="Play the ascent").click()
    expect(now).to_contain_text("ℒ has risen from −7.307")
    root.get_by_role("button", name="Stop", exact=True).click()
    expect(now).to_contain_text(re.compile(r"After \d+ steps?"))
    root.get_by_role("button", name="Back to its start").click()
    expect(root.get_by_label("Length scale", exact=True)).to_have_value("1")
    root.get_by_role("button", name="One step uphill").click()
    expect(now).to_contain_text("After 1 step ℒ has risen from −7.307")
    widget.page.emulate_media(reduced_motion="reduce")
    root.get_by_role("button", name="Play the ascent").click()
    expect(now).to_contain_text(re.compile(r"Arrived after \d+ steps: ℒ has risen .* to −5\.650"))
    expect(root.get_by_label("Length scale", exact=True)).to_have_value(re.compile(r"1\.72"))
    assert root.locator(".ascent .path").get_attribute("d")


def test_a_jitter_mends_near_duplicates(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME, viewport={"width": 320, "height": 700}, color_scheme="dark")
    widget.choose("Near duplicates that need a jitter")
    widget.expect_sentence("not positive definite in double precision: Cholesky ends at point")
    expect(widget.root).to_contain_text("Choose more noise, or a jitter.")
    expect(widget.root).to_contain_text("there is nothing to compare")
    assert widget.root.locator(".mean path").get_attribute("d") == ""
    widget.root.get_by_label("Jitter", exact=True).select_option("1e-8")
    widget.expect_sentence("the log marginal likelihood is 11.447")
    widget.expect_sentence("The condition number of K is 4×10⁸.")
    assert widget.root.locator(".mean path").get_attribute("d")
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_two_hundred_points_by_a_link_have_the_servers_numbers(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME, f"?{NAME}=1~e.two-hundred~k.m32~l.1.5~n.far~i.3")
    note = widget.root.locator(".link-note")
    expect(note).to_contain_text("“far” for n")
    options: list[dict[str, Any]] = json.loads(widget.root.get_attribute("data-presets") or "[]")
    example = next(each for each in options if each["id"] == "two-hundred")
    x, y = zip(*example["points"], strict=True)
    chosen = Hyperparameters("Matérn 3/2", 1.5, 1.0, example["noise"])
    expected = evidence(condition_on(np.array(x, float), np.array(y, float), chosen)).value
    widget.expect_sentence(f"200 points, Matérn 3/2 kernel, length scale 1.500 and noise "
                           f"{example['noise']:.4f}: the log marginal likelihood is "
                           f"{_printed(expected)}")  # fmt: skip
    expect(widget.root.locator(".which-point")).to_have_text("Point 3 of 200")
    expect(widget.root.locator(".check-verdict")).to_have_text(AGREE)


def _printed(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")
