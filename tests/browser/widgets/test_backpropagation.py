"""Backpropagation, step by step: what a reader builds, steps through, changes, checks and finds."""

from __future__ import annotations

import json

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, mounted, problem
from tests.support.server import REPOSITORY

START = "Step 5 of 13. The way back begins with ∂ℓ/∂ℓ = 1. All 19 entries agree"
FIXTURE = REPOSITORY / "tests/fixtures/networks.json"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def _button(widget: Widget, name: str) -> Locator:
    return widget.root.get_by_role("button", name=name)


def _check(widget: Widget) -> Locator:
    return widget.root.locator(".check-words")


def _expect_the_numbers_of_the_endpoint(widget: Widget) -> None:
    """The modules as Chromium runs them, for the networks of the fixture."""
    cases = json.loads(FIXTURE.read_text(encoding="utf-8"))["cases"]
    told = widget.page.evaluate(
        """async (cases) => {
            const load = (path) => import(`/static/${path}`);
            const { backward, forward } = await load("math/networks/network.js");
            const { sites } = await load("math/networks/faults.js");
            const { networkFrom } = await load("widgets/backpropagation/structure.js");
            const { comparedWithNumpy } = await load("widgets/backpropagation/numpy.js");
            return cases.map(({ question, answer }) => {
                const nodes = forward(networkFrom(question));
                const { name, at } = question.fault ?? {};
                const site = sites(nodes).find(({ fault, head }) => fault === name && head === at);
                return comparedWithNumpy(answer, backward(nodes, site ?? null));
            });
        }""",
        cases,
    )
    assert all("finds the same" in words for words in told), told


