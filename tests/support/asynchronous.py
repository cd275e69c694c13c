"""Coroutines in tests. The synchronous API of Playwright keeps an event loop in the thread of the
tests for as long as a browser is open, and one thread can run only one loop: so a coroutine gets a
thread of its own. Whether `asyncio.run` works hangs on the order of the tests; ruff refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine returns or raises, run to its end in a new thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()  # noqa: TID251
