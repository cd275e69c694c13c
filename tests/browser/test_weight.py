"""What a first view costs: bytes over the wire, fonts included, and how far the layout moves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import OpenPage

# A lesson's first view has at most 250 kB. Where a widget stands at the top its modules count too.
LESSON = 250_000
WIDGET = 310_000
SHIFT = 0.02
COUNT_SHIFTS = """
window.layoutShift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.layoutShift += entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/", LESSON),
        ("/lessons/linear-regression", LESSON),
        ("/lessons/natural-gradient-and-variational-inference", LESSON),
        ("/lessons/gaussian-processes", LESSON),
        ("/notation", LESSON),
        ("/cheat-sheet", LESSON),
        ("/calculator", WIDGET),
        ("/embed/chain-rule", WIDGET),
    ],
)
def test_a_first_view_is_light_and_stands_still(
    open_page: OpenPage, address: str, limit: int
) -> None:
    page = open_page("about:blank")
    if address.startswith("/embed/"):
        page.set_viewport_size({"width": 412, "height": 823})  # a phone, where the most moves
    page.add_init_script(COUNT_SHIFTS)
    protocol = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    bytes_of: dict[str, float] = {}

    def received(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["response"]["url"].rpartition("/")[2]

    def finished(event: dict[str, Any]) -> None:
        bytes_of[event["requestId"]] = event["encodedDataLength"]

    protocol.on("Network.responseReceived", received)
    protocol.on("Network.loadingFinished", finished)
    protocol.send("Network.enable")
    protocol.send("Network.clearBrowserCache")
    page.goto(address, wait_until="networkidle")
    if limit == WIDGET:
        page.locator("[data-widget][data-state='ready']").first.wait_for()
    weights = {names[request]: size for request, size in bytes_of.items() if request in names}
    assert sum(weights.values()) <= limit, sorted(weights.items(), key=lambda pair: -pair[1])[:9]
    assert "latin-modern-math.woff2" in weights, "nothing came from a cache"
    assert "latin-modern-math-rest.woff2" not in weights
    assert page.evaluate("window.layoutShift") < SHIFT
