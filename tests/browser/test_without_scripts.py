"""Without JavaScript: everything to read is there, and everything that can work does."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def test_a_lesson_is_complete(open_page: OpenPage) -> None:
    page = open_page("/lessons/jacobian", java_script_enabled=False)
    expect(page.locator("main math").first).to_be_visible()
    widget = page.locator('[data-widget="jacobian"]').first
    expect(widget).to_be_visible()
    assert len(widget.inner_text()) > 80
    expect(page.locator("[data-theme-switch]")).to_be_hidden()


def test_the_layout_switch_works_by_its_form(open_page: OpenPage) -> None:
    page = open_page("/lessons/gradients", java_script_enabled=False)
    page.get_by_role("button", name="Denominator layout").click()
    page.wait_for_url("**/lessons/gradients?layout=denominator")
    expect(page.locator("main .layout-denominator").first).to_be_visible()
    expect(page.locator("main .layout-numerator").first).to_be_hidden()


def test_search_works_by_its_page(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.get_by_role("searchbox").fill("jacobian")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?q=jacobian")
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_term_leads_to_the_glossary(open_page: OpenPage) -> None:
    page = open_page("/lessons/gradients", java_script_enabled=False)
    page.locator("main a.term").first.click()
    page.wait_for_url("**/glossary#*")


def test_the_contents_open_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(
        "/lessons/gradients", java_script_enabled=False, viewport={"width": 360, "height": 700}
    )
    page.get_by_role("button", name="Contents of the book").click()
    expect(page.locator("#book-contents")).to_be_visible()


def test_the_programs_of_the_calculator_scroll_in_themselves_on_a_phone(
    open_page: OpenPage,
) -> None:
    page = open_page("/calculator?expr=inv(X)", java_script_enabled=False)
    page.set_viewport_size({"width": 320, "height": 800})
    for summary in page.locator(".calculator-shown summary").all():
        summary.click()
    assert page.locator(".calculator-shown pre:visible").count() > 0
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
