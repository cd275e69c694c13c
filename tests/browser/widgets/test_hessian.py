"""The Hessian's widget: classes, critical points, steps, own functions, map and surface."""

from __future__ import annotations

import re

import plotly.graph_objects as graph_objects
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, finger_on, problem

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
MAP = ".contour-map[data-state='drawn'] .main-svg"


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget("hessian")


def _go(widget: Widget, x: str, y: str) -> None:
    widget.root.get_by_label("x of the point").fill(x)
    widget.root.get_by_label("y of the point").fill(y)


def test_it_starts_in_the_lessons_landscape(widget: Widget) -> None:
    widget.expect_sentence(
        "At x = 0.50, y = 0.50: the Hessian has the eigenvalues 2.00 and 3.00 and is positive"
    )
    table = widget.root.get_by_role("table", name="Hessian at the point")
    assert table.locator("td").all_inner_texts() == ["3.00", "0.00", "0.00", "2.00"]
    expect(widget.root).to_contain_text("it is proven that there is no other")
    assert widget.root.locator(".symbolic mtd").count() == 6


@pytest.mark.parametrize(
    ("x", "name"), [("1", "positive definite"), ("-0.5", "indefinite"), ("0", "singular")]
)
def test_the_case_of_the_lesson_is_marked(widget: Widget, x: str, name: str) -> None:
    _go(widget, x, "0.25")
    current = widget.root.locator(".cases tr[aria-current='true']")
    expect(current).to_contain_text(name)
    expect(current).to_have_count(1)


def test_a_critical_point_is_chosen_from_the_list(widget: Widget) -> None:
    widget.root.get_by_role("button", name="x = −1.000, y = 0.000: saddle point").click()
    widget.expect_sentence("A critical point: saddle point.")
    widget.root.get_by_role("button", name="x = 1.000, y = 0.000: local minimum").press("Enter")
    widget.expect_sentence("A critical point: local minimum.")


@pytest.mark.parametrize(
    ("title", "count", "words"),
    [
        ("Himmelblau's function", 9, "9 critical points in the searched window; it is proven"),
        ("Six-hump camel", 15, "15 critical points"),
        ("Monkey saddle", 1, "perhaps not all"),
        ("Cross-entropy of a classifier", 1, "proven"),
        ("A climbing ridge", 0, "No critical point in the searched window; it is proven"),
    ],
)
def test_critical_points_of_the_examples(
    widget: Widget, title: str, count: int, words: str
) -> None:
    widget.choose(title)
    expect(widget.root.locator(".search-result")).to_contain_text(words)
    expect(widget.root.locator(".critical-list button")).to_have_count(count)
    expect(widget.root.locator(".plane svg path.critical")).to_have_count(count)


def test_where_the_test_is_silent_higher_terms_speak(widget: Widget) -> None:
    widget.choose("Monkey saddle")
    widget.root.get_by_role("button", name="saddle point by higher-order terms").click()
    widget.expect_sentence("Higher-order terms say: saddle point.")
    expect(widget.root.locator(".cases tr[aria-current='true']")).to_contain_text("singular")


def test_newtons_step_solves_a_bowl_at_once(widget: Widget) -> None:
    widget.choose("Bowl")
    widget.expect_sentence("At x = 1.00, y = 0.50")
    widget.root.get_by_role("button", name="Take Newton’s step").click()
    widget.expect_sentence("At x = 0.00, y = 0.00")
    widget.expect_sentence("local minimum")


def test_where_a_step_does_not_exist_it_says_why(widget: Widget) -> None:
    widget.choose("Trough")
    expect(widget.root).to_contain_text("No step: the Hessian is singular and has no inverse.")
    expect(widget.root.get_by_role("button", name="Take Newton’s step")).to_be_disabled()
    widget.choose("Dome")
    expect(widget.root).to_contain_text("the Taylor polynomial falls without end")


