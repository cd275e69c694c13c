"""Interactive rules: what a reader chooses, types, drags and is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from ruamel.yaml import YAML

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, mounted, problem
from tests.support.server import REPOSITORY

IDENTITIES = YAML(typ="safe").load(REPOSITORY / "content/presets/rules.yaml")
DOT_PRODUCT = "The derivative of w'*x with respect to x in numerator layout is a row of 3: "
WAYS = ["By the rule", "By central differences", "Entry by entry"]


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("rules")


def _entries(widget: Widget, way: str = "By the rule") -> list[str]:
    return widget.root.get_by_role("grid", name=way).locator("td").all_inner_texts()


def _example(widget: Widget) -> Locator:
    return widget.root.get_by_label("Example", exact=True)


def _expression(widget: Widget) -> Locator:
    return widget.root.get_by_label("f =", exact=True)


def _agreement(widget: Widget) -> Locator:
    return widget.root.locator(".agreement")


def _since(open_page: PageOpener, asked: int) -> list[str]:
    """What was asked of the server; the browser fetches the icon again as the address changes."""
    return [url for url in open_page.requests[asked:] if not url.endswith("icon.svg")]


def test_it_starts_with_the_dot_product_found_in_three_ways(widget: Widget) -> None:
    widget.expect_sentence(DOT_PRODUCT + "1.10, 1.80, −2.60. The three ways agree in all 3 entries")
    for way in WAYS:
        assert _entries(widget, way) == ["1.100", "1.800", "−2.600"]
    expect(widget.root).to_contain_text(
        "The gradient of a dot product wᵀx with respect to x is simply w."
    )


@pytest.mark.parametrize("rule", ["scalar", "vector", "chain"])
def test_every_rule_has_six_to_eight_identities(rule: str) -> None:
    own = [identity for identity in IDENTITIES if identity["rule"] == rule]
    assert 6 <= len(own) <= 8
    assert all(len(identity["look"].split()) >= 10 for identity in own)


def test_in_every_identity_the_three_ways_agree(widget: Widget) -> None:
    for identity in IDENTITIES:
        _example(widget).select_option(identity["id"])
        expect(_expression(widget)).to_have_value(identity["expr"])
        expect(widget.root).not_to_have_attribute("aria-busy", "true")
        expect(_agreement(widget)).to_have_attribute("data-kind", "agree")
        assert _entries(widget) == _entries(widget, WAYS[2])


def test_a_rule_brings_its_first_identity(widget: Widget) -> None:
    widget.root.get_by_role("button", name="Vector by vector").click()
    expect(_example(widget)).to_have_value("linear-map")
    widget.expect_sentence("The derivative of A*x with respect to x")
    pressed = widget.root.locator("[aria-pressed='true']")
    expect(pressed).to_have_text("Vector by vector")


def test_numbers_change_the_derivative_at_once_and_ask_nobody(
    widget: Widget, open_page: PageOpener
) -> None:
    asked = len(open_page.requests)
    widget.root.get_by_label("w row 2").fill("-0,5")
    widget.expect_sentence(DOT_PRODUCT + "1.10, −0.50, −2.60.")
    widget.root.get_by_label("w row 2").press("ArrowUp")
    widget.expect_sentence("1.10, −0.40, −2.60.")
    widget.root.get_by_label("x row 1").fill("7")
    for way in WAYS:
        assert _entries(widget, way) == ["1.100", "−0.400", "−2.600"]
    widget.root.get_by_role("button", name="New numbers").click()
    expect(_agreement(widget)).to_have_attribute("data-kind", "agree")
    assert _since(open_page, asked) == []


def test_a_number_is_dragged_sideways(widget: Widget, open_page: PageOpener) -> None:
    asked = len(open_page.requests)
    field = widget.root.get_by_label("w row 1")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    widget.page.mouse.move(box["x"] + 20, box["y"] + 15)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 80, box["y"] + 15, steps=10)
    expect(field).to_have_value("2.1")
    widget.page.mouse.up()
    widget.expect_sentence(DOT_PRODUCT + "2.10, 1.80, −2.60.")
    assert _since(open_page, asked) == []


def test_escape_takes_a_drag_back_and_a_click_still_types(widget: Widget) -> None:
    field = widget.root.get_by_label("w row 1")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    widget.page.mouse.move(box["x"] + 20, box["y"] + 15)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] - 40, box["y"] + 15, steps=5)
    expect(field).not_to_have_value("1.1")
    widget.page.keyboard.press("Escape")
    expect(field).to_have_value("1.1")
    widget.page.mouse.up()
    field.click()
    expect(field).to_be_focused()
    field.press("ControlOrMeta+a")
    field.press_sequentially("0.25")
    widget.expect_sentence(DOT_PRODUCT + "0.25, 1.80, −2.60.")


def test_a_finger_drags_a_number_and_not_the_page(open_widget: OpenWidget) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    widget = open_widget("rules", **phone)
    field = widget.root.get_by_label("w row 3")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    before = widget.page.evaluate("scrollY")
    finger_on(widget.page).swipe((box["x"] + 20, box["y"] + 15), 62, 0)
    expect(field).not_to_have_value("−2.6")
    assert widget.page.evaluate("scrollY") == before


def test_the_layout_follows_the_switch_without_a_request(open_page: PageOpener) -> None:
    page = open_page("/lessons/rules")
    widget = mounted(page, "rules")
    _example(widget).select_option("linear-map")
    widget.expect_sentence("numerator layout is a 3×2 matrix")
    row = _entries(widget)
    asked = len(open_page.requests)
    page.locator("[data-layout-switch]").get_by_role("button", name="Denominator").click()
    widget.expect_sentence("denominator layout is a 2×3 matrix")
    column = _entries(widget)
    assert column == [row[0], row[2], row[4], row[1], row[3], row[5]]
    assert _since(open_page, asked) == []


def test_a_link_may_ask_for_the_denominator_layout(open_page: PageOpener) -> None:
    page = open_page("/lessons/rules?layout=denominator")
    mounted(page, "rules").expect_sentence("in denominator layout is a column of 3")


def test_one_entry_is_shown_in_all_its_digits(widget: Widget) -> None:
    close_up = widget.root.get_by_role("group", name="One partial derivative in all its digits")
    expect(close_up).to_contain_text("∂f/∂x₁, in row 1, column 1")
    grid = widget.root.get_by_role("grid", name="Entry by entry")
    grid.locator("td").nth(2).click()
    expect(close_up).to_contain_text("∂f/∂x₃, in row 1, column 3")
    expect(close_up).to_contain_text("−2.60000000000")
    expect(close_up).to_contain_text("Central difference with h = 1.0×10⁻⁵")
    grid.focus()
    widget.page.keyboard.press("ArrowLeft")
    expect(close_up).to_contain_text("∂f/∂x₂")
    expect(widget.root.locator("td[aria-selected='true']")).to_have_count(3)


def test_a_kink_is_told(widget: Widget) -> None:
    _example(widget).select_option("length")
    expect(_expression(widget)).to_have_value("norm2(x)")
    expect(widget.root.get_by_label("x row 1")).to_be_visible()
    expect(widget.root).to_contain_text("norm2 is not differentiable where x is 0.")
    for row in (1, 2, 3):
        widget.root.get_by_label(f"x row {row}").fill("0")
    expect(_agreement(widget)).to_contain_text("undefined at these numbers")
    widget.expect_sentence("undefined at these numbers")


def test_a_symmetric_matrix_stays_symmetric(widget: Widget) -> None:
    _example(widget).select_option("symmetric-form")
    widget.root.get_by_label("S row 1 column 3").fill("1.7")
    expect(widget.root.get_by_label("S row 3 column 1")).to_have_value("1.7")
    expect(_agreement(widget)).to_have_attribute("data-kind", "agree")


def test_an_expression_of_ones_own(widget: Widget) -> None:
    _expression(widget).fill("exp(w'*x)*x")
    widget.expect_sentence("The derivative of exp(w'*x)*x with respect to x")
    expect(widget.root.locator(".expression-reading math").first).to_be_visible()
    widget.root.get_by_label("differentiated by").select_option("w")
    widget.expect_sentence("with respect to w")
    expect(_agreement(widget)).to_have_attribute("data-kind", "agree")
    widget.root.get_by_label("Shapes and properties of the names").fill("x: 2")
    widget.expect_sentence("is a 2×2 matrix")


def test_declarations_of_an_identity_give_way_to_another_expression(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    _example(widget).select_option("scalar-times-vector")
    expect(_expression(widget)).to_have_value("(a'*x)*x")
    _expression(widget).fill("a*x + x*sin(a)")
    widget.expect_sentence("The derivative of a*x + ")
    expect(widget.root.get_by_label("Shapes and properties of the names")).to_have_value("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("w'*(x", "never closed"),
        ("w'*y + sinn(x)", "sinn"),
        ("x*x", "x"),
        ("kron(kron(A,X),X)", "too many entries"),
    ],
)
def test_a_mistake_is_shown_in_place_and_the_last_good_result_stays(
    widget: Widget, open_page: PageOpener, text: str, message: str
) -> None:
    open_page.expect_error("400")
    open_page.expect_error("413")
    _expression(widget).fill(text)
    complaint = widget.root.locator(".expression-problem").first
    expect(complaint).to_contain_text(message)
    expect(_expression(widget)).to_have_value(text)
    expect(_expression(widget)).to_have_attribute("aria-invalid", "true")
    assert _entries(widget) == ["1.100", "1.800", "−2.600"]
    _expression(widget).fill("w'*x")
    expect(complaint).to_be_empty()


def test_a_mistake_in_the_declarations_is_shown_there(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    widget.root.get_by_label("Shapes and properties of the names").fill("x: n symetric")
    complaint = widget.root.locator(".expression-problem").nth(1)
    expect(complaint).to_contain_text("symetric")
    expect(widget.root.locator(".expression-problem").first).to_be_empty()


def test_what_may_pass_can_be_tried_again(widget: Widget, open_page: PageOpener) -> None:
    open_page.expect_error("503")
    answers: list[Callable[[Route], None]] = [
        lambda route: route.fulfill(**problem("busy", "The server is busy.", status=503)),
        lambda route: route.continue_(),
    ]
    widget.page.route("**/api/derivative/numbers?**", lambda route: answers.pop(0)(route))
    _example(widget).select_option("softmax")
    retry = widget.root.get_by_role("button", name="Try again")
    retry.click()
    widget.expect_sentence("The derivative of exp(x)/sum(exp(x))")


def test_a_link_brings_expression_numbers_and_entry(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("rules")
    _expression(widget).fill("x'*S*x")
    widget.root.get_by_label("Shapes and properties of the names").fill("S: n,n symmetric")
    widget.expect_sentence("x'*S*x")
    widget.root.get_by_label("x row 2").fill("0.5")
    widget.root.get_by_role("grid", name="By the rule").locator("td").nth(1).click()
    widget.page.wait_for_url(re.compile(r"c\.1,2"))
    after = widget.sentence
    again = mounted(open_page(widget.page.url[len(open_page.base_url) :]), "rules")
    again.expect_sentence(after)
    expect(again.root.get_by_label("x row 2")).to_have_value("0.5")
    expect(again.root).to_contain_text("∂f/∂x₂, in row 1, column 2")


def test_a_link_with_a_mistake_keeps_the_text_and_shows_the_start(open_page: PageOpener) -> None:
    open_page.expect_error("400")
    page: Page = open_page("/embed/rules?rules=1~e.w'*")
    widget = mounted(page, "rules")
    expect(_expression(widget)).to_have_value("w'*")
    expect(widget.root.locator(".expression-problem").first).not_to_be_empty()
    assert _entries(widget) == ["1.100", "1.800", "−2.600"]


def test_a_large_derivative_scrolls_in_its_own_frame(open_page: PageOpener) -> None:
    page = open_page("/embed/rules?rules=1~e.A*X~w.X", viewport={"width": 320, "height": 700})
    widget = mounted(page, "rules")
    widget.expect_sentence("The derivative of A*X with respect to X")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
