"""The natural gradient: both pictures, families, steps, own data, derivation, refusals, links."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, drag, problem

NAME = "natural-gradient"
SAME = "is (−1.00, 0.50): the same step. The plain gradient becomes (−0.25, 1.00): another step."


def _row(widget: Widget, number: int) -> Locator:
    table = widget.root.get_by_role("table", name="The four paths")
    return table.locator("tbody tr").nth(number)


def _second_handle(widget: Widget) -> Locator:
    return widget.root.locator("[data-handle]").nth(1)


def test_one_fit_has_the_numbers_of_the_lesson_in_both_pictures(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget(NAME)
    root = widget.root
    widget.expect_sentence("Mean 0.00, standard deviation 2.00: the expected loss is 0.943")
    widget.expect_sentence(
        "The plain gradient is (−0.25, 0.25), the natural gradient (−1.00, 0.50)"
    )
    widget.expect_sentence("apart by the plain gradient, and 1.3×10⁻⁵ nats by the natural")
    expect(root.locator(".invariance")).to_contain_text(SAME)
    expect(root.get_by_role("table", name="Derivative as a row").first).to_be_visible()
    expect(root.get_by_role("table", name="Derivative as a column").first).to_be_hidden()
    expect(root.locator(".contour-map[data-state='drawn']")).to_have_count(2)
    assert root.locator(".ellipses path").first.get_attribute("d")
    asked = len(open_page.requests)
    slider = root.get_by_label("Step size η")
    slider.focus()
    slider.fill("0")
    expect(root.locator(".apart")).to_contain_text("step size 1 ")
    numbers = ["0.250 1.750 0.815", "0.250 1.213 0.724", "1.000 1.500 0.628", "1.000 1.558 0.649"]
    for number, expected in enumerate(numbers):
        pattern = re.compile(r"\s*".join(map(re.escape, expected.split())))
        expect(_row(widget, number)).to_contain_text(pattern)
    # The same point, taken in the other picture: log σ rises, σ follows.
    second = _second_handle(widget)
    drag(second, 50, -10)
    expect(root.get_by_label("σ of the point")).not_to_have_value("2")
    second.press("Home")
    expect(root.get_by_label("σ of the point")).to_have_value("2")
    root.get_by_label("μ of the point").fill("1")
    root.get_by_label("σ of the point").fill("1")
    expect(root.locator(".step-now")).to_have_text(re.compile("nowhere to descend"))
    expect(root.get_by_role("button", name="Play both descents")).to_be_disabled()
    assert open_page.requests[asked:] == []


def test_the_descents_play_stop_and_step(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME, "?layout=denominator")
    root, now = widget.root, widget.root.locator(".step-now")
    expect(root.get_by_role("table", name="Derivative as a column").first).to_be_visible()
    expect(now).to_have_text("Step 0 of 109.")
    root.get_by_role("button", name="Play both descents").click()
    root.get_by_role("button", name="Stop", exact=True).click()
    expect(root.get_by_role("button", name="Play both descents")).to_be_visible()
    expect(now).to_have_text(re.compile(r"Step \d+ of 109"))
    back = root.get_by_role("button", name="Back to the start")
    if back.is_enabled():
        back.click()
    expect(now).to_have_text("Step 0 of 109.")
    root.get_by_role("button", name="One step").click()
    expect(now).to_have_text("Step 1 of 109.")
    expect(root.locator(".balls circle:visible")).to_have_count(4)
    widget.page.emulate_media(reduced_motion="reduce")
    root.get_by_role("button", name="Play both descents").click()
    expect(now).to_have_text("Step 109 of 109.")
    expect(_row(widget, 2)).to_contain_text("arrives after 99 steps")
    expect(_row(widget, 0)).to_contain_text("arrives after 109 steps")
    assert root.locator(".distribution .natural").get_attribute("d")


def test_three_outcomes_and_the_derivation_of_their_information(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME)
    root = widget.root
    root.get_by_text("Derive the Fisher information, step by step").click()
    steps = root.locator(".derivation-steps")
    expect(steps).to_contain_text("Each entry is a polynomial in the deviation z.")
    expect(steps.locator("ol")).to_have_count(2)
    widget.choose("Three outcomes")
    widget.expect_sentence("First logit −1.10, second logit −1.10")
    expect(steps).to_contain_text("the same matrix for every outcome")
    expect(root.get_by_label("Count of outcome 3")).to_have_value("2")
    expect(root.get_by_label("Mean of the data")).to_be_hidden()
    assert root.locator(".edge path").last.get_attribute("d")
    # Far outside of the triangle the point stays within.
    handle = _second_handle(widget)
    handle.hover()
    box = root.locator(".plane-stage").last.bounding_box()
    assert box is not None
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + box["width"] - 5, box["y"] + 5, steps=4)
    widget.page.mouse.up()
    expect(handle).to_have_attribute("aria-valuetext", re.compile(r"probability 0\.5"))
    root.get_by_label("Family", exact=True).select_option("normal")
    widget.expect_sentence("Mean 0.00, standard deviation 2.00")
    root.get_by_label("Second coordinates", exact=True).select_option("variance")
    expect(root.get_by_text("Fisher information F, with v = σ²")).to_be_visible()
    widget.page.wait_for_url(re.compile("o.var"))


def test_own_data_are_refused_mended_fitted_and_linked(open_widget: OpenWidget) -> None:
    widget = open_widget(NAME)
    root = widget.root
    root.get_by_text("Your own data").click()
    area, told = root.get_by_label("Data as text"), root.locator(".data-problem")
    fit = root.get_by_role("button", name="Fit these numbers")
    for text, words in (
        ("1, two", "“two” is not a number"),
        ("3 3 3", "All numbers are the same"),
        ("100; 140; 220", "choose another unit or zero point"),
    ):
        area.fill(text)
        fit.click()
        expect(told).to_contain_text(words)
        expect(area).to_have_attribute("aria-invalid", "true")
    area.fill("0.5\n1.5\n4")
    fit.click()
    expect(root.locator(".target-words")).to_have_text(
        "3 numbers with mean 2.000 and standard deviation 1.472."
    )
    assert root.locator(".distribution .data").get_attribute("d")
    widget.page.wait_for_url(re.compile(r"d\.0\.5,1\.5,4"))
    root.get_by_label("Mean of the data").fill("1.5")
    expect(root.locator(".target-words")).to_have_text(re.compile("^Data with mean 1.500"))
    widget.expect_sentence("Mean 0.53, standard deviation 2.94")
    # A fit that would be out of sight is gone to, with a point beside it.
    root.get_by_label("Mean of the data").fill("30")
    root.get_by_label("Standard deviation of the data").fill("1")
    widget.expect_sentence("Mean 28.53, standard deviation 2.94")


def test_a_refusal_is_told_in_place_and_can_be_tried_again(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    open_page.expect_error("503")
    widget = open_widget(NAME)
    root, page = widget.root, widget.page
    busy = problem("busy", "The server is busy.", status=503, hint="Try again in a moment.")
    page.route("**/api/fisher-information*", lambda route: route.fulfill(**busy))
    before = root.locator(".paths .own").first.get_attribute("d")
    root.get_by_label("Family", exact=True).select_option("categorical")
    expect(root.get_by_role("alert").filter(has_text="The server is busy")).to_be_visible()
    assert root.locator(".paths .own").first.get_attribute("d") == before
    page.unroute("**/api/fisher-information*")
    root.get_by_role("button", name="Try again").click()
    widget.expect_sentence("First logit")
    expect(root.get_by_role("button", name="Try again")).to_be_hidden()


def test_a_link_to_steps_that_are_too_large_fits_a_phone(open_widget: OpenWidget) -> None:
    widget = open_widget(
        NAME,
        f"?{NAME}=1~e.large-steps~u.far~v.2",
        viewport={"width": 320, "height": 700},
        color_scheme="dark",
    )
    expect(widget.root.locator(".link-note")).to_contain_text("“far” for u")
    expect(_row(widget, 1)).to_contain_text("leaves the family at step 1")
    expect(_row(widget, 2)).to_contain_text("leaves the family at step 3")
    expect(_row(widget, 3)).to_contain_text("arrives after 14 steps")
    assert widget.root.locator(".paths .exit").last.get_attribute("d")
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
