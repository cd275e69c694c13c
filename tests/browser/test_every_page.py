"""What must hold on every page: accessible in both themes, nothing wider than a phone, clean.

That no page writes an error, violates the policy or leaves the origin is asserted by
``open_page`` itself.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageOpener
from tests.browser.pages import EVERY_EMBEDDED_WIDGET, EVERY_PAGE

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


WIDGETS_IN_SIGHT_HAVE_STARTED = """() => [...document.querySelectorAll("[data-widget]")]
  .filter(root => root.getClientRects().length)
  .filter(root => root.getBoundingClientRect().top < innerHeight + 500)
  .every(root => root.dataset.state === "ready")"""


def axe_findings(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe-core objects to, one line for each element."""
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"][:5]
    ]


def assert_headings_in_order(page: Page) -> None:
    """One heading of level 1 comes first, and no level is left out on the way down."""
    levels = page.eval_on_selector_all(
        "main :is(h1,h2,h3,h4,h5,h6)", "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert not [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]


@pytest.mark.parametrize("path", [*EVERY_PAGE, *EVERY_EMBEDDED_WIDGET, "/no-such-page"])
def test_it_is_in_order_and_axe_finds_nothing_in_light_and_dark(
    open_page: PageOpener, path: str
) -> None:
    if path == "/no-such-page":
        open_page.expect_error("404")
    page = open_page(path, color_scheme="light", reduced_motion="reduce")
    assert_headings_in_order(page)
    page.wait_for_function(WIDGETS_IN_SIGHT_HAVE_STARTED)
    everything = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    findings = axe_findings(page, everything)
    assert not findings, "\n".join(findings)
    page.emulate_media(color_scheme="dark")
    colours = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    findings = axe_findings(page, colours)
    assert not findings, "\n".join(findings)


def test_nothing_is_wider_than_a_phone(open_page: PageOpener) -> None:
    page = open_page("/", viewport={"width": 320, "height": 640})
    too_wide = []
    for path in (*EVERY_PAGE, *EVERY_EMBEDDED_WIDGET):
        page.goto(path)
        page.wait_for_function(WIDGETS_IN_SIGHT_HAVE_STARTED)
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide.append((path, width, page.evaluate(WIDEST, width)))
    assert too_wide == []


# Names the elements that stick out, so that a failure says what to repair.
WIDEST = """width => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest("math"))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


def test_text_does_not_move_while_a_lesson_loads(open_page: PageOpener) -> None:
    page = open_page("/lessons/gradients")
    page.wait_for_timeout(300)
    shift = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 200);
        })"""
    )
    assert shift < 0.01
