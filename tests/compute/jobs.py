"""Jobs for the tests of the pool, run inside worker processes."""

from __future__ import annotations

import os
import time
from typing import Any

from app.diagnostics import NablaError, Problem, Span


def double(number: int) -> int:
    return 2 * number


def process() -> int:
    return os.getpid()


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def wait_for(gate: str) -> str:
    """Wait until there is a file of this name."""
    while not os.path.exists(gate):
        time.sleep(0.01)
    return "the gate is open"


def spin() -> None:
    """One operation in C that no signal handler can interrupt."""
    _ = 7 ** (7**9)


def devour() -> int:
    hoard: list[Any] = []
    while True:
        hoard.append(bytearray(16 * 2**20))


def die() -> None:
    os._exit(3)


def refuse() -> None:
    raise NablaError(Problem("shape", "It does not fit.", Span(1, 2), "Make it fit."))


def fail() -> None:
    raise ZeroDivisionError


def sympy_is_loaded() -> bool:
    import sys

    return "sympy" in sys.modules
