"""The shortest of several equal forms, found within a deadline.

Every transformation is exact and cheap on what people type; each works under an alarm, and what
has been found when it rings is what is returned.
"""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import sympy

from app.calculus.recover import to_syntax
from app.expressions import to_text
from app.expressions.syntax import Syntax

Transformation = Callable[[Any], Any]

QUICK: Final[tuple[Transformation, ...]] = (sympy.factor_terms, sympy.factor, sympy.cancel)
"""A millisecond or two each."""
THOROUGH: Final[tuple[Transformation, ...]] = (sympy.trigsimp, sympy.simplify)
"""Tens of milliseconds, now and then seconds: only for what is still long."""
SHORT_ENOUGH: Final = 90
"""Characters; a form of this length is not worth the thorough transformations."""
MOST_OPERATIONS: Final = 150
"""Beyond this, transformations cost more than they are likely to give."""


class OutOfTime(BaseException):
    """Rings through SymPy, which catches ``Exception`` in many places."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise ``OutOfTime`` in the block after this many seconds (main thread only)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    previous = signal.signal(signal.SIGALRM, ring)
    # What is raised while garbage is collected is lost; hence no collection, and a second ring.
    collecting = gc.isenabled()
    gc.disable()
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-4), 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if collecting:
            gc.enable()


def shortest(expression: Any, seconds: float) -> Syntax:
    """The shortest form found within ``seconds``; raises ``Unreadable`` if not even the given
    form can be written."""
    best = to_syntax(expression)
    end = time.monotonic() + seconds
    if expression.count_ops() > MOST_OPERATIONS:
        return best
    for transformation in (*QUICK, *THOROUGH):
        length = len(to_text(best))
        left = end - time.monotonic()
        if length <= _enough(transformation) or left <= 0:
            break
        found = _attempt(transformation, expression, left)
        if found is not None and len(to_text(found)) < length:
            best = found
    return best


def _enough(transformation: Transformation) -> int:
    return SHORT_ENOUGH if transformation in THOROUGH else 8


def _attempt(transformation: Transformation, expression: Any, seconds: float) -> Syntax | None:
    """One transformed form; None where it fails, takes too long or cannot be written."""
    try:
        with within(seconds):
            return to_syntax(transformation(expression))
    except (OutOfTime, Exception):
        # SymPy fails in many ways; the untransformed form is there in any case.
        return None
