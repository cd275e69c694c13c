"""``/api/jacobian``: a map, its Jacobian to read, its tape to run, its numbers at a point."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer, formula
from app.api.derivatives import is_lasting, readable
from app.api.functions import FIELDS, Question, read_question
from app.api.reader import check_fields, query_object, read_object
from app.api.schemas import JACOBIAN, described
from app.calculus import Tape, jacobian_at, jacobian_tape, kink_at
from app.calculus.points import RANK_TOLERANCE
from app.diagnostics import Problem

router = APIRouter()


@router.head("/api/jacobian", include_in_schema=False)
@router.get("/api/jacobian", **described(JACOBIAN, "GET"))
async def get_jacobian(request: Request) -> Response:
    """The Jacobian of a map, as formulas, as a tape and at a point."""
    fields = query_object(request)
    content = await work(request, jacobian_answer, fields)
    return answer(request, content, lasting=is_lasting(content))


@router.post("/api/jacobian", **described(JACOBIAN, "POST"))
async def post_jacobian(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    fields = await read_object(request)
    return answer(request, await work(request, jacobian_answer, fields))


def jacobian_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    question = read_question(fields)
    tape = jacobian_tape(question.entries, question.variables)
    found = readable("readable_jacobian", question.key, question.entries, question.variables)
    content = {
        "vars": question.variables,
        "f": [formula(entry) for entry in question.entries],
        "jacobian": found.matrices.get("jacobian"),
        "note": found.missing,
        "notes": note_objects(question.notes),
        "tape": tape.as_json(),
    }
    return with_numbers(content, _numbers(tape, question)) if question.point else content


def _numbers(tape: Tape, question: Question) -> dict[str, Any]:
    assert question.point is not None
    here = jacobian_at(tape, question.point)
    return {
        "point": dict(zip(question.variables, question.point, strict=True)),
        "value": here.value,
        "jacobian": here.jacobian,
        "determinant": here.determinant,
        "singular_values": here.singular_values,
        "rank": here.rank,
        "rank_tolerance": RANK_TOLERANCE,
        "reason": kink_at(question.entries, question.variables, question.point),
    }


def with_numbers(content: dict[str, Any], numbers: dict[str, Any]) -> dict[str, Any]:
    """Numbers stand in ``at``; those whose names are free also stand beside the formulas."""
    return {**numbers, **content, "at": numbers}


def note_objects(notes: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Where the text could be meant otherwise: {code, message, span, hint}."""
    return [
        {"code": n.code, "message": n.message, "span": n.span and list(n.span), "hint": n.hint}
        for n in notes
    ]
