"""The chain rule in motion: blocks are multiplied, swapped and resized, and costs are told."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, mounted, problem

LESSON = "/lessons/matrix-chain-rule"
PHONE = {"viewport": {"width": 320, "height": 740}, "has_touch": True, "is_mobile": True}


def _press(widget: Widget, name: str) -> None:
    widget.root.get_by_role("button", name=name, exact=True).click()


def _size(widget: Widget, origin: str) -> Locator:
    return widget.root.get_by_role("textbox", name=f"Size of {origin}", exact=True)


def _slider(widget: Widget, origin: str) -> Locator:
    return widget.root.get_by_role("slider", name=f"Size of {origin}, slider", exact=True)


def _blocks(widget: Widget) -> Locator:
    return widget.root.locator(".chain-block:visible .block-caption")


def _costs(widget: Widget) -> Locator:
    return widget.root.locator(".chain-costs .order-cost")


def test_the_product_is_multiplied_step_by_step_from_either_side(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("chain-rule")
    asked = len(open_page.requests)
    expect(_blocks(widget)).to_have_text(["Jf 300×400", "Jg 400×500", "Jh 500×300"])
    expect(_costs(widget)).to_have_text(["105,000,000", "96,000,000", "96,000,000"])
    _press(widget, "Reverse mode: next from the left")
    expect(_blocks(widget)).to_have_text(["Jf Jg 300×500", "Jh 500×300"])
    widget.expect_sentence("J_f J_g is 300×500 and took 60,000,000 multiplications")
    _press(widget, "Reverse mode: next from the left")
    expect(_blocks(widget)).to_have_text(["Jf Jg Jh 300×300"])
    widget.expect_sentence("Done: (J_f J_g) J_h, reverse mode, took 105,000,000 multiplications")
    steps = widget.root.locator(".chain-steps .step-shapes")
    expect(steps).to_have_text(["(300×400)(400×500) → 300×500", "(300×500)(500×300) → 300×300"])
    _press(widget, "Undo")
    expect(_blocks(widget)).to_have_count(2)
    _press(widget, "Start over")
    first = widget.root.get_by_role(
        "button", name="Multiply: 60,000,000 for J_g and J_h", exact=True
    )
    first.focus()
    widget.page.keyboard.press("Enter")
    expect(_blocks(widget)).to_have_text(["Jf 300×400", "Jg Jh 400×300"])
    second = widget.root.get_by_role("button", name="Multiply: 36,000,000 for J_f and J_g J_h")
    expect(second).to_be_focused()
    widget.page.keyboard.press("Enter")
    widget.expect_sentence("forward mode, took 96,000,000 multiplications; no order needs fewer.")
    expect(widget.root.get_by_role("button", name="Undo")).to_be_focused()
    assert open_page.requests[asked:] == []


def test_sizes_are_set_exactly_and_the_border_is_found(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule")
    outputs, slider = _size(widget, "y = f(v)"), _slider(widget, "y = f(v)")
    for nonsense in ("0", "1001", "2.5", "many", ""):
        outputs.fill(nonsense)
        expect(outputs).to_have_attribute("aria-invalid", "true")
    outputs.fill("262")
    widget.expect_sentence("Forward mode needs 91,440,000 multiplications, reverse mode 91,700,000")
    slider.press("ArrowDown")
    expect(widget.root.locator(".task-found")).to_have_text(re.compile("^Almost"))
    slider.press("ArrowLeft")
    widget.expect_sentence("Forward mode needs 91,200,000 multiplications, reverse mode 91,000,000")
    expect(widget.root.locator(".task-found")).to_have_text(re.compile("^Found: 260 is"))
    expect(widget.root.locator(".chain-costs tr.wins .order-name")).to_have_text("Reverse mode")
    expect(widget.root.locator(".task-hint")).to_be_hidden()
    _press(widget, "Hint")
    expect(widget.root.locator(".task-hint")).to_contain_text("cross at 260.87")
    chart = widget.root.get_by_role("img", name=re.compile("forward mode cross at 260.9"))
    expect(chart.locator(".chart-dot")).to_have_count(2)
    for key, value in (
        ("Shift+ArrowRight", "270"),
        ("PageDown", "260"),
        ("End", "1000"),
        ("Home", "1"),
    ):
        slider.press(key)
        expect(outputs).to_have_value(value)
    expect(_blocks(widget).first).to_have_text("Jf 1×400")


def test_factors_in_the_wrong_order_are_named(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule", "?chain-rule=1~n.3,3,4,5~r.10")
    _press(widget, "Swap J_f and J_g")
    widget.expect_sentence(
        "J_g J_f J_h is no product: a 4×3 times a 5×4, the inner dimensions 3 and 5 differ."
    )
    expect(widget.root.locator(".chain-joints .is-broken")).to_have_count(2)
    multiply = widget.root.get_by_role("button", name="Multiply J_g and J_f", exact=True)
    expect(multiply).to_have_attribute("aria-disabled", "true")
    _press(widget, "Swap J_g and J_f")
    widget.expect_sentence("forward mode wins")
    widget.root.get_by_label("Example").select_option(label="Equal sizes everywhere")
    _press(widget, "Swap J_g and J_h")
    widget.expect_sentence("J_f J_h J_g fits, and is wrong: the shapes keep silent here")
    _press(widget, "Start over")
    widget.expect_sentence("they cost the same")


def test_links_are_added_and_removed_and_all_orders_listed(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule")
    _press(widget, "Add a link")
    expect(widget.root.locator(".chain-sizes legend")).to_have_text("y = f(g(h(k(x))))")
    expect(widget.root.locator(".chain-every summary")).to_have_text("All 5 orders")
    _press(widget, "Add a link")
    _press(widget, "Add a link")
    expect(widget.root.get_by_role("button", name="Add a link")).to_have_attribute(
        "aria-disabled", "true"
    )
    widget.root.locator(".chain-every summary").click()
    expect(widget.root.locator(".chain-every tbody tr")).to_have_count(42)
    widget.root.get_by_label("Example").select_option(label="A chain of six")
    expect(widget.root.locator(".chain-every tbody td").first).to_have_text("15,125")
    for left in range(5, 0, -1):
        _press(widget, "Best order: next")
        expect(_blocks(widget)).to_have_count(left)
    widget.expect_sentence("a mixed order, took 15,125 multiplications; no order needs fewer.")
    for _ in range(4):
        _press(widget, "Remove a link")
    widget.expect_sentence("Two factors make one product")


def test_the_layout_transposes_the_blocks_and_turns_the_order(open_page: PageOpener) -> None:
    page = open_page(LESSON)
    widget = mounted(page, "chain-rule")
    _press(widget, "Reverse mode: next from the left")
    expect(_blocks(widget)).to_have_text(["Jf Jg 300×500", "Jh 500×300"])
    page.locator("[data-layout-switch] button[value='denominator']").click()
    expect(_blocks(widget)).to_have_text(["Jh⊤ 300×500", "Jg⊤ Jf⊤ 500×300"])
    widget.expect_sentence("J_gᵀ J_fᵀ is 500×300 and took 60,000,000 multiplications")
    _press(widget, "Reverse mode: next from the right")
    widget.expect_sentence("Done: J_hᵀ (J_gᵀ J_fᵀ), reverse mode, took 105,000,000")


def test_a_corner_is_dragged_and_its_neighbour_follows(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule")
    middle = widget.root.locator("[data-handle]:visible").nth(1)
    expect(middle).to_have_attribute("aria-valuetext", "400 rows, 500 columns")
    middle.press("ArrowUp")
    middle.press("Shift+ArrowRight")
    expect(middle).to_have_attribute("aria-valuetext", "399 rows, 510 columns")
    expect(_blocks(widget)).to_have_text(["Jf 300×399", "Jg 399×510", "Jh 510×300"])
    box = middle.bounding_box()
    assert box is not None
    widget.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] - 70, box["y"] - 70, steps=6)
    expect(_size(widget, "v = g(u)")).not_to_have_value("399")
    widget.page.keyboard.press("Escape")
    widget.page.mouse.up()
    expect(middle).to_have_attribute("aria-valuetext", "399 rows, 510 columns")
    middle.press("Home")
    expect(middle).to_have_attribute("aria-valuetext", "400 rows, 500 columns")


def test_the_longest_chain_fits_the_smallest_screen_and_a_finger(open_widget: OpenWidget) -> None:
    query = "?chain-rule=1~n.1000,1,1000,1000,1,1000,1000"
    widget = open_widget("chain-rule", query, **PHONE)
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(_blocks(widget)).to_have_count(6)
    handle = widget.root.locator("[data-handle]:visible").nth(5)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
    before = handle.get_attribute("aria-valuetext") or ""
    finger_on(widget.page).swipe((box["x"] + 14, box["y"] + 14), -25, -25)
    expect(handle).not_to_have_attribute("aria-valuetext", before)


def test_edges_of_blocks_stand_out_in_both_themes(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule")
    grounds = set()
    for scheme in ("light", "dark"):
        widget.page.emulate_media(color_scheme=scheme)
        for edge, ground in widget.root.locator(".chain-rectangle").evaluate_all(
            """blocks => blocks.map((block) => [
                getComputedStyle(block).borderTopColor,
                getComputedStyle(block.parentElement).backgroundColor,
            ])"""
        ):
            assert _contrast(edge, ground) >= 3
            grounds.add(ground)
    assert len(grounds) == 2


def test_a_composition_with_numbers_agrees_both_ways_and_with_differences(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("chain-rule", "?chain-rule=1~m.n")
    widget.expect_sentence(
        "(J_f J_g) J_h and J_f (J_g J_h) give the very same matrix; central differences agree"
    )
    expect(widget.root.locator(".chain-values")).to_contain_text("u = (2, 3, 1)")
    matrices = widget.root.locator(".chain-matrix")
    expect(matrices).to_have_count(6)
    expect(matrices.nth(3).locator("td")).to_have_text(["96", "57"])
    asked = len(open_page.requests)
    widget.root.get_by_role("textbox", name="x1 of the point").fill("2")
    expect(matrices.nth(3).locator("td")).to_have_text(["390", "378"])
    assert open_page.requests[asked:] == []
    open_page.expect_error("status of 400")
    outer = widget.root.get_by_label("f(v) =")
    outer.fill("v1 v3")
    refusal = widget.root.locator(".problem-message")
    expect(refusal).to_contain_text("v3")
    expect(matrices.nth(3).locator("td")).to_have_text(["390", "378"])
    outer.fill("v1 v2")
    expect(refusal).to_have_count(0)
    widget.expect_sentence("central differences agree")
    widget.root.get_by_label("h(x) =").fill("[x1 x3, x2, x1]")
    expect(widget.root.locator(".chain-values")).to_contain_text("x = (2, 2, 1)")
    expect(matrices.nth(2).locator("tr")).to_have_count(3)
    expect(matrices.nth(2).locator("td")).to_have_count(9)
    _press(widget, "Sizes and costs")
    widget.expect_sentence("forward mode wins")


def test_a_busy_server_is_told_and_asked_again(
    open_page: PageOpener, open_widget: OpenWidget
) -> None:
    widget = open_widget("chain-rule")
    open_page.expect_error("status of 503")
    pattern = re.compile(r"/api/jacobian")
    widget.page.route(
        pattern, lambda route: route.fulfill(**problem("busy", "The server is busy.", status=503))
    )
    _press(widget, "With numbers")
    expect(widget.root.locator(".problem-message")).to_have_text("The server is busy.")
    widget.page.unroute(pattern)
    _press(widget, "Try again")
    widget.expect_sentence("give the very same matrix")


def test_a_damaged_link_shows_the_start(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule", "?chain-rule=1~n.0,5~p.zz~s.9,9~m.x")
    widget.expect_sentence("Forward mode needs 96,000,000")


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of ``rgb(r, g, b)`` as the Web Content Accessibility Guidelines say."""
    parts = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
