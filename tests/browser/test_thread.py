"""The map of lessons in the browser: what lights up, and what is there without a script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

LIT = """kind => [...document.querySelectorAll(`.thread-lesson[data-lit="${kind}"]`)]
  .map(knot => knot.dataset.knot).sort()"""


def lit(page: Page, kind: str) -> list[str]:
    """The lessons on the map that are lit in one way."""
    found: list[str] = page.evaluate(LIT, kind)
    return found


def knot(lesson: str, lit: str = "") -> str:
    """Where a lesson stands on the map, if it is lit in this way."""
    return f'.thread-lesson[data-knot="{lesson}"]' + (f'[data-lit="{lit}"]' if lit else "")


def test_pointing_at_a_lesson_lights_up_its_thread(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator(f"{knot('rules')} .thread-title").hover()
    expect(page.locator(knot("rules", "here"))).to_be_visible()
    expect(page.locator(knot("gaussian-processes", "above"))).to_be_visible()
    assert lit(page, "below") == [
        *("beyond-scalar-calculus", "gradients"),
        *("jacobian", "layout-conventions"),
    ]
    assert "hessian" not in lit(page, "above")
    expect(page.locator('.thread-lines [data-lit="below"]').first).to_have_css(
        "stroke-dasharray", "none"
    )
    expect(page.locator('.thread-lines [data-lit="above"]').first).not_to_have_css(
        "stroke-dasharray", "none"
    )
    page.locator('.map a[data-lesson="hessian"]').focus()
    expect(page.locator(knot("hessian", "here"))).to_be_visible()
    expect(page.locator(knot("rules", "above"))).to_have_count(0)
    expect(page.locator(knot("linear-regression", "above"))).to_be_visible()
    # The line that passes the case study is lit where it runs beside it, too.
    expect(page.locator('.thread-lane[data-origin="hessian"][data-lit="above"]')).to_have_count(1)
    page.locator("h1").hover()
    page.locator(".brand").focus()
    expect(page.locator(".thread [data-lit]")).to_have_count(0)


def test_every_line_meets_the_lessons_that_it_joins(open_page: OpenPage) -> None:
    page = open_page("/")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        missed = page.evaluate(
            """() => {
                 const middles = new Map();
                 for (const cell of document.querySelectorAll(".thread-row > *")) {
                   const box = cell.getBoundingClientRect();
                   const row = cell.parentElement.getBoundingClientRect();
                   middles.set(cell, [box.left + box.width / 2, row.top, row.bottom]);
                 }
                 const cells = [...middles.values()];
                 const meets = (x, y) =>
                   cells.some(([middle, ...edges]) =>
                     Math.abs(middle - x) < 2 && edges.some((edge) => Math.abs(edge - y) < 2));
                 return [...document.querySelectorAll(".thread-lines path")].filter((path) => {
                   const at = path.getScreenCTM();
                   return [0, path.getTotalLength()].some((length) => {
                     const { x, y } = path.getPointAtLength(length).matrixTransform(at);
                     return !meets(x, y);
                   });
                 }).map((path) => path.getAttribute("d"));
               }"""
        )
        assert missed == []
        narrowest = page.evaluate(
            """() => Math.min(...[...document.querySelectorAll(".thread a")]
                 .map(link => link.getBoundingClientRect().height))"""
        )
        assert narrowest >= 24
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
