"""The Jacobian as linearization: what a reader sees, types and is told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, mounted, problem

COMPLEX_SQUARE = "At x = 1.00, y = 1.00 the Jacobian has the rows (2.00, −2.00) and (2.00, 2.00)."


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("jacobian")


def test_it_starts_at_one_one_with_the_complex_square(widget: Widget) -> None:
    widget.expect_sentence(COMPLEX_SQUARE + " Its determinant is 8.00.")
    table = widget.root.get_by_role("table", name="Jacobian matrix at the point")
    assert table.locator("td").all_inner_texts() == ["2.00", "−2.00", "2.00", "2.00"]
    expect(widget.root).to_contain_text("how the output changes when x moves")
    expect(widget.root).to_contain_text("how the output changes when y moves")
    assert widget.root.locator(".symbolic mtd").count() == 4


def test_the_numbers_follow_the_point(widget: Widget) -> None:
    x, y = widget.root.get_by_label("x of the point"), widget.root.get_by_label("y of the point")
    x.fill("-0.5")
    y.fill("0,25")
    widget.expect_sentence("At x = −0.50, y = 0.25")
    # 2(x, −y; y, x) at this point
    table = widget.root.get_by_role("table", name="Jacobian matrix at the point")
    assert table.locator("td").all_inner_texts() == ["−1.00", "−0.50", "0.50", "−1.00"]
    expect(widget.root).to_contain_text("Small areas are multiplied by 1.25; orientation is kept.")


def test_a_text_that_is_no_number_is_marked_and_the_point_stays(widget: Widget) -> None:
    field = widget.root.get_by_label("x of the point")
    field.fill("1.2.3")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.blur()
    expect(field).to_have_value("1")
    assert widget.sentence.startswith("At x = 1.00")


def test_the_error_shrinks_faster_than_the_square(widget: Widget) -> None:
    cells = widget.root.locator(".error-table td").all_inner_texts()
    # The error of the complex square is that of its corner: 2h².
    assert cells == [
        "0.500",
        "0.500",
        "1.000",
        "0.250",
        "0.125",
        "0.500",
        "0.125",
        "0.031",
        "0.250",
    ]
    widget.root.get_by_label("Half side h").fill("-2")
    expect(widget.root.locator(".error-table td").first).to_have_text("0.250")
    expect(widget.root).to_contain_text("4.0 times smaller error")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Rotation and scaling", "Its determinant is 2.25."),
        ("Shear", "Its determinant is 1.00."),
        ("Polar coordinates", "At r = 1.50, θ = 0.75"),
        ("Swirl", "Its determinant is 1.00."),
        ("Fold", "Its determinant is 1.50."),
        ("A linear map", "orientation is reversed, as in a mirror."),
    ],
)
def test_examples_show_what_they_promise(widget: Widget, title: str, words: str) -> None:
    widget.root.get_by_label("Example").select_option(label=title)
    widget.expect_sentence(words)
    assert len(widget.root.locator(".preset-look").inner_text().split()) > 8


def test_a_linear_map_is_its_own_approximation(widget: Widget) -> None:
    widget.root.get_by_label("Example").select_option(label="A linear map")
    expect(widget.root).to_contain_text("here the linear approximation is exact")


def test_on_the_fold_the_square_is_flattened(widget: Widget) -> None:
    legend = widget.root.get_by_text("det J = 0")
    expect(legend).to_be_hidden()
    widget.root.get_by_label("Example").select_option(label="Fold")
    expect(legend).to_be_visible()
    widget.root.get_by_label("x of the point").fill("0")
    widget.expect_sentence("The Jacobian is singular (rank 1)")


def test_an_own_function_is_read_back_and_shown(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("[exp(x), x*y]")
    widget.expect_sentence("the rows (2.72, 0.00) and (1.00, 1.00)")
    assert widget.root.locator(".expression-reading mtd").count() == 2
    expect(widget.root.get_by_label("Example")).to_have_value("")


def test_own_variables_of_an_example_give_way_to_x_and_y(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    widget.root.get_by_label("Example").select_option(label="Polar coordinates")
    widget.expect_sentence("At r = 1.50")
    widget.root.get_by_role("textbox", name="f(r, θ) =").fill("[x + y, x*y]")
    widget.expect_sentence("At x = 1.50, y = 0.75")


def test_a_mistake_is_shown_in_place_and_the_last_good_picture_stays(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    before, drawing = widget.sentence, _drawing(widget)
    field = widget.root.get_by_role("textbox", name="f(x, y) =")
    field.fill("[x^2 - zz, 2 x y]")
    shown = widget.root.locator(".expression-problem")
    expect(shown).to_contain_text("zz")
    line, carets = (shown.locator("pre").text_content() or "").split("\n")
    assert line[carets.index("^") : carets.rindex("^") + 1] == "zz"
    expect(field).to_have_value("[x^2 - zz, 2 x y]")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert (widget.sentence, _drawing(widget)) == (before, drawing)
    field.fill("[x^2 - y, 2 x y]")
    expect(shown).to_be_empty()
    widget.expect_sentence("the rows (2.00, −1.00)")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("x^2 + y^2", "one entry; the two planes need exactly two"),
        ("[x, y, x*y]", "3 entries; the two planes need exactly two"),
    ],
)
def test_a_function_of_another_shape_is_refused_with_a_hint(
    widget: Widget, typed: str, words: str
) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill(typed)
    shown = widget.root.locator(".expression-problem")
    expect(shown).to_contain_text(words)
    expect(shown).to_contain_text("Give two entries in brackets")


def test_what_leaves_the_domain_is_said(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("[log(x), y]")
    widget.expect_sentence("the rows (1.00, 0.00) and (0.00, 1.00)")
    widget.root.get_by_label("x of the point").fill("-1")
    widget.expect_sentence("the function has no derivative here")
    assert widget.root.locator("path[d*='NaN'], circle[cx='NaN']").count() == 0


def test_at_a_kink_no_approximation_is_claimed(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("[|x|, y]")
    widget.expect_sentence("the rows (1.00, 0.00) and (0.00, 1.00)")
    widget.root.get_by_label("x of the point").fill("0")
    widget.expect_sentence("not differentiable at this point, and no linear map approximates it")


def test_an_answer_that_comes_too_late_is_dropped(widget: Widget) -> None:
    field = widget.root.get_by_role("textbox", name="f(x, y) =")
    held: list[Route] = []
    widget.page.route(re.compile(r"/api/jacobian\?f=%5B7"), lambda route: held.append(route))
    with widget.page.expect_request(re.compile(r"f=%5B7")):
        field.fill("[7 x, y]")
    field.fill("[3 x, y]")
    widget.expect_sentence("the rows (3.00, 0.00)")
    held[0].continue_()
    widget.page.wait_for_timeout(500)
    assert "(3.00, 0.00)" in widget.sentence
    expect(field).to_have_value("[3 x, y]")
    expect(widget.root.locator(".expression-problem")).to_be_empty()


def test_a_server_that_is_away_can_be_asked_again(widget: Widget, open_page: PageOpener) -> None:
    open_page.expect_error("ERR_FAILED")
    pattern = re.compile(r"/api/jacobian")
    widget.page.route(pattern, lambda route: route.abort())
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("[3 x, y]")
    again = widget.root.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    widget.page.unroute(pattern)
    again.click()
    widget.expect_sentence("the rows (3.00, 0.00)")
    expect(again).to_be_hidden()


def test_a_busy_server_at_the_start_is_told_in_place(open_page: PageOpener) -> None:
    open_page.expect_error("503")
    page = open_page("/")
    page.route(
        re.compile(r"/api/jacobian"),
        lambda route: route.fulfill(**problem("busy", "Too many questions.", status=503)),
    )
    page.goto("/embed/jacobian")
    root = page.locator("[data-widget='jacobian']")
    expect(root.locator(".expression-problem")).to_contain_text("Too many questions.")
    page.unroute_all()
    root.get_by_role("button", name="Try again").click()
    mounted(page, "jacobian").expect_sentence(COMPLEX_SQUARE)


def test_while_the_function_is_on_its_way_the_widget_says_so(open_page: PageOpener) -> None:
    page = open_page("/")
    held: list[Route] = []
    page.route(re.compile(r"/api/jacobian"), lambda route: held.append(route))
    page.goto("/embed/jacobian")
    root = page.locator("[data-widget='jacobian']")
    expect(root).to_have_attribute("aria-busy", "true")
    expect(root).to_contain_text("Loading the function …")
    held[0].continue_()
    mounted(page, "jacobian").expect_sentence(COMPLEX_SQUARE)
    expect(root).not_to_contain_text("Loading")


def test_old_links_keep_working(open_widget: OpenWidget) -> None:
    query = "?jacobian=1~x.0.75~y.-1.5~h.0.25~i.0,0,3~o.1,-2,4~v.u,v~f.[u%5E2,%20u*v]"
    widget = open_widget("jacobian", query)
    widget.expect_sentence("At u = 0.75, v = −1.50 the Jacobian has the rows (1.50, 0.00)")
    expect(widget.root.get_by_role("textbox", name="f(u, v) =")).to_have_value("[u^2, u*v]")
    expect(widget.root.locator(".error-table td").first).to_have_text("0.250")


def test_a_jump_within_the_page_leaves_what_was_typed(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    field = widget.root.get_by_role("textbox", name="f(x, y) =")
    field.fill("[x +")
    expect(widget.root.locator(".expression-problem")).not_to_be_empty()
    widget.page.evaluate("location.hash = 'elsewhere'")
    widget.page.wait_for_timeout(300)
    expect(field).to_have_value("[x +")


def test_an_address_typed_by_the_reader_is_followed(widget: Widget) -> None:
    widget.root.get_by_label("x of the point").fill("2")
    widget.page.wait_for_url(re.compile(r"x\.2~"))
    widget.page.evaluate("history.pushState(null, '', '?jacobian=1~x.-1~y.1')")
    widget.page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    widget.expect_sentence("At x = −1.00, y = 1.00")


@pytest.mark.parametrize(
    "query", ["?jacobian=nonsense", "?jacobian=1~x.%00~h.0", "?jacobian=77~x.2"]
)
def test_damaged_links_and_links_from_the_future_show_the_start(
    open_widget: OpenWidget, query: str
) -> None:
    open_widget("jacobian", query).expect_sentence(COMPLEX_SQUARE)


def test_a_link_with_a_broken_function_says_so_and_shows_the_start(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    open_page.expect_error("400")
    widget = open_widget("jacobian", "?jacobian=1~f.[x%2B,y]")
    widget.expect_sentence(COMPLEX_SQUARE)
    expect(widget.root.get_by_role("textbox", name="f(x, y) =")).to_have_value("[x+,y]")
    expect(widget.root.locator(".expression-problem")).not_to_be_empty()


def test_planes_are_panned_and_zoomed_by_hand_wheel_keys_and_buttons(widget: Widget) -> None:
    stage = widget.root.locator(".plane-stage").nth(1)
    drawing = _drawing(widget)
    box = stage.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    widget.page.mouse.move(x, y)
    widget.page.mouse.down()
    widget.page.mouse.move(x + 30, y + 30, steps=4)
    widget.page.mouse.up()
    drawing = _expect_redrawn(widget, drawing)
    widget.page.keyboard.down("Control")
    widget.page.mouse.wheel(0, -120)
    widget.page.keyboard.up("Control")
    drawing = _expect_redrawn(widget, drawing)
    stage.press("ArrowLeft")
    drawing = _expect_redrawn(widget, drawing)
    stage.press("+")
    drawing = _expect_redrawn(widget, drawing)
    widget.root.get_by_role("button", name="Zoom out: output plane").click()
    _expect_redrawn(widget, drawing)
    assert COMPLEX_SQUARE in widget.sentence, "moving a view does not move the point"
    widget.page.wait_for_url(re.compile(r"jacobian=1~o\."))
    widget.root.get_by_role("button", name="Reset the view: output plane").click()
    widget.page.wait_for_url(re.compile(r"^[^?]*$"))


def test_the_wheel_scrolls_the_page_unless_it_is_asked_to_zoom(widget: Widget) -> None:
    drawing = _drawing(widget)
    widget.root.locator(".plane-stage").first.hover(position={"x": 30, "y": 30})
    widget.page.mouse.wheel(0, 120)
    widget.page.wait_for_function("() => scrollY > 50")
    assert _drawing(widget) == drawing


def test_two_fingers_zoom(open_widget: OpenWidget) -> None:
    widget = open_widget(
        "jacobian", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    drawing = _drawing(widget)
    stage = widget.root.locator(".plane-stage").first
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    session = widget.page.context.new_cdp_session(widget.page)

    def touch(kind: str, *offsets: float) -> None:
        middle = (box["x"] + 100, box["y"] + 60) if box else (0, 0)
        points = [{"x": middle[0] + d, "y": middle[1], "id": i} for i, d in enumerate(offsets)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -20, 20)
    for spread in (30, 40, 60):
        touch("touchMove", -spread, spread)
    touch("touchEnd")
    _expect_redrawn(widget, drawing)


def test_home_and_escape_bring_the_point_back(widget: Widget) -> None:
    widget.handle.press("Shift+ArrowUp")
    widget.expect_sentence("y = 1.50")
    widget.handle.press("Home")
    widget.expect_sentence("y = 1.00")
    x, y = widget.handle_centre()
    widget.page.mouse.move(x, y)
    widget.page.mouse.down()
    widget.page.mouse.move(x + 50, y + 50, steps=5)
    widget.page.keyboard.press("Escape")
    widget.page.mouse.move(x + 70, y + 70)
    widget.page.mouse.up()
    widget.expect_handle_at((x, y), within=1)


def test_the_image_of_the_point_never_leaves_the_picture(widget: Widget) -> None:
    widget.root.get_by_label("x of the point").fill("40")
    widget.expect_sentence("x = 40.00")
    for stage, selector in ((0, "[data-handle]"), (1, ".image-point circle")):
        frame = widget.root.locator(".plane-stage").nth(stage).bounding_box()
        dot = widget.root.locator(selector).first.bounding_box()
        assert frame is not None
        assert dot is not None
        middle = dot["x"] + dot["width"] / 2
        assert frame["x"] <= middle <= frame["x"] + frame["width"]


def test_two_widgets_in_a_page_keep_their_states_apart(page: Page) -> None:
    name = page.evaluate(
        """async () => {
            const { parameterFor } = await import("/static/services/address.js");
            const make = () => document.body.appendChild(document.createElement("figure"));
            const [first, second] = [make(), make()];
            first.dataset.widget = second.dataset.widget = "twin";
            return [parameterFor(first), parameterFor(second)];
        }"""
    )
    assert name == ["twin", "twin2"]


def _drawing(widget: Widget) -> list[str]:
    """Everything drawn in both planes, as path data."""
    drawing: list[str] = widget.root.evaluate(
        "root => [...root.querySelectorAll('.plane path')].map((path) => path.getAttribute('d'))"
    )
    return drawing


def _expect_redrawn(widget: Widget, before: list[str]) -> list[str]:
    widget.page.wait_for_function(
        """([root, before]) => JSON.stringify(before) !== JSON.stringify(
            [...root.querySelectorAll('.plane path')].map((path) => path.getAttribute('d')))""",
        arg=[widget.root.element_handle(), before],
    )
    return _drawing(widget)
