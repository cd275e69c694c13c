"""Reporting a problem and reading privately, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import mounted

LINK = """() => {
    const link = document.createElement("a");
    link.dataset.report = "mailto:help@example.org?subject={title}&body={body}";
    link.dataset.reportTitle = "The Jacobian: ";
    link.dataset.reportBody = "Page: The Jacobian";
    link.href = "mailto:help@example.org";
    link.textContent = "Report";
    document.querySelector("footer").append(link);
    link.addEventListener("click", (event) => event.preventDefault());
}"""


def test_a_report_takes_the_state_of_the_widgets_along(open_page: PageOpener) -> None:
    page = open_page("/lessons/jacobian")
    widget = mounted(page, "jacobian")
    page.evaluate(LINK)
    link = page.get_by_role("link", name="Report", exact=True)
    before = widget.sentence
    widget.drag(-40, 30)
    link.click()  # at once: the address is written now, and not when the hand has rested
    body = _body(link.get_attribute("href"))
    assert re.search(r"Address: http://\S+/lessons/jacobian\?\S*jacobian=1~x", body)
    widget.expect_change_from(before)
    page.evaluate("history.replaceState(null, '', '?jacobian=' + 'x'.repeat(9000))")
    link.click()
    href = link.get_attribute("href") or ""
    assert len(href) < 2000
    assert "(shortened)" in _body(href)


def _body(href: str | None) -> str:
    return parse_qs(urlsplit(href or "").query)["body"][0]


def test_a_reader_leaves_no_cookie_and_asks_nobody_else(open_page: PageOpener) -> None:
    """``open_page`` fails for any request that leaves the origin."""
    page = open_page("/lessons/gradients")
    mounted(page, "gradient")
    page.goto("/calculator?expr=x'*A*x")
    mounted(page, "derivative")
    page.goto("/search?q=trace")
    page.goto("/privacy")
    expect(page.get_by_role("heading", name="Privacy")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    kept = page.evaluate("Object.keys(localStorage)")
    assert set(kept) <= {"nabla.theme", "nabla.layout", "nabla.place", "nabla.read"}
