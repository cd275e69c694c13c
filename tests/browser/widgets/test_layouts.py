"""Shapes in both layouts: entries find their places, and factors their order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, mounted

LESSON = "/lessons/layout-conventions"
SILENT = "?layouts=1~m.b~u.2,2,2~p.W2ex'"


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("layouts")


@pytest.fixture
def factors(open_widget: OpenWidget) -> Widget:
    return open_widget("layouts", "?layouts=1~m.b")


def _block(widget: Widget, layout: str) -> Locator:
    return widget.root.locator(f".layout-block.of-{layout}")


def _press(widget: Widget, name: str) -> None:
    widget.root.get_by_role("button", name=name, exact=True).click()


def _choose(widget: Widget, which: str, kind: str) -> None:
    group = widget.root.get_by_role("group", name=f"Kind of the {which}")
    group.get_by_role("button", name=kind).click()


def test_the_marked_entry_stands_in_both_layouts(widget: Widget) -> None:
    widget.expect_sentence(
        "∂f₂/∂x₅ stands in row 2, column 5 in numerator layout "
        "and in row 5, column 2 in denominator layout."
    )
    other = _block(widget, "denominator").locator("[data-handle]")
    assert other.get_attribute("aria-valuetext") == "∂f₂/∂x₅, row 5, column 2"
    other.press("ArrowDown")
    widget.expect_sentence("∂f₂/∂x₆ stands in row 2, column 6 in numerator layout")
    assert widget.handle.get_attribute("aria-valuetext") == "∂f₂/∂x₆, row 2, column 6"


def test_blocks_are_drawn_to_one_scale(widget: Widget) -> None:
    boxes = {
        layout: _block(widget, layout).locator(".block-outline").bounding_box()
        for layout in ("numerator", "denominator")
    }
    numerator, denominator = boxes["numerator"], boxes["denominator"]
    assert numerator is not None
    assert denominator is not None
    assert numerator["width"] / 6 == pytest.approx(numerator["height"] / 4, abs=1)
    assert denominator["width"] == pytest.approx(numerator["height"], abs=2)
    assert denominator["height"] == pytest.approx(numerator["width"], abs=2)


@pytest.mark.parametrize(
    ("value", "variable", "numerator", "denominator"),
    [
        ("scalar", "scalar", "1 × 1", "1 × 1"),
        ("scalar", "vector", "1 × 6", "6 × 1"),
        ("scalar", "matrix", "3 × 2", "2 × 3"),
        ("vector", "scalar", "4 × 1", "1 × 4"),
        ("vector", "matrix", "4 × 6", "6 × 4"),
        ("matrix", "scalar", "2 × 3", "3 × 2"),
        ("matrix", "vector", "6 × 6", "6 × 6"),
        ("matrix", "matrix", "6 × 6", "6 × 6"),
    ],
)
def test_kinds_are_chosen_by_clicks(
    widget: Widget, value: str, variable: str, numerator: str, denominator: str
) -> None:
    _choose(widget, "value", value)
    _choose(widget, "variable", variable)
    expect(_block(widget, "numerator").locator(".block-size")).to_have_text(numerator)
    expect(_block(widget, "denominator").locator(".block-size")).to_have_text(denominator)


def test_sizes_are_typed_and_nonsense_changes_nothing(widget: Widget) -> None:
    field = widget.root.get_by_role("textbox", name="Rows of the value")
    field.fill("2")
    expect(_block(widget, "numerator").locator(".block-size")).to_have_text("2 × 6")
    for nonsense in ("7", "0", "1.5", "two", ""):
        field.fill(nonsense)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(_block(widget, "numerator").locator(".block-size")).to_have_text("2 × 6")
    field.blur()
    expect(field).to_have_value("2")


def test_an_entry_is_picked_by_number_and_in_the_value_itself(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="Marked entry of the variable: row").fill("3")
    widget.expect_sentence("∂f₂/∂x₃ stands")
    widget.root.locator(".shape-control").first.locator(".cell").nth(3).click()
    widget.expect_sentence("∂f₄/∂x₃ stands in row 4, column 3")


def test_an_entry_that_a_smaller_size_cuts_off_goes_to_the_edge(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="Rows of the variable").fill("3")
    widget.expect_sentence("∂f₂/∂x₃ stands in row 2, column 3")


def test_vec_stacks_the_columns(widget: Widget) -> None:
    widget.root.get_by_label("Example").select_option(label="Vector by matrix")
    widget.expect_sentence("∂f₂/∂X₂₂ stands in row 2, column 4 in numerator layout")
    widget.expect_sentence("vec stacks the columns of X")
    labels = _block(widget, "numerator").locator(".edge-label.of-column")
    assert labels.all_text_contents()[:3] == ["X₁₁", "X₂₁", "X₁₂"]


def test_the_numbered_entries_are_listed(widget: Widget) -> None:
    rows = widget.root.locator(".layouts-entries tbody tr")
    assert rows.nth(2).locator("th, td").all_text_contents() == ["2", "∂f₁/∂x₆", "(1, 6)", "(6, 1)"]


def test_the_readers_layout_stands_out_and_follows_the_switch(open_page: PageOpener) -> None:
    page = open_page(LESSON)
    widget = mounted(page, "layouts")
    yours = widget.root.get_by_text("your layout")
    assert [yours.nth(at).is_visible() for at in (0, 1)] == [True, False]
    colour = "element => getComputedStyle(element).borderTopColor"
    numerator, denominator = (_block(widget, name) for name in ("numerator", "denominator"))
    emphasised, plain = numerator.evaluate(colour), denominator.evaluate(colour)
    assert emphasised != plain
    page.locator("[data-layout-switch] button[value='denominator']").click()
    expect(yours.nth(0)).to_be_hidden()
    expect(yours.nth(1)).to_be_visible()
    expect(denominator).to_have_css("border-top-color", str(emphasised))


def test_nothing_is_asked_of_the_server(factors: Widget, open_page: PageOpener) -> None:
    asked = len(open_page.requests)
    _press(factors, "Transpose W₂")
    factors.expect_sentence("is no product")
    _press(factors, "Where entries stand")
    factors.expect_sentence("∂f₂/∂x₅")
    factors.root.get_by_label("Example").select_option(index=4)
    _choose(factors, "value", "matrix")
    assert open_page.requests[asked:] == []


def test_a_mismatch_is_named_in_words(factors: Widget) -> None:
    factors.expect_sentence("W₂ᵀ e xᵀ is the gradient")
    _press(factors, "Transpose W₂")
    factors.expect_sentence("W₂ has 4 columns, e has 2 rows; the two numbers must agree.")
    expect(factors.root.locator(".joint").first).to_have_text("4 ≠ 2")
    expect(factors.root.locator(".results")).to_be_hidden()


def test_factors_in_the_wrong_order_do_not_fit(factors: Widget) -> None:
    _press(factors, "Move e to the left")
    factors.expect_sentence("e W₂ᵀ xᵀ is no product: e is 2 × 1 and W₂ᵀ is 4 × 2.")
    expect(factors.root.get_by_role("button", name="Move e to the right")).to_be_focused()


def test_a_moved_factor_keeps_the_focus_and_comes_back(factors: Widget) -> None:
    before = factors.sentence
    button = factors.root.get_by_role("button", name="Move xᵀ to the left")
    button.focus()
    factors.page.keyboard.press("Enter")
    factors.expect_sentence("W₂ᵀ xᵀ e is no product")
    expect(factors.root.get_by_role("button", name="Move xᵀ to the left")).to_be_focused()
    _press(factors, "Move xᵀ to the right")
    factors.expect_sentence(before)


def test_the_order_of_the_other_layout_gives_the_transpose(factors: Widget) -> None:
    factors.root.get_by_label("Example").select_option(label="Backpropagation: the other layout")
    factors.expect_sentence("is 3 × 4, and W₁ is 4 × 3: it cannot be subtracted from W₁")
    factors.expect_sentence("the derivative in numerator layout")


def test_equal_sizes_keep_the_mistake_silent_until_the_numeric_check(
    open_widget: OpenWidget,
) -> None:
    widget = open_widget("layouts", SILENT)
    widget.expect_sentence("entry (1, 1) is −1, where central differences give 1.")
    widget.expect_sentence("takes the loss up from 1 to 1.25")
    assert widget.root.locator(".joint").all_text_contents() == ["2 = 2", "1 = 1"]
    assert widget.root.locator(".result .cell.is-wrong").count() == 4
    _press(widget, "Transpose W₂")
    widget.expect_sentence("agrees with central differences")
    widget.expect_sentence("takes the loss from 1 to 0.85")
    assert widget.root.locator(".result .cell.is-wrong").count() == 0


def test_the_number_of_units_brings_a_silent_mistake_to_light(open_widget: OpenWidget) -> None:
    widget = open_widget("layouts", SILENT)
    widget.root.get_by_role("textbox", name="Number of hidden units").fill("3")
    widget.expect_sentence("W₂ has 3 columns, e has 2 rows")


def test_both_widgets_of_the_lesson_keep_their_states_apart(open_page: PageOpener) -> None:
    page = open_page(f"{LESSON}?layouts2=1~p.W2'ex'")
    second = Widget(page, page.locator("[data-widget='layouts']").nth(1))
    second.root.scroll_into_view_if_needed()
    second.expect_sentence("W₂ᵀ e xᵀ is the gradient")
    mounted(page, "layouts").expect_sentence("∂f₂/∂x₅ stands")


@pytest.mark.parametrize(
    "query",
    [
        "?layouts=1~f.3,3~x.3,3~i.9~j.9",
        "?layouts=1~f.~x.6",
        "?layouts=1~m.b~u.5,5,5~p.W2'ex'",
        "?layouts=1~m.b~u.2,5,5~p.xe'W2",
    ],
)
def test_the_largest_blocks_fit_the_smallest_screen(open_widget: OpenWidget, query: str) -> None:
    widget = open_widget("layouts", query, viewport={"width": 320, "height": 700})
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
    handles = widget.root.locator("[data-handle]:visible")
    for at in range(handles.count()):
        box = handles.nth(at).bounding_box()
        assert box is not None
        assert box["width"] >= 24
        assert box["x"] + box["width"] <= 320


@pytest.mark.parametrize("query", ["?layouts=nonsense", "?layouts=1~f.9,9~m.z", "?layouts=7~m.b"])
def test_damaged_links_show_the_start(open_widget: OpenWidget, query: str) -> None:
    open_widget("layouts", query).expect_sentence("∂f₂/∂x₅ stands in row 2, column 5")
