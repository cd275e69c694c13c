"""The drag benchmark as a part of ``make benchmark``: it prints, and asserts no time."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from tests.benchmarks.drag import WIDGETS, measure_drag
from tests.support.browsers import CHROMIUM_FLAGS
from tests.support.server import running_server
from tools.browser import find_chromium


@pytest.mark.benchmark
@pytest.mark.parametrize("widget", WIDGETS)
def test_a_drag_is_followed_in_every_frame(widget: str) -> None:
    with running_server("--no-watch") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        smoothness = measure_drag(browser, server.url, widget=widget)
        browser.close()
    print(f"\ndrag of the point of {widget}: {smoothness}")
    assert smoothness.frames > 0
