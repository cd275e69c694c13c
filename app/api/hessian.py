"""``/api/hessian``: gradient and Hessian of a function, and the test that they allow at a point."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer, formula
from app.api.derivatives import readable
from app.api.functions import FIELDS, Question, read_question
from app.api.jacobian import note_objects, with_numbers
from app.api.reader import check_fields, query_object, read_object
from app.api.schemas import HESSIAN, described
from app.calculus import HessianAtPoint, Tape, hessian_at, hessian_tape, kink_at
from app.diagnostics import NablaError
from app.expressions import ExpressionError

router = APIRouter()


@router.head("/api/hessian", include_in_schema=False)
@router.get("/api/hessian", **described(HESSIAN, "GET"))
async def get_hessian(request: Request) -> Response:
    """Gradient and Hessian of a function, as formulas, as a tape and at a point."""
    fields = query_object(request)
    return answer(request, await work(request, hessian_answer, fields))


@router.post("/api/hessian", **described(HESSIAN, "POST"))
async def post_hessian(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    fields = await read_object(request)
    return answer(request, await work(request, hessian_answer, fields))


def hessian_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    question = read_question(fields)
    (expression, *others) = question.entries
    if others:
        message = "The Hessian belongs to one function, not to a list."
        span = others[0].span
        raise ExpressionError("shape", message, span, "Ask for each entry on its own.")
    tape = hessian_tape(expression, question.variables)
    found = readable("readable_hessian", question.key, expression, question.variables)
    gradient, hessian = (found.matrices.get(name) for name in ("gradient", "hessian"))
    content = {
        "vars": question.variables,
        "f": formula(expression),
        "gradient": gradient and [formula(entry) for entry in gradient[0]],
        "hessian": hessian and [[formula(entry) for entry in row] for row in hessian],
        "note": found.missing,
        "notes": note_objects(question.notes),
        "tape": tape.as_json(),
    }
    return with_numbers(content, _numbers(tape, question)) if question.point else content


def _numbers(tape: Tape, question: Question) -> dict[str, Any]:
    assert question.point is not None
    here = hessian_at(tape, question.point)
    kink = kink_at(question.entries, question.variables, question.point)
    return {
        "point": dict(zip(question.variables, question.point, strict=True)),
        "value": here.value,
        "gradient": here.gradient,
        "hessian": here.hessian,
        "eigenvalues": here.eigenvalues,
        "eigenvectors": here.eigenvectors,
        "classification": None if kink else here.classification,
        "verdict": None if kink else here.verdict,
        "higher_order": _higher_order(question, here, kink),
        "reason": kink,
    }


def _higher_order(
    question: Question, here: HessianAtPoint, kink: str | None
) -> dict[str, Any] | None:
    """What the higher terms decide; None where there are none or they took too long."""
    if kink or here.verdict != "inconclusive":
        return None
    job = "app.calculus.classify:higher_order"
    try:
        found = compute.run(job, question.entries[0], question.variables, question.point)
    except (NablaError, compute.JobFailed):
        return None
    if found is None:
        return None
    return {
        "decision": found.decision,
        "order": found.order,
        "explanation": found.explanation,
    }
