"""Custom autograd: a layer is written, its mistakes are named, what is right is given as source."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, mounted


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("custom-autograd")


def gradient_by(widget: Widget, name: str) -> Locator:
    return widget.root.locator(f".pass[data-name='{name}']")


def test_a_mistake_is_named_and_mended_and_the_source_appears(widget: Widget) -> None:
    widget.choose("affine-batch")
    widget.expect_sentence("The backward pass by b is wrong. Sum over the batch")
    wrong = gradient_by(widget, "b")
    expect(wrong.locator(".pass-mistake")).to_contain_text(
        "its gradient is the sum over these rows"
    )
    expect(wrong.locator(".three-checks")).to_contain_text("an n×m matrix")
    expect(gradient_by(widget, "X")).to_have_class(re.compile("is-right"))
    source = widget.root.locator(".export-source code")
    expect(source.first).to_be_empty()
    wrong.locator("input").fill("G'*ones(n)")
    widget.expect_sentence("All 3 backward passes are right")
    expect(wrong.locator(".three-checks")).to_contain_text("decided by normal form")
    expect(source.nth(0)).to_contain_text("class Layer(torch.autograd.Function)")
    expect(source.nth(1)).to_contain_text("@jax.custom_vjp")


def test_the_curve_of_errors_has_its_branches_and_its_numbers(widget: Widget) -> None:
    widget.choose("softmax")
    widget.expect_sentence("The backward pass by x is right")
    chart = widget.root.locator(".error-chart")
    expect(chart.locator(".error-branch.truncation")).to_have_count(1)
    expect(chart.locator(".error-branch.rounding")).to_have_count(1)
    expect(chart.locator(".error-best")).to_have_count(1)
    expect(chart.locator(".error-mark.own")).to_have_count(27)
    expect(chart).to_have_attribute("aria-label", re.compile("truncation rules"))
    widget.root.get_by_text("The numbers as a table").click()
    rows = widget.root.locator(".curve-table tbody tr")
    expect(rows).to_have_count(27)
    expect(widget.root.locator(".curve-table .is-best")).to_contain_text("best")
    widget.choose("softmax-term")
    widget.expect_sentence("sum(exp(x)) was treated as a constant")
    expect(chart.locator(".error-curve.reference")).to_have_count(1)
    expect(widget.root.locator(".curve-words")).to_contain_text("however small the step")
    widget.choose("attention")
    widget.expect_sentence("All 2 backward passes are right")
    expect(chart.locator(".error-branch.truncation")).to_have_count(0)
    widget.root.get_by_label("Differences by").select_option("K")
    expect(widget.root.locator(".curve-words")).to_contain_text("in every entry of K")


def test_an_own_layer_is_written_from_nothing(widget: Widget, open_page: PageOpener) -> None:
    open_page.expect_error("400")
    widget.choose("softmax")
    widget.expect_sentence("The backward pass by x is right")
    forward = widget.root.locator(".widget-toolbar .expression-field input")
    forward.fill("sinn(x)")
    trouble = widget.root.locator(".widget-toolbar .expression-problem")
    expect(trouble).to_contain_text("sinn")
    forward.fill("A*x")
    expect(trouble).to_be_empty()
    widget.root.get_by_role("checkbox", name="A").check()
    widget.expect_sentence("a column of length m; it must be a column of length n")
    gradient_by(widget, "x").locator("input").fill("A*g")
    expect(gradient_by(widget, "x").locator(".pass-mistake")).to_contain_text("Transposed")
    gradient_by(widget, "x").locator("input").fill("A'*g + sinn(x)")
    expect(gradient_by(widget, "x").locator("pre")).to_contain_text("^^^^")
    gradient_by(widget, "x").locator("input").fill("A'*g")
    widget.expect_sentence("Write the backward pass by A: a")
    gradient_by(widget, "A").locator("input").fill("<img src=x onerror=alert(1)>")
    expect(gradient_by(widget, "A").locator(".expression-problem")).not_to_be_empty()
    expect(widget.root.locator("img")).to_have_count(0)
    gradient_by(widget, "A").locator("input").fill("g*x'")
    widget.expect_sentence("All 2 backward passes are right")
    cotangent = widget.root.get_by_label("Cotangent", exact=True)
    cotangent.fill("x")
    cotangent.press("Enter")
    expect(widget.root.locator(".name-problem")).to_contain_text("input of the layer already")


def test_a_link_restores_the_layer_and_names_its_spoilt_fields(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    query = "?custom-autograd=1~f.A*x~b.x:u'~c.u~s.!!~z.9"
    widget = open_widget("custom-autograd", query)
    expect(widget.root.locator(".link-note")).to_contain_text("“!” for s and “9” for z")
    expect(widget.root.get_by_label("Cotangent", exact=True)).to_have_value("u")
    gradient_by(widget, "x").locator("input").fill("A'*u")
    widget.expect_sentence("The backward pass by x is right")
    widget.page.wait_for_url(re.compile("A%27"))
    again = mounted(open_page(widget.page.url), "custom-autograd")
    expect(gradient_by(again, "x").locator("input")).to_have_value("A'*u")
    again.expect_sentence("The backward pass by x is right")


def test_the_lesson_has_the_widget_and_its_layout_note_follows_the_switch(
    open_page: PageOpener,
) -> None:
    widget = mounted(open_page("/lessons/custom-autograd"), "custom-autograd")
    widget.expect_sentence("All 3 backward passes are right")
    expect(widget.root.locator(".layout-note.layout-numerator")).to_be_visible()
    widget.page.evaluate("document.documentElement.dataset.layout = 'denominator'")
    expect(widget.root.locator(".layout-note.layout-denominator")).to_be_visible()
    expect(widget.root.locator(".layout-note.layout-numerator")).to_be_hidden()
