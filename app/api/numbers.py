"""``/api/derivative/numbers``: a derivative with the program that evaluates it in the browser.

One question for one expression; whatever numbers are put in afterwards, nothing more is asked.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer
from app.api.derivative import given_field, names_field, typeset
from app.api.matrix_schemas import NUMBERS
from app.api.reader import check_fields, query_object, read_object, text_field
from app.api.schemas import described

router = APIRouter()

_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("numbers")
_JOB: Final = "app.entries.answers:numbers_answer"


@router.head("/api/derivative/numbers", include_in_schema=False)
@router.get("/api/derivative/numbers", **described(NUMBERS, "GET"))
async def get_numbers(request: Request) -> Response:
    """A derivative in closed form and entry by entry, as a program, with numbers to start from."""
    return answer(request, await work(request, numbers_content, query_object(request)))


@router.post("/api/derivative/numbers", **described(NUMBERS, "POST"))
async def post_numbers(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, numbers_content, await read_object(request)))


def numbers_content(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, ("expr", "wrt", "given"))
    arguments = text_field(fields, "expr"), names_field(fields.get("wrt")), given_field(fields)
    found = _CACHE.fetch(arguments, lambda: compute.run(_JOB, *arguments))
    return {**typeset({**found, "tape": None}), "tape": found["tape"]}
