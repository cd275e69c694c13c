"""How smooth a drag is: frames per second, and script per frame.

    .venv/bin/python -m tests.benchmarks.drag [address]

drags the points of the widgets Jacobian, Hessian, gradient, Gaussian process and natural gradient
and the corner of a block of the chain rule around for five seconds each in headless Chromium
without a graphics processor and prints what it saw.  In every frame the Jacobian samples the square
around the point on a 41×41 grid; Hessian and gradient draw contours, arrows and paths over the map,
and paint the surface of some 1,500 quadrilaterals on a canvas, in later frames where that takes
long; the chain rule finds the best order and writes all sizes and costs anew; the Gaussian process
conditions on seven points, and on two hundred: n² operations where a point moves, n³ where length
scale and noise do; the natural gradient walks four paths of up to 300 steps.  The aim: 60 frames a
second, for the Jacobian and the chain rule with less than 1 ms of script at the median and 4 ms at
the 95th percentile, and a surface that is never more than 100 ms behind the hand; nothing is
asserted, because a busy machine says little about the program.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browsers import CHROMIUM_FLAGS
from tests.support.server import running_server
from tools.browser import find_chromium

WIDGETS = (
    "jacobian",
    "hessian",
    "gradient",
    "chain-rule",
    "gaussian-process",
    "natural-gradient",
    "regression",
    "variational-inference",
)
TWO_HUNDRED = "?gaussian-process=1~e.two-hundred"
WHOLE_WAY_BACK = "?backpropagation=1~s.13"
HANDLE = "[data-handle]"
NUMBER = "input.scrubbable"
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
    surface_gap: float
    """The longest time between two pictures of a surface, in milliseconds; 0 without one."""

    def __str__(self) -> str:
        surface = f"; longest wait for the surface {self.surface_gap:.0f} ms"
        return (
            f"{self.frames} frames, {self.frames_per_second:.1f} per second; script per frame: "
            f"median {self.median:.2f} ms, 95th percentile {self.percentile_95:.2f} ms"
            f"{surface if self.surface_gap else ''}"
        )


def measure_drag(
    browser: Browser,
    url: str,
    seconds: float = SECONDS,
    widget: str = "jacobian",
    query: str = "",
    held: str = HANDLE,
    number: int = 0,
) -> Smoothness:
    """Drag what is held, the first or another of its kind, in circles in ``/embed/<widget>``."""
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    context.add_init_script(path=COUNTING)
    page = context.new_page()
    page.goto(f"/embed/{widget}{query}")
    page.locator(f"[data-widget='{widget}'][data-state='ready']").wait_for()
    page.locator("output[aria-live='polite']:not(:empty)").first.wait_for(state="attached")
    _drag_in_circles(page, seconds, held, number)
    times = page.evaluate("window.dragTimes")
    context.close()
    frames = times["frames"]
    elapsed = (times["ended"] - times["started"]) / 1000
    percentile_95 = statistics.quantiles(frames, n=20)[-1]
    pictures = times["pictures"]
    gaps = [after - before for before, after in pairwise(pictures)]
    return Smoothness(
        len(frames),
        (len(frames) - 1) / elapsed,
        statistics.median(frames),
        percentile_95,
        max(gaps, default=0.0),
    )


def _drag_in_circles(page: Page, seconds: float, held: str, number: int) -> None:
    handle = page.locator(held).nth(number)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 8, y)  # sideways: a number takes nothing else for a drag
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
        with nullcontext() if address else running_server("--no-watch") as server:
            url = address or (server.url if server else "")
            for widget in WIDGETS:
                print(f"{widget}: {measure_drag(browser, url, widget=widget)}")
            found = measure_drag(
                browser, url, widget="backpropagation", query=WHOLE_WAY_BACK, held=NUMBER
            )
            print(f"backpropagation, a weight: {found}")
            for number, what in enumerate(("a point", "the hyperparameters")):
                found = measure_drag(
                    browser, url, widget="gaussian-process", query=TWO_HUNDRED, number=number
                )
                print(f"gaussian-process, {what} of two hundred: {found}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