def test_both_passes_are_stepped_by_buttons_keys_and_clicks_without_a_request(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("backpropagation")
    widget.expect_sentence(START)
    asked = len(open_page.requests)
    _button(widget, "Next step").click()
    widget.expect_sentence(
        "Step 6 of 13. Back through squared error to z₂: the cotangent (1×1) times the 1×2 row "
        "Jacobian gives ∂ℓ/∂z₂ = (−0.538, 0.500), 1×2."
    )
    graph = widget.root.get_by_role("group", name="Computational graph")
    graph.press("Shift+ArrowRight")
    widget.expect_sentence("Step 9 of 13. Back through affine to b₂")
    graph.press("ArrowRight")
    widget.expect_sentence(
        "Back through tanh to z₁: the cotangent (1×3) times the 3×3 diagonal Jacobian gives "
        "∂ℓ/∂z₁ = (−0.288, 0.816, −1.239), 1×3."
    )
    jacobian = widget.root.get_by_role("table", name="Jacobian ∂a₁/∂z₁, 3×3")
    assert jacobian.locator("tr").nth(1).locator("td").all_inner_texts() == ["0", "0.786", "0"]
    graph.press("End")
    widget.expect_sentence("Step 13 of 13.")
    expect(_button(widget, "Next step")).to_have_attribute("aria-disabled", "true")
    graph.press("Home")
    widget.expect_sentence("Step 0 of 13. Given are the input, the weights and the target.")
    graph.press("ArrowRight")
    widget.expect_sentence("Forward through affine: z₁ = W₁ x + b₁ = (0, 0.500, 0.500), 3×1.")
    _button(widget, "To the loss").click()
    widget.root.get_by_text("The graph as a table").click()
    table = widget.root.get_by_role("table", name="The graph as a table")
    row = table.get_by_role("row").filter(has_text="tanh(z₁)")
    expect(row).to_contain_text("(0, 0.462, 0.462), 3×1")
    expect(row).to_contain_text("not yet")
    graph.press("End")
    expect(row).to_contain_text("(−0.288, 1.038, −1.576), 1×3")
    widget.root.locator("svg.graph .block.cotangent").first.click()
    widget.expect_sentence("Back through affine to x:")
    assert open_page.requests[asked:] == []


def test_the_layout_turns_every_product(open_page: PageOpener) -> None:
    widget = mounted(open_page("/lessons/backpropagation"), "backpropagation")
    _button(widget, "All the way back").click()
    _button(widget, "Previous step").click()
    widget.expect_sentence("the cotangent (1×3) times the 3×2 Jacobian W₁ gives")
    switch = widget.page.locator("[data-layout-switch]").first
    switch.get_by_role("button", name="Denominator").click()
    widget.expect_sentence(
        "the transposed Jacobian W₁ (2×3) times the cotangent (3×1) gives ∂ℓ/∂x = "
        "(1.912, −0.687), 2×1."
    )
    local = widget.root.get_by_role("table", name="Transposed Jacobian ∂z₁/∂x, 2×3")
    assert local.locator("td").all_inner_texts() == ["0.500", "1", "−1", "−0.500", "0.500", "1"]
    _button(widget, "Previous step").click()
    expect(widget.root.get_by_role("table", name="∂ℓ/∂W₁, 3×2")).to_be_visible()


def test_weights_are_typed_and_dragged_and_everything_follows_without_a_request(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("backpropagation")
    _button(widget, "All the way back").click()
    widget.expect_sentence("Step 13 of 13.")
    asked = len(open_page.requests)
    field = widget.root.get_by_label("W₁ row 1 column 1", exact=True)
    field.fill("-0,5")
    widget.expect_sentence("∂ℓ/∂b₁ = (−0.521, 1.116, −2.138), 1×3. All 19 entries agree")
    field.blur()
    other = widget.root.get_by_label("b₁ row 2", exact=True)
    other.scroll_into_view_if_needed()
    box = other.bounding_box()
    assert box is not None
    widget.page.mouse.move(box["x"] + 20, box["y"] + 12)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 80, box["y"] + 12, steps=10)
    widget.page.mouse.up()
    expect(other).to_have_value("−0.5")
    rows = widget.root.get_by_role("table", name="Gradient check").locator("tbody tr")
    expect(rows).to_have_count(19)
    expect(rows.first).to_contain_text("b₂ row 1")
    expect(widget.root.locator("tr[data-verdict='agrees']")).to_have_count(19)
    expect(widget.root.get_by_label("Example", exact=True)).to_have_value("")
    assert open_page.requests[asked:] == []
    _button(widget, "Compare with NumPy").click()
    expect(widget.root.locator(".numpy-words")).to_contain_text(
        "NumPy on the server finds the same 151 numbers"
    )
    field.fill("0.25")
    expect(widget.root.locator(".numpy-words")).to_be_empty()


def test_a_network_is_built_and_a_link_brings_it_back(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("backpropagation")
    _button(widget, "Add a layer").click()
    widget.expect_sentence("Step 7 of 19.")
    widget.root.get_by_label("Width of layer 2").fill("4")
    widget.root.get_by_label("Activation of layer 2").select_option("relu")
    widget.root.get_by_label("Activation of layer 3").select_option("sigmoid")
    widget.root.get_by_label("Loss", exact=True).select_option("cross-entropy")
    expect(widget.root.locator(".builder-note")).to_contain_text("now ends in softmax")
    expect(widget.root.get_by_label("Activation of layer 3")).to_have_value("softmax")
    widget.root.get_by_label("Right class").select_option(label="2")
    _button(widget, "Next step").click()
    widget.expect_sentence("Back through cross-entropy to a₃")
    widget.expect_sentence("All 37 entries agree with central differences")
    widget.expect_sentence("∂ℓ/∂a₃ = (0, ")
    after = widget.sentence
    widget.page.wait_for_url("**n.2,3t,4r,2m,c~**~s.9")
    again = mounted(open_page(widget.page.url), "backpropagation")
    again.expect_sentence(after)
    expect(again.root.get_by_label("Width of layer 2")).to_have_value("4")
    expect(again.root.get_by_label("Right class")).to_have_value("1")
    again.root.get_by_role("button", name="Remove layer 1").click()
    again.expect_sentence("Step 6 of 15.")
    expect(again.root.get_by_label("Activation of layer 1")).to_have_value("relu")
    again.root.get_by_label("Layer 2 is affine").uncheck()
    again.expect_sentence("All 14 entries agree with central differences")
    expect(again.root.get_by_label("Width of layer 2")).to_be_hidden()
    expect(again.root.get_by_role("button", name="Compare with NumPy")).to_be_visible()
    again.page.wait_for_url("**n.2,4r,m,c~**")


def test_the_examples_show_what_they_promise(open_widget: OpenWidget) -> None:
    widget = open_widget("backpropagation")
    widget.choose("dead-unit")
    rows = widget.root.locator(".check-table tbody tr")
    expect(rows.filter(has_text="W₁ row 2 column 1").locator("td").first).to_have_text("0")
    expect(_check(widget)).to_have_attribute("data-kind", "agrees")
    widget.choose("classifier")
    for _ in range(2):
        _button(widget, "Next step").click()
    widget.expect_sentence("the 3×3 full Jacobian gives ∂ℓ/∂z₁ = (0.665, −0.755, 0.090), 1×3.")
    widget.choose("saturated")
    _button(widget, "All the way back").click()
    widget.expect_sentence("×10⁻")
    widget.choose("neuron")
    widget.expect_sentence("All 5 entries agree")
    _expect_the_numbers_of_the_endpoint(widget)


def test_a_fault_that_shows_in_the_shapes_is_found(open_widget: OpenWidget) -> None:
    widget = open_widget("backpropagation")
    widget.choose("find-the-shape")
    _button(widget, "All the way back").click()
    widget.expect_sentence("From z₂ back to a₁: 1×4 times 2×4 does not exist.")
    expect(_check(widget)).to_contain_text("cannot be compared")
    for part in (".step-view", ".check-part", ".puzzle-part", ".graph-frame"):
        assert "forgotten" not in (widget.root.locator(part).text_content() or "")
    choice, verdict = (
        widget.root.get_by_label("The rule from"),
        widget.root.locator(".puzzle-verdict"),
    )
    here = _button(widget, "The fault is here")
    here.click()
    expect(verdict).to_have_text("Pick a rule first.")
    choice.select_option(label="ℓ back to z₂")
    here.click()
    expect(verdict).to_contain_text("Not there: the rule from ℓ to z₂ is right.")
    expect(verdict).to_contain_text("later on the way back")
    choice.select_option(label="a₁ back to z₁")
    here.click()
    expect(verdict).to_contain_text("never came so far")
    choice.select_option(label="z₂ back to a₁")
    here.click()
    expect(verdict).to_contain_text("Right. From z₂ to a₁, a forgotten transpose.")
    _button(widget, "Repair it").click()
    widget.expect_sentence("All 23 entries agree with central differences")


def test_a_fault_that_only_the_check_shows_is_found_and_shared(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("backpropagation")
    widget.choose("find-the-number")
    expect(_check(widget)).to_have_attribute("data-kind", "differs")
    expect(_check(widget)).to_contain_text("coming from the loss, the first is b₁ row 1.")
    expect(widget.root.locator("tr[data-verdict='differs'] td:last-child").first).to_have_text(
        "✗ differs"
    )
    _button(widget, "Another fault").click()
    widget.page.wait_for_url("**q.**")
    _button(widget, "Tell me").click()
    verdict = widget.root.locator(".puzzle-verdict")
    expect(verdict).not_to_be_empty()
    told = verdict.inner_text()
    again = mounted(open_page(widget.page.url), "backpropagation")
    _button(again, "Tell me").click()
    expect(again.root.locator(".puzzle-verdict")).to_have_text(told)
    _button(again, "Compare with NumPy").click()
    expect(again.root.locator(".numpy-words")).to_contain_text("finds the same")


def test_a_rule_is_derived_on_demand_and_a_refusal_can_be_tried_again(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    open_page.expect_error("503")
    widget = open_widget("backpropagation")
    refuse = [True]

    def answer(route: Route) -> None:
        if refuse[0]:
            route.fulfill(**problem("busy", "The server is busy.", status=503))
        else:
            route.continue_()

    widget.page.route("**/api/derivative?*", answer)
    _button(widget, "Next step").click()
    _button(widget, "Next step").click()
    part = widget.root.locator(".derivation-part")
    part.locator("summary").click()
    expect(part.locator(".widget-error")).to_contain_text("The server is busy.")
    refuse[0] = False
    part.get_by_role("button", name="Try again").click()
    expect(part.locator("ol.derivation > li")).to_have_count(3)
    expect(part).to_contain_text("In numerator layout, m×mn:")
    _button(widget, "Next step").click()
    expect(part).not_to_have_attribute("open", "")
    expect(part.locator("summary")).to_have_text("Derive this rule: W*x + b by x")
    part.locator("summary").click()
    expect(part).to_contain_text("In numerator layout, m×n:")


def test_on_a_phone_the_graph_scrolls_in_its_frame_and_a_finger_drags_a_weight(
    open_widget: OpenWidget,
) -> None:
    widget = open_widget("backpropagation", **PHONE)
    graph = widget.root.get_by_role("group", name="Computational graph")
    at_loss = graph.evaluate("frame => frame.scrollLeft")
    assert at_loss > 100
    _button(widget, "To the start").click()
    widget.expect_sentence("Step 0 of 13")
    widget.page.wait_for_function("() => document.querySelector('.graph-frame').scrollLeft < 20")
    field = widget.root.get_by_label("x row 1", exact=True)
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    finger_on(widget.page).swipe((box["x"] + 15, box["y"] + 12), 62, 0)
    expect(field).not_to_have_value("1")
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 360
