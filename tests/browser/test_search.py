"""Search as one types, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def test_a_search_by_keyboard_from_a_lesson_to_a_result(open_page: OpenPage) -> None:
    page = open_page("/lessons/gradients")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search the book")
    expect(field).to_be_focused()
    page.keyboard.type("jacobian")
    results = page.locator(".search-list .results a")
    expect(results.first).to_be_visible()
    expect(page.locator(".search-status")).to_contain_text("result")
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    target = str(results.nth(0).get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_escape_closes_and_focus_goes_back(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Search", exact=True).first.click()
    expect(page.get_by_role("dialog", name="Search the book")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-search-open]")).to_be_focused()


def test_nothing_found_is_said(open_page: OpenPage) -> None:
    page = open_page("/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("xylophone")
    expect(page.locator(".search-list")).to_contain_text("Nothing in the book matches “xylophone”")


def test_a_slash_in_a_field_is_a_slash(open_page: OpenPage) -> None:
    page = open_page("/glossary")
    field = page.get_by_label("Find a term")
    field.press("/")
    expect(field).to_have_value("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
