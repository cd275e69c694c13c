"""All critical points of a function in a box, each with what can be said about it.

This is what a worker process is asked for: the search of ``critical_points``, the
second-derivative test of ``classify``, settled exactly where ``exact`` can and by bounds where
``inertia`` can, and the higher-order terms where the test is silent.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.calculus.build import hessian_tape
from app.calculus.classify import (
    VERDICTS,
    HessianAtPoint,
    Verdict,
    hessian_at,
    higher_order,
    kink_at,
)
from app.calculus.critical_points import critical_points
from app.calculus.degenerate import HigherOrder
from app.calculus.exact import settled
from app.calculus.inertia import vouched
from app.calculus.tape import Tape
from app.expressions.syntax import Syntax

Box = Sequence[tuple[float, float]]

DOUBTFUL: Final = 1e-6
"""Below this share of the largest, an eigenvalue is looked at again in exact arithmetic."""
EXAMINATION_SECONDS: Final = 0.3

NOT_ANALYTIC: Final = HigherOrder(
    "undecided", None, "f has no Taylor series at the point, so there are no higher-order terms."
)
UNEXAMINED: Final = HigherOrder(
    "undecided", None, "There was no time to examine the higher-order terms."
)
LOST: Final = "Of some points that were found it could not be confirmed that they are critical."


@dataclass(frozen=True)
class Found:
    """One critical point: where, the test there, and what higher terms say if they were asked."""

    point: tuple[float, ...]
    here: HessianAtPoint
    higher_order: HigherOrder | None


@dataclass(frozen=True)
class Survey:
    """The points found, sorted; ``complete`` only if proven; ``reason`` says why it is not.

    ``hurried``: something was left out for want of time, and another attempt may bring more.
    """

    found: tuple[Found, ...]
    complete: bool
    reason: str | None
    hurried: bool = False


def survey(expression: Syntax, variables: Sequence[str], box: Box, seconds: float) -> Survey:
    """Search the box for at most ``seconds`` and judge what was found."""
    tape = hessian_tape(expression, variables)
    search = critical_points(tape, box, seconds)
    until = time.monotonic() + EXAMINATION_SECONDS
    judged = [
        _judged(tape, expression, variables, tuple(point), until)
        for point in search.points.tolist()
        if kink_at((expression,), variables, point) is None
    ]
    found = tuple(filter(None, judged))
    lost = search.complete and len(found) < len(search.points)
    hurried = search.out_of_time or any(each.higher_order is UNEXAMINED for each in found)
    return Survey(found, search.complete and not lost, LOST if lost else search.reason, hurried)


def examined(
    tape: Tape, expression: Syntax, variables: Sequence[str], point: Sequence[float]
) -> tuple[HessianAtPoint, HigherOrder | None]:
    """The test at one point, settled exactly where that is possible, and the higher terms."""
    here = hessian_at(tape, point)
    if is_doubtful(here):
        exactly = settled(expression, variables, point, here)
        here = vouched(tape, point, here) if exactly is here else exactly
    if here.verdict != "inconclusive":
        return here, None
    return here, higher_order(expression, variables, point) or NOT_ANALYTIC


def is_doubtful(here: HessianAtPoint) -> bool:
    """Whether some eigenvalue is so small that rounding may have made it, or its sign."""
    if here.eigenvalues is None:
        return False
    sizes = np.abs(here.eigenvalues)
    return bool(sizes.min() <= DOUBTFUL * sizes.max())


def _judged(
    tape: Tape,
    expression: Syntax,
    variables: Sequence[str],
    point: tuple[float, ...],
    until: float,
) -> Found | None:
    if time.monotonic() > until:
        hasty = hessian_at(tape, point)
        return Found(point, hasty, UNEXAMINED if hasty.verdict == "inconclusive" else None)
    here, higher = examined(tape, expression, variables, point)
    return Found(point, here, higher) if here.verdict in _CRITICAL else None


_CRITICAL: Final[frozenset[Verdict]] = frozenset(VERDICTS.values())
