"""The derivative calculator: typing, declarations, layouts, steps, copying, three ways, links."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import Widget, mounted, problem

LEAST_SQUARES = "?derivative=1~e.norm2(A*x-b)^2~w.x~g.A: m,n; b: m"
REFUSED = "status of 400"


@pytest.fixture
def widget(open_page: PageOpener) -> Widget:
    """The calculator on its own page, with the squared residual."""
    return mounted(open_page("/calculator"), "derivative")


def opened(open_page: PageOpener, expression: str, *, names: str = "", given: str = "") -> Widget:
    fields = (
        f"1~e.{expression}" + (f"~w.{names}" if names else "") + (f"~g.{given}" if given else "")
    )
    return mounted(open_page(f"/calculator?derivative={quote(fields, safe='')}"), "derivative")


def field(widget: Widget) -> Locator:
    return widget.root.locator("input.expression")


def result(widget: Widget, layout: str = "numerator") -> Locator:
    return widget.root.locator(f".result-formula.layout-{layout}")


def test_it_starts_with_a_derivative_in_the_readers_layout(widget: Widget) -> None:
    expect(result(widget)).to_have_attribute("data-text", "2*(A*x - b)'*A")
    expect(result(widget)).to_be_visible()
    expect(result(widget)).to_contain_text("a row, 1 × n, in numerator layout")
    expect(result(widget, "denominator")).to_be_hidden()
    expect(widget.root).to_contain_text("Compared with central differences at 3 random points")


def test_the_layout_follows_the_header_without_a_request(
    widget: Widget, open_page: PageOpener
) -> None:
    asked = len(open_page.requests)
    widget.page.get_by_role("button", name="Denominator layout").click()
    expect(result(widget, "denominator")).to_be_visible()
    expect(result(widget, "denominator")).to_have_attribute("data-text", "2*A'*(A*x - b)")
    expect(result(widget)).to_be_hidden()
    widget.expect_sentence("in denominator layout")
    # The page holds "Check my working" too, which may ask its own question meanwhile.
    assert not [url for url in open_page.requests[asked:] if "/api/derivative" in url]


def test_declarations_of_an_example_give_way_to_the_readers_own_expression(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error(REFUSED)  # what the example said about A does not fit
    field(widget).fill("x'*A*x")
    expect(result(widget)).to_have_attribute("data-text", "x'*(A + A')")
    expect(widget.root.get_by_label("Columns of A")).to_have_value("n")


def test_typing_shows_how_it_is_read_and_then_the_derivative(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error(REFUSED)  # a pause in the middle of a word asks about half of it
    field(widget).fill("")
    field(widget).press_sequentially("tr(A*X*B)", delay=25)
    expect(widget.root.locator(".expression-reading")).to_contain_text("a scalar")
    expect(result(widget)).to_have_attribute("data-text", "B*A")
    expect(widget.root.locator(".declaration[data-name]")).to_have_count(3)


def test_a_burst_of_typing_asks_once_for_the_derivative(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error(REFUSED)
    asked = len(open_page.requests)
    # In one go: on a busy machine a pause between two keys may be as long as one in thinking.
    field(widget).evaluate(
        """(field, text) => {
            for (let end = 1; end <= text.length; end += 1) {
                field.value = text.slice(0, end);
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }
        }""",
        "y'*y + c*y'*w",
    )
    expect(result(widget)).to_have_attribute("data-text", re.compile("y"))
    questions = [url for url in open_page.requests[asked:] if "/api/derivative?" in url]
    assert len(questions) == 1


def test_a_late_answer_to_an_earlier_text_is_dropped(widget: Widget) -> None:
    def slowly(route: Route) -> None:
        widget.page.wait_for_timeout(700)
        route.fallback()

    widget.page.route(re.compile(r"derivative\?expr=x%27\*x&|derivative\?expr=x%27\*x$"), slowly)
    field(widget).fill("x'*x")
    field(widget).press("Enter")
    field(widget).fill("sum(x)")
    field(widget).press("Enter")
    expect(result(widget)).to_have_attribute("data-text", re.compile("ones"))
    widget.page.wait_for_timeout(1000)
    expect(result(widget)).to_have_attribute("data-text", re.compile("ones"))


def test_a_mistake_is_shown_in_place_and_the_last_result_stays(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error(REFUSED)
    field(widget).fill("norm2(A*x - b)^2 + sinn(x)")
    trouble = widget.root.locator(".expression-field .expression-problem")
    expect(trouble).to_contain_text("“sinn” is not a function")
    expect(trouble).to_contain_text("Did you mean “sin”")
    line, carets = (trouble.locator("pre").text_content() or "").split("\n")
    assert carets.index("^") == line.index("sinn")
    assert carets.count("^") == len("sinn")
    expect(field(widget)).to_have_value("norm2(A*x - b)^2 + sinn(x)")
    expect(result(widget)).to_have_attribute("data-text", "2*(A*x - b)'*A")
    expect(widget.root.locator(".stale-note")).to_be_visible()
    field(widget).fill("norm2(A*x - b)^2")
    expect(widget.root.locator(".stale-note")).to_be_hidden()
    expect(trouble).to_be_empty()


def test_a_busy_server_can_be_asked_again(widget: Widget, open_page: PageOpener) -> None:
    open_page.expect_error("status of 503")
    busy = problem("busy", "The server is busy.", status=503)
    widget.page.route("**/api/derivative?*", lambda route: route.fulfill(**busy))
    field(widget).fill("x'*x")
    trouble = widget.root.locator(".expression-field .expression-problem")
    expect(trouble).to_contain_text("The server is busy.")
    widget.page.unroute("**/api/derivative?*")
    trouble.get_by_role("button", name="Try again").click()
    expect(result(widget)).to_have_attribute("data-text", "2*x'")


def test_declarations_are_found_and_can_be_changed(open_page: PageOpener) -> None:
    widget = opened(open_page, "x'*A*x")
    expect(result(widget)).to_have_attribute("data-text", "x'*(A + A')")
    widget.root.get_by_label("Property of A").select_option("symmetric")
    expect(result(widget)).to_have_attribute("data-text", "2*x'*A")
    widget.root.get_by_label("Length of x").fill("k")
    expect(result(widget)).to_contain_text("1 × k")
    expect(widget.root.get_by_label("Rows of A")).to_have_value("k")
    widget.root.get_by_role("button", name="find out by itself what A is").click()
    expect(result(widget)).to_have_attribute("data-text", "x'*(A + A')")


def test_the_kind_of_a_name_can_be_changed(widget: Widget) -> None:
    field(widget).fill("a*x")
    expect(widget.root.locator(".expression-reading")).to_contain_text("a vector of length n")
    widget.root.get_by_label("Kind of a").select_option("matrix")
    expect(result(widget)).to_have_attribute("data-text", "a")
    expect(result(widget)).to_contain_text("a matrix")


def test_a_name_that_does_not_fit_can_be_declared_where_it_is(
    widget: Widget, open_page: PageOpener
) -> None:
    open_page.expect_error(REFUSED)
    field(widget).fill("inv(u)*x")
    expect(widget.root.locator(".expression-field .expression-problem")).not_to_be_empty()
    widget.root.get_by_label("Kind of u").select_option("matrix")
    expect(result(widget)).to_have_attribute("data-text", "inv(u)")


def test_sizes_that_contradict_are_told_at_the_names(widget: Widget, open_page: PageOpener) -> None:
    open_page.expect_error(REFUSED)
    widget.root.get_by_label("Rows of A").fill("1e")
    expect(widget.root.locator(".given-problem")).not_to_be_empty()
    widget.root.get_by_label("Rows of A").fill("m")
    expect(widget.root.locator(".given-problem")).to_be_empty()
    expect(result(widget)).to_have_attribute("data-text", "2*(A*x - b)'*A")


def test_the_variable_and_a_second_one_can_be_chosen(widget: Widget) -> None:
    widget.root.get_by_label("Differentiate by", exact=True).select_option("b")
    expect(result(widget)).to_have_attribute("data-text", "-2*(A*x - b)'")
    widget.root.get_by_label("Differentiate by", exact=True).select_option("x")
    widget.root.get_by_label("Differentiate again by").select_option("x")
    expect(result(widget)).to_have_attribute("data-text", "2*A'*A")
    expect(result(widget)).to_contain_text("the Hessian, n × n")


def test_steps_unfold_one_by_one(widget: Widget) -> None:
    widget.root.get_by_label("Example", exact=True).select_option("quadratic-form")
    lines = widget.root.locator(".derivation > li:visible")
    expect(widget.root.locator(".derivation > li")).not_to_have_count(0)
    expect(lines).to_have_count(0)
    widget.root.get_by_role("button", name="Show the first step").click()
    expect(lines).to_have_count(1)
    expect(lines.first.locator(".rule-name").first).not_to_be_empty()
    expect(lines.first.locator("math").last).to_be_visible()
    widget.expect_sentence("Step 1 of")
    widget.root.get_by_role("button", name="Show the next step").click()
    expect(lines).to_have_count(2)
    widget.root.get_by_role("button", name="Show all").click()
    expect(lines).to_have_count(widget.root.locator(".derivation > li").count())
    next_step = widget.root.get_by_role("button", name="Show the next step")
    expect(next_step).to_have_attribute("aria-disabled", "true")
    widget.root.get_by_role("button", name="Start again").click()
    expect(lines).to_have_count(0)


def test_practising_hides_the_result_until_the_last_step(widget: Widget) -> None:
    widget.root.get_by_label("Practise").check()
    expect(result(widget)).to_be_hidden()
    expect(widget.root.get_by_role("button", name="Copy the result as text")).to_be_hidden()
    widget.expect_sentence("stays hidden")
    assert "2*(A*x" not in widget.sentence
    widget.root.get_by_role("button", name="Show all").click()
    expect(result(widget)).to_be_visible()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Text", "2*(A*x - b)'*A"),
        ("LaTeX", r"\mathbf{x}"),
        ("NumPy", "def derivative("),
        ("PyTorch", "import torch"),
        ("JAX", "import jax"),
    ],
)
def test_the_result_can_be_copied(widget: Widget, label: str, words: str) -> None:
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = widget.root.locator(".copies button", has_text=label)
    button.click()
    expect(widget.root.locator(".copies button", has_text="Copied")).to_be_visible()
    assert words in widget.page.evaluate("navigator.clipboard.readText()")


def test_what_is_copied_is_in_the_readers_layout(widget: Widget) -> None:
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.page.get_by_role("button", name="Denominator layout").click()
    widget.root.get_by_role("button", name="Copy the result as text").click()
    expect(widget.root.locator(".copies button", has_text="Copied")).to_be_visible()
    assert widget.page.evaluate("navigator.clipboard.readText()") == "2*A'*(A*x - b)"


def test_a_link_restores_expression_names_and_declarations(open_page: PageOpener) -> None:
    widget = opened(open_page, "x'*S*x", names="x,x", given="S: n,n symmetric")
    expect(field(widget)).to_have_value("x'*S*x")
    expect(result(widget)).to_have_attribute("data-text", "2*S")
    expect(widget.root.get_by_label("Property of S")).to_have_value("symmetric")
    expect(widget.root.get_by_label("Differentiate again by")).to_have_value("x")


def test_what_is_typed_stands_in_the_address(widget: Widget, open_page: PageOpener) -> None:
    field(widget).fill("logdet(X)")
    expect(result(widget)).to_have_attribute("data-text", "inv(X)")
    widget.page.wait_for_url(re.compile(r"derivative=1~e\.logdet"))
    again = mounted(open_page(widget.page.url), "derivative")
    expect(result(again)).to_have_attribute("data-text", "inv(X)")


def test_a_link_without_scripts_in_mind_works_with_them(open_page: PageOpener) -> None:
    page = open_page("/calculator?expr=tr(A*X)&wrt=X")
    widget = mounted(page, "derivative")
    expect(field(widget)).to_have_value("tr(A*X)")
    expect(result(widget)).to_have_attribute("data-text", "A")
    expect(page.locator("form.calculator-form")).to_have_count(0)


def test_without_scripts_the_form_answers(open_page: PageOpener) -> None:
    page = open_page("/calculator", java_script_enabled=False)
    page.get_by_label("Expression").fill("x'*A*x")
    page.get_by_label("Differentiate by").fill("x")
    page.get_by_role("button", name="Differentiate").click()
    expect(page.locator("code.layout-numerator")).to_have_text("x'*(A + A')")
    expect(page.locator(".derivation > li").first).to_be_visible()
    page.get_by_role("button", name="Denominator layout").click()
    expect(page.locator("code.layout-denominator")).to_have_text("(A + A')*x")


@pytest.mark.parametrize(
    "payload",
    ["<img src=x onerror=alert(1)>", "x'*x</script><script>alert(1)</script>", "\\href{x}{y}"],
)
def test_an_expression_never_becomes_markup(open_page: PageOpener, payload: str) -> None:
    open_page.expect_error(REFUSED)
    widget = opened(open_page, payload, given="A: <b>x</b>")
    expect(field(widget)).to_have_value(payload)
    expect(widget.root.locator(".expression-problem").first).not_to_be_empty()
    for tag in ("img", "b", "script"):
        expect(widget.root.locator(tag)).to_have_count(0)


# --------------------------------------------------------------------------- three ways


@pytest.fixture
def kronecker(open_page: PageOpener) -> Widget:
    return opened(open_page, "A*X*B", names="X")


def chosen(widget: Widget) -> dict[str, str]:
    """The numbers that are marked, by the view they stand in."""
    cells = widget.root.locator(".instance-views td.is-chosen:visible")
    found: dict[str, str] = cells.evaluate_all(
        "cells => Object.fromEntries(cells.map((cell) => "
        "[cell.closest('[data-view]').dataset.view, cell.textContent]))"
    )
    return found


def test_a_matrix_by_a_matrix_is_shown_in_three_ways(kronecker: Widget) -> None:
    ways = kronecker.root.locator(".three-ways")
    expect(ways).to_be_visible()
    expect(ways.locator(".three-formulas math")).to_have_count(3)
    expect(ways).to_contain_text("As an array, m × q × n × p")


def test_pointing_at_an_entry_shows_it_in_the_other_views(kronecker: Widget) -> None:
    matrix = kronecker.root.locator("[data-view='matrix']")
    cell = matrix.locator("td[data-row='3'][data-column='2']")
    cell.hover()
    found = chosen(kronecker)
    value = cell.text_content()
    assert found["matrix"] == found["array"] == found["effect"] == value
    assert found["change"] == "1"
    words = kronecker.root.locator(".entry-words")
    expect(words).to_contain_text("∂F[2,2]/∂X[1,2]")
    expect(words).to_contain_text("row 4, column 3")


def test_keys_go_from_entry_to_entry(kronecker: Widget) -> None:
    matrix = kronecker.root.locator("[data-view='matrix']")
    matrix.focus()
    matrix.press("ArrowDown")
    matrix.press("ArrowRight")
    expect(kronecker.root.locator(".entry-words")).to_contain_text("row 2, column 2")
    kronecker.expect_sentence("∂F[2,1]/∂X[2,1]")
    kronecker.root.locator("[data-view='change']").press("ArrowRight")
    expect(kronecker.root.locator(".entry-words")).to_contain_text("∂X[2,2]")


def test_in_denominator_layout_the_matrix_is_turned(kronecker: Widget) -> None:
    kronecker.page.get_by_role("button", name="Denominator layout").click()
    expect(kronecker.root.locator("[data-view='matrix']")).to_be_hidden()
    turned = kronecker.root.locator("[data-view='turned']")
    expect(turned).to_be_visible()
    turned.locator("td[data-row='3'][data-column='2']").click()
    found = chosen(kronecker)
    assert found["turned"] == found["array"] == found["effect"]


def test_the_factors_of_the_result_name_their_shapes(kronecker: Widget) -> None:
    factor = result(kronecker).locator(".factor[data-shape]").last
    factor.hover()
    expect(kronecker.page.locator("#shape-label")).to_have_text("m × n")


def test_a_gradient_needs_no_three_ways(widget: Widget) -> None:
    expect(widget.root.locator(".three-ways")).to_be_hidden()


def test_on_a_phone_wide_formulas_scroll_within_the_page(open_page: PageOpener) -> None:
    page: Page = open_page("/calculator", viewport={"width": 320, "height": 700})
    widget = mounted(page, "derivative")
    examples = widget.root.get_by_label("Example", exact=True)
    for example in ("layer", "gram", "gaussian-covariance"):
        examples.select_option(example)
        expect(widget.root).not_to_have_attribute("aria-busy", "true")
        widget.root.get_by_role("button", name="Show all").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
