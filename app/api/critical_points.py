"""``/api/critical-points``: where a function's gradient vanishes in a box, and what is there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer, formula, plain
from app.api.functions import Question, read_numbers, read_question
from app.api.hessian import higher_order_object, only_entry
from app.api.problems import RequestError
from app.api.reader import check_fields, query_object, read_object
from app.api.schemas import CRITICAL_POINTS, described
from app.calculus.classify import EIGENVALUE_ZERO
from app.calculus.survey import Box, Found, Survey

router = APIRouter()

FIELDS: Final = ("f", "vars", "box")
SEARCH_SECONDS: Final = 1.2
DEADLINE: Final = 1.9
"""The search, what follows it (see ``survey``) and some room; after that the worker is ended."""
FARTHEST: Final = 1e6
_JOB: Final = "app.calculus.survey:survey"
_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("critical-points")
_LOG: Final = logging.getLogger(__name__)


@router.head("/api/critical-points", include_in_schema=False)
@router.get("/api/critical-points", **described(CRITICAL_POINTS, "GET"))
async def get_critical_points(request: Request) -> Response:
    """The critical points of a function in a box, classified."""
    fields = query_object(request)
    content = await work(request, critical_points_answer, fields)
    return answer(request, content, lasting=not content["out_of_time"])


@router.post("/api/critical-points", **described(CRITICAL_POINTS, "POST"))
async def post_critical_points(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    fields = await read_object(request)
    return answer(request, await work(request, critical_points_answer, fields))


def critical_points_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    question = read_question({name: fields[name] for name in ("f", "vars") if name in fields})
    expression = only_entry(question)
    box = read_box(fields.get("box"), question.variables)
    return {
        "vars": question.variables,
        "f": formula(expression),
        "box": dict(zip(question.variables, box, strict=True)),
        **_surveyed(question, box),
        "eigenvalue_tolerance": EIGENVALUE_ZERO,
    }


def _surveyed(question: Question, box: Box) -> dict[str, Any]:
    """What was found; remembered unless the clock has spoilt it, and a calmer moment may do better.

    Raises ``Timeout`` when not even the searcher's own clock has been kept.
    """
    key = question.key, box
    try:
        return _CACHE.fetch(
            key, lambda: _searched(question, box), lambda found: not found["out_of_time"]
        )
    except compute.JobFailed as failure:
        _LOG.warning("No critical points: %s", failure)
        raise compute.Timeout(DEADLINE) from failure


def _searched(question: Question, box: Box) -> dict[str, Any]:
    arguments = (question.entries[0], question.variables, box, compute.patient(SEARCH_SECONDS))
    try:
        found: Survey = compute.run(_JOB, *arguments, deadline=DEADLINE)
    except compute.Timeout:
        # The search keeps a clock of its own; that it was late is the machine's doing.
        raise compute.Timeout(DEADLINE, deserved=False) from None
    content = {
        "points": [_point_object(each, question.variables) for each in found.found],
        "complete": found.complete,
        "reason": found.reason,
        "out_of_time": found.hurried,
    }
    return {name: plain(value) for name, value in content.items()}


def _point_object(found: Found, variables: Sequence[str]) -> dict[str, Any]:
    here = found.here
    return {
        "point": dict(zip(variables, found.point, strict=True)),
        "value": here.value,
        "hessian": here.hessian,
        "eigenvalues": here.eigenvalues,
        "classification": here.classification,
        "verdict": here.verdict,
        "higher_order": higher_order_object(found.higher_order),
    }


def read_box(value: Any, variables: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """“-5, 5, -5, 5”, a list of pairs, or an object with a pair for each variable.

    Raises ``RequestError``, and ``FieldError`` for a bound that does not parse.
    """
    if value is None:
        raise RequestError("The field box is missing.", _EXAMPLE, field="box")
    pairs = tuple(map(_pair, _pairs(value, variables)))
    if len(pairs) != len(variables):
        message = "The box needs two bounds for each variable."
        raise RequestError(message, _EXAMPLE, code="shape", field="box")
    return pairs


_EXAMPLE: Final = "Such as box=-5,5,-5,5 for the variables x,y."


def _pairs(value: Any, variables: Sequence[str]) -> Sequence[Any]:
    match value:
        case str():
            numbers = read_numbers(value, "box")
            return [numbers[index : index + 2] for index in range(0, len(numbers), 2)]
        case dict() if set(value) == set(variables):
            return [value[name] for name in variables]
        case list():
            return value
    raise RequestError("The field box must give a pair of bounds for each variable.", _EXAMPLE,
                       field="box")  # fmt: skip


def _pair(value: Any) -> tuple[float, float]:
    match value:
        case [int() | float() as low, int() | float() as high] if not (
            isinstance(low, bool) or isinstance(high, bool)
        ):
            # Written so that a bound that is not a number fails as well.
            if -FARTHEST <= low < high <= FARTHEST:
                return float(low), float(high)
            message = f"Bounds must lie within ±{FARTHEST:,.0f}, the lower one first."
            raise RequestError(message, _EXAMPLE, field="box")
    raise RequestError("Each variable needs two bounds.", _EXAMPLE, code="shape", field="box")
