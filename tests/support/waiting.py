"""Waiting for what another process or thread does: asked again and again, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PAUSE_SECONDS = 0.05
Found = TypeVar("Found")


def wait_for(
    look: Callable[[], Found | None], seconds: float, otherwise: Callable[[], str]
) -> Found:
    """What ``look`` returns as soon as that counts as true.

    Raises AssertionError with the words of ``otherwise`` when it does not within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {seconds:g} s: {otherwise()}")
        time.sleep(PAUSE_SECONDS)
    return found
