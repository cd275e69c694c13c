"""``/api/hessian``: gradient and Hessian of a function, and the test that they allow at a point."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer, formula
from app.api.derivatives import is_lasting, readable
from app.api.functions import FIELDS, Question, read_question
from app.api.jacobian import note_objects, with_numbers
from app.api.reader import check_fields, query_object, read_object
from app.api.schemas import HESSIAN, described
from app.calculus import HessianAtPoint, Tape, hessian_at, hessian_tape, kink_at
from app.calculus.classify import EIGENVALUE_ZERO
from app.calculus.degenerate import HigherOrder
from app.calculus.survey import UNEXAMINED, is_doubtful
from app.diagnostics import NablaError
from app.expressions import ExpressionError
from app.expressions.syntax import Syntax

router = APIRouter()

UNDEFINED: Final = "f or one of its derivatives has no finite value at the point."


@router.head("/api/hessian", include_in_schema=False)
@router.get("/api/hessian", **described(HESSIAN, "GET"))
async def get_hessian(request: Request) -> Response:
    """Gradient and Hessian of a function, as formulas, as a tape and at a point."""
    fields = query_object(request)
    content = await work(request, hessian_answer, fields)
    return answer(request, content, lasting=is_lasting(content))


@router.post("/api/hessian", **described(HESSIAN, "POST"))
async def post_hessian(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    fields = await read_object(request)
    return answer(request, await work(request, hessian_answer, fields))


def hessian_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    question = read_question(fields)
    expression = only_entry(question)
    tape = hessian_tape(expression, question.variables)
    found = readable("readable_hessian", question.key, expression, question.variables)
    gradient = found.matrices.get("gradient")
    content = {
        "vars": question.variables,
        "f": formula(expression),
        "gradient": gradient and gradient[0],
        "hessian": found.matrices.get("hessian"),
        "note": found.missing,
        "notes": note_objects(question.notes),
        "tape": tape.as_json(),
    }
    return with_numbers(content, _numbers(tape, question)) if question.point else content


def only_entry(question: Question) -> Syntax:
    """The function of a question that takes one.  Raises ``ExpressionError`` for a list."""
    (expression, *others) = question.entries
    if others:
        message = "The Hessian belongs to one function, not to a list."
        span = others[0].span
        raise ExpressionError("shape", message, span, "Ask for each entry on its own.")
    return expression


def _numbers(tape: Tape, question: Question) -> dict[str, Any]:
    assert question.point is not None
    here = hessian_at(tape, question.point)
    here, higher = _examined(tape, question, here)
    kink = kink_at(question.entries, question.variables, question.point)
    reason = kink or (UNDEFINED if here.verdict is None else None)
    return {
        "point": dict(zip(question.variables, question.point, strict=True)),
        "value": here.value,
        "gradient": here.gradient,
        "hessian": here.hessian,
        "eigenvalues": here.eigenvalues,
        "eigenvectors": here.eigenvectors,
        "eigenvalue_tolerance": EIGENVALUE_ZERO,
        "classification": None if kink else here.classification,
        "verdict": None if kink else here.verdict,
        "higher_order": None if kink else higher_order_object(higher),
        "reason": reason,
    }


def _examined(
    tape: Tape, question: Question, here: HessianAtPoint
) -> tuple[HessianAtPoint, HigherOrder | None]:
    """A doubtful test again, exactly, with the higher terms; as it is where that takes too long."""
    if not is_doubtful(here):
        return here, None
    job = "app.calculus.survey:examined"
    arguments = (tape, question.entries[0], question.variables, question.point)
    try:
        found: tuple[HessianAtPoint, HigherOrder | None] = compute.run(job, *arguments)
    except (NablaError, compute.JobFailed):
        return here, UNEXAMINED if here.verdict == "inconclusive" else None
    return found


def higher_order_object(found: HigherOrder | None) -> dict[str, Any] | None:
    """What the higher terms decide, as JSON; None where they were not needed or not to be had."""
    if found is None:
        return None
    return {
        "decision": found.decision,
        "order": found.order,
        "explanation": found.explanation,
    }
