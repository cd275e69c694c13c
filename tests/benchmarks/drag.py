"""How smooth a drag is: frames per second, and script per frame.

    .venv/bin/python -m tests.benchmarks.drag [address]

drags the point of the Jacobian widget around for five seconds in headless Chromium and prints what
it saw.  In every frame the square around the point is sampled on a 41×41 grid.  The aim: 60 frames
a second, with less than 1 ms of script at the median and 4 ms at the 95th percentile; nothing is
asserted, because a busy machine says little about the program.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS
from tests.support.server import running_server
from tools.browser import find_chromium

SECONDS = 5.0
RADIUS = 90
COUNTING = Path(__file__).with_name("drag.js")


@dataclass(frozen=True)
class Smoothness:
    """What a drag cost: frames per second, and milliseconds of script per frame."""

    frames: int
    frames_per_second: float
    median: float
    percentile_95: float

    def __str__(self) -> str:
        return (
            f"{self.frames} frames, {self.frames_per_second:.1f} per second; script per frame: "
            f"median {self.median:.2f} ms, 95th percentile {self.percentile_95:.2f} ms"
        )


def measure_drag(browser: Browser, url: str, seconds: float = SECONDS) -> Smoothness:
    """Drag the point of ``/embed/jacobian`` in circles and count."""
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    context.add_init_script(path=COUNTING)
    page = context.new_page()
    page.goto("/embed/jacobian")
    page.locator("[data-widget='jacobian'][data-state='ready']").wait_for()
    page.locator("output[aria-live='polite']:not(:empty)").first.wait_for(state="attached")
    _drag_in_circles(page, seconds)
    times = page.evaluate("window.dragTimes")
    context.close()
    frames = times["frames"]
    elapsed = (times["ended"] - times["started"]) / 1000
    percentile_95 = statistics.quantiles(frames, n=20)[-1]
    return Smoothness(
        len(frames), (len(frames) - 1) / elapsed, statistics.median(frames), percentile_95
    )


def _drag_in_circles(page: Page, seconds: float) -> None:
    handle = page.locator("[data-handle]").first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.dragTimes.on = true")
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        angle = 2.5 * passed
        page.mouse.move(x + RADIUS * (math.cos(angle) - 1), y + RADIUS * math.sin(angle))
    page.evaluate("window.dragTimes.on = false")
    page.mouse.up()


def main(address: str | None) -> None:
    """Measure once against a running server, or one started for this."""
    with sync_playwright() as playwright:
        executable = find_chromium()
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        if address:
            print(measure_drag(browser, address))
        else:
            with running_server("--no-watch") as server:
                print(measure_drag(browser, server.url))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