def test_an_own_function_is_read_back_and_searched(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("x^2 + 3y^2")
    widget.expect_sentence("eigenvalues 2.00 and 6.00")
    expect(widget.root.locator(".critical-list button")).to_have_count(1)
    expect(widget.root.get_by_label("Example", exact=True)).to_have_value("")


@pytest.mark.parametrize(
    ("typed", "words"), [("x^2 + ", "expression"), ("[x, y]", "one function"), ("sine(x)", "sin")]
)
def test_a_mistake_is_shown_in_place_and_the_picture_stays(
    widget: Widget, open_page: PageOpener, typed: str, words: str
) -> None:
    open_page.expect_error("400")
    before = widget.sentence
    widget.root.get_by_role("textbox", name="f(x, y) =").fill(typed)
    expect(widget.root.locator(".expression-problem")).to_contain_text(words)
    widget.drag(-40, 30)
    widget.expect_change_from(before)


def test_a_kink_is_told(widget: Widget) -> None:
    widget.root.get_by_role("textbox", name="f(x, y) =").fill("abs(x) + y^2")
    _go(widget, "0", "1")
    widget.expect_sentence("a kink or a jump")


def test_a_search_that_fails_is_told_and_can_be_repeated(
    open_page: PageOpener, widget: Widget
) -> None:
    open_page.expect_error("503")
    busy = problem("busy", "The server is busy.", status=503)
    widget.page.route("**/api/critical-points?*", lambda route: route.fulfill(**busy))
    widget.root.get_by_role("button", name="Search the window shown").click()
    expect(widget.root.locator(".search-result")).to_contain_text("The server is busy.")
    widget.page.unroute("**/api/critical-points?*")
    widget.root.get_by_role("button", name="Search the window shown").click()
    expect(widget.root.locator(".search-result")).to_contain_text("proven")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plotly_draws_the_map_under_the_policy_of_the_book(
    open_widget: OpenWidget, scheme: str
) -> None:
    widget = open_widget("hessian", color_scheme=scheme)
    expect(widget.root.locator(MAP).first).to_be_attached()
    fills = widget.root.locator(".contour-map .contourfill path").evaluate_all(
        "paths => paths.map((path) => getComputedStyle(path).fill)"
    )
    assert len(set(fills)) > 8
    # What the browser is given to draw is a figure by the rules of Plotly: an unknown name raises.
    figure = widget.page.evaluate(
        "() => (({ data, layout }) => ({ data, layout }))(document.querySelector('.contour-map'))"
    )
    assert [trace.type for trace in graph_objects.Figure(figure).data] == ["contour"]


def test_the_map_takes_other_colours_at_once(widget: Widget) -> None:
    fill = "() => getComputedStyle(document.querySelector('.contourfill path')).fill"
    expect(widget.root.locator(MAP).first).to_be_attached()
    light = widget.page.evaluate(fill)
    pixel = _pixels(widget.page)
    widget.page.emulate_media(color_scheme="dark")
    widget.page.wait_for_function(f"before => ({fill})() !== before", arg=light)
    assert _pixels(widget.page) != pixel


def test_without_plotly_the_lines_are_still_there(open_page: PageOpener) -> None:
    open_page.expect_error("could not be loaded")
    open_page.expect_error("plotly")
    page = open_page("/glossary")
    page.context.route("**/plotly.min.js", lambda route: route.abort())
    page.goto("/embed/hessian")
    root = page.locator("[data-widget='hessian'][data-state='ready']")
    expect(root).to_be_attached()
    expect(root.locator(".contour-lines path")).to_have_attribute("d", re.compile("^M.{200}"))


def test_the_surface_turns_by_keys_buttons_and_mouse(widget: Widget) -> None:
    stage = widget.root.locator(".surface-stage")
    pictures = [_pixels(widget.page)]
    stage.press("ArrowLeft")
    pictures.append(_changed(widget.page, pictures[-1]))
    widget.root.get_by_role("button", name="Look from higher: surface").click()
    pictures.append(_changed(widget.page, pictures[-1]))
    stage.hover()
    widget.page.mouse.down()
    widget.page.mouse.move(900, 300, steps=4)
    widget.page.mouse.up()
    pictures.append(_changed(widget.page, pictures[-1]))
    widget.page.wait_for_url(re.compile("c\\."))
    stage.press("0")
    _changed(widget.page, pictures[-1])
    widget.page.wait_for_url(re.compile(r"^[^?]*$"))


def test_a_finger_on_the_surface_scrolls_the_page(open_widget: OpenWidget) -> None:
    widget = open_widget("hessian", **PHONE)
    stage = widget.root.locator(".surface-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    scrolled = widget.page.evaluate("scrollY")
    finger_on(widget.page).swipe((box["x"] + 150, box["y"] + 150), 0, -120)
    widget.page.wait_for_function("before => scrollY > before + 50", arg=scrolled)


def test_the_numbers_of_the_map_fold_out(widget: Widget) -> None:
    details = widget.root.locator(".chart-numbers")
    details.locator("summary").click()
    expect(details.locator("tbody tr")).to_have_count(7)
    # f(0, 0) = 0 in the middle of the window
    expect(details.locator("tbody tr").nth(3).locator("td").nth(3)).to_have_text("0.00")
    expect(details).to_contain_text("The contour lines have the heights")


def test_the_surface_follows_the_hand(widget: Widget) -> None:
    before = _pixels(widget.page)
    widget.handle.press("ArrowRight")
    _changed(widget.page, before)


def test_the_map_keeps_to_the_view(widget: Widget) -> None:
    """Zoomed, moved or resized, contour lines and handle stay together."""
    expect(widget.root.locator(MAP).first).to_be_attached()
    widget.root.get_by_role("button", name="Zoom in: contour map").click()
    widget.page.set_viewport_size({"width": 700, "height": 800})
    widget.page.wait_for_function(
        """() => {
          const map = document.querySelector(".contour-map");
          const stage = document.querySelector(".plane-stage");
          const drawn = map.querySelector(".main-svg");
          return map.style.transform === "" &&
            Math.abs(drawn.getBoundingClientRect().width - stage.clientWidth) <= 1;
        }"""
    )


_READ = "() => document.querySelector('.surface-stage canvas').toDataURL()"


def _pixels(page: Page) -> str:
    picture: str = page.evaluate(_READ)
    return picture


def _changed(page: Page, before: str) -> str:
    page.wait_for_function(f"before => ({_READ})() !== before", arg=before)
    return _pixels(page)
