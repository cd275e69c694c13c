"""How soon hostile expressions are refused, beside an expression that is read.

python -m pytest tests/benchmarks/test_refusals.py --benchmarks -s
"""

from __future__ import annotations

import contextlib
import statistics
import time

import pytest

from app.expressions import ExpressionError, parse
from tests.api.test_limits import HOSTILE

pytestmark = pytest.mark.benchmark

BUDGET = 0.010
"""Seconds: what a refusal may take."""


def test_every_refusal_is_within_ten_milliseconds() -> None:
    honest = _seconds("x^2*sin(x) + exp(-x^2/2)/(1 + x^2)")
    print(f"\n{'an honest expression':40s} {1e3 * honest:8.3f} ms")
    for name, text in HOSTILE.items():
        seconds = _seconds(text)
        print(f"{name:40s} {1e3 * seconds:8.3f} ms {seconds / honest:8.1f} times the honest one")
        assert seconds < BUDGET


def _seconds(text: str) -> float:
    times = []
    for _ in range(20):
        started = time.perf_counter()
        with contextlib.suppress(ExpressionError):
            parse(text, variables="x", mode="scalar")
        times.append(time.perf_counter() - started)
    return statistics.median(times)
