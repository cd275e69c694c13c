"""What a reader types is text wherever it comes back: with the policy of the page, and without it.

The Content-Security-Policy would stop a script that got in.  So each place is tried twice: with the
policy off, where whatever got in would run, and with it on, where the console would tell of it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOpener

STRIKE = "window.__struck=1"
PAYLOADS = (
    f"<img src=x onerror={STRIKE}>",
    f'"><svg onload={STRIKE}>',
    f"</textarea></title></annotation><script>{STRIKE}</script>",
)
ALL = " ".join(PAYLOADS)
ONE = quote(PAYLOADS[0], safe="")
EVERY = quote(ALL, safe="")


def _search(page: Page) -> None:
    expect(page.locator('main input[name="q"]')).to_have_value(ALL[:200])


def _calculator(page: Page) -> None:
    expect(page.locator('[data-widget="derivative"]')).to_contain_text("onerror")


def _calculator_state(page: Page) -> None:
    field = page.locator('[data-widget="derivative"] input, [data-widget="derivative"] textarea')
    expect(field.first).to_have_value(PAYLOADS[0])


def _widget_state(page: Page) -> None:
    widget = page.locator('[data-widget="jacobian"]').first
    widget.scroll_into_view_if_needed()
    expect(widget.locator('[aria-invalid="true"]').first).to_be_visible()


def _missing(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def _own_table(page: Page) -> None:
    """A column whose name is a payload, fitted and shown in headings, axes, tables, sentences."""
    widget = page.locator('[data-widget="regression"]').first
    widget.scroll_into_view_if_needed()
    area = widget.get_by_label("Table as CSV")
    area.evaluate("area => { for (let e = area; e; e = e.parentElement) e.open = true; }")
    name = PAYLOADS[0].replace('"', "")
    area.fill(f"{name},y\n1,2\n2,3.5\n3,4\n4,6\n")
    widget.get_by_role("button", name="Fit this table").click()
    expect(widget.get_by_text("onerror").nth(1)).to_be_attached()


def _own_layer(page: Page) -> None:
    """A layer that is a payload: told below its field, and in what is shared."""
    widget = page.locator('[data-widget="custom-autograd"]').first
    widget.get_by_label("forward F =").fill(PAYLOADS[0])
    expect(widget.locator('[aria-invalid="true"]').first).to_be_visible()
    widget.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_be_visible()


PLACES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "search": (f"/search?q={EVERY}", _search),
    "calculator": (f"/calculator?expr={EVERY}&wrt={ONE}&given={ONE}&layout={ONE}", _calculator),
    "state of the calculator": (f"/calculator?derivative=1~e.{ONE}", _calculator_state),
    "state of a widget": (f"/embed/jacobian?jacobian=1~f.{ONE}~v.x,y&layout={ONE}", _widget_state),
    "an unknown lesson": (f"/lessons/{ONE}?layout={ONE}", _missing),
    "an unknown widget": (f"/embed/{ONE}", _missing),
    "an own table": ("/embed/regression", _own_table),
    "an own layer": ("/embed/custom-autograd", _own_layer),
}


@pytest.mark.parametrize("policy", ["with its policy", "without a policy"])
@pytest.mark.parametrize("place", PLACES)
def test_a_payload_stays_text(open_page: PageOpener, place: str, policy: str) -> None:
    address, arrived = PLACES[place]
    if place in {"an unknown lesson", "an unknown widget"}:
        open_page.expect_error("404")
    if place.startswith("state of") or place == "an own layer":
        open_page.expect_error("400")
    if place == "calculator":
        open_page.expect_error("40")
    page = open_page(address, bypass_csp=policy == "without a policy")
    arrived(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(f"() => {STRIKE.partition('=')[0]}") is None
    assert not page.evaluate("() => document.querySelector('[onerror],[onload],img[src=x]')")
