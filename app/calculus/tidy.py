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


def without_minus(expression: Any) -> Any:
    """Factors, a minus before all of them taken into a difference: 1/(p(1 − p)), not −1/(p² − p).

    ``expression`` as its factors where there is no such minus or no such difference.
    """
    factored = sympy.factor(expression)
    coefficient, factors = factored.as_coeff_mul()
    if not coefficient.is_negative:
        return factored
    for index, factor in enumerate(factors):
        base, exponent = factor.as_base_exp()
        if exponent.is_Integer and exponent % 2 and _is_difference(base):
            rest = (*factors[:index], *factors[index + 1 :])
            return sympy.Mul(-coefficient, sympy.Pow(-base, exponent), *rest)
    return factored


def _is_difference(base: Any) -> bool:
    return base.is_Add and any(term.could_extract_minus_sign() for term in base.args)


QUICK: Final[tuple[Transformation, ...]] = (
    *(sympy.factor_terms, sympy.factor, sympy.cancel),
    without_minus,
)
"""A millisecond or two each."""
THOROUGH: Final[tuple[Transformation, ...]] = (sympy.trigsimp, sympy.simplify)
"""Tens of milliseconds, now and then seconds: only for what is still long."""
SHORT_ENOUGH: Final = 90
"""Characters; a form of this length is not worth the thorough transformations."""
MOST_OPERATIONS: Final = 150
"""Beyond this, transformations cost more than they are likely to give."""
MINUS: Final = 2
"""Characters that a minus in front of everything counts for, beside its own."""


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
        length = _length(best)
        left = end - time.monotonic()
        if length <= _enough(transformation) or left <= 0:
            break
        found = _attempt(transformation, expression, left)
        if found is not None and _length(found) < length:
            best = found
    return best


def _length(form: Syntax) -> int:
    text = to_text(form)
    return len(text) + MINUS * text.startswith("-")


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
