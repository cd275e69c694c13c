"""``/api/derivative`` and its neighbours: matrix expressions differentiated, compared, checked.

The engine runs in a worker process with a deadline; formulas are typeset here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer, formula_of
from app.api.matrix_schemas import DERIVATIVE, EQUIVALENCE, READING, WORKING
from app.api.problems import FieldError, RequestError
from app.api.reader import check_fields, query_object, read_object, text_field
from app.api.schemas import described
from app.expressions import ExpressionError
from app.expressions.characters import GREEK
from app.matrices.declarations import read_given

router = APIRouter()

LAYOUTS: Final = ("numerator", "denominator")
_FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("matrices")
_JOB: Final = "app.matrices.answers:"


@router.head("/api/derivative", include_in_schema=False)
@router.get("/api/derivative", **described(DERIVATIVE, "GET"))
async def get_derivative(request: Request) -> Response:
    """The derivative of a matrix expression, with steps, in the layout asked for."""
    return answer(request, await work(request, derivative_answer, query_object(request)))


@router.post("/api/derivative", **described(DERIVATIVE, "POST"))
async def post_derivative(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, derivative_answer, await read_object(request)))


@router.get("/api/reading", **described(READING, "GET"))
async def get_reading(request: Request) -> Response:
    """How a matrix expression is read, with shapes: the preview while typing."""
    return answer(request, await work(request, reading_answer, query_object(request)))


@router.post("/api/reading", **described(READING, "POST"))
async def post_reading(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, reading_answer, await read_object(request)))


@router.get("/api/equivalence", **described(EQUIVALENCE, "GET"))
async def get_equivalence(request: Request) -> Response:
    """Whether two matrix expressions agree."""
    return answer(request, await work(request, equivalence_answer, query_object(request)))


@router.post("/api/equivalence", **described(EQUIVALENCE, "POST"))
async def post_equivalence(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, equivalence_answer, await read_object(request)))


@router.get("/api/check-working", **described(WORKING, "GET"))
async def get_working(request: Request) -> Response:
    """A reader's own derivation, checked line by line."""
    return answer(request, await work(request, working_answer, query_object(request)))


@router.post("/api/check-working", **described(WORKING, "POST"))
async def post_working(request: Request) -> Response:
    """The same as GET, with the fields as a JSON object."""
    return answer(request, await work(request, working_answer, await read_object(request)))


# ------------------------------------------------------------------------------ answers


def derivative_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, ("expr", "wrt", "given", "layout", "simplify"))
    arguments = (
        text_field(fields, "expr"),
        names_field(fields.get("wrt")),
        given_field(fields),
        _layout(fields),
        _flag(fields, "simplify"),
    )
    return typeset(_run("derivative_answer", *arguments))


def reading_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, ("expr", "given", "wrt"))
    arguments = text_field(fields, "expr"), given_field(fields), names_field(fields.get("wrt"))
    return typeset(_run("reading_answer", *arguments))


def equivalence_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, ("left", "right", "given"))
    both = text_field(fields, "left"), text_field(fields, "right")
    return _run("equivalence_answer", *both, given_field(fields))


def working_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, ("lines", "expr", "wrt", "given"))
    names = names_field(fields.get("wrt"))
    if len(names) != 1:
        raise RequestError("The field wrt must be one name.", "Such as wrt=x.", field="wrt")
    lines = _lines(fields.get("lines"))
    return _run("working_answer", lines, text_field(fields, "expr"), names[0], given_field(fields))


def _run(job: str, *arguments: Any) -> dict[str, Any]:
    return _CACHE.fetch((job, arguments), lambda: compute.run(f"{_JOB}{job}", *arguments))


def _typeset(content: Any) -> Any:
    if isinstance(content, list):
        return [_typeset(part) for part in content]
    return typeset(content) if isinstance(content, dict) else content


def typeset(content: dict[str, Any]) -> dict[str, Any]:
    """The content with MathML beside every TeX; where factors carry shapes, so does the MathML."""
    found = {name: _typeset(part) for name, part in content.items() if name != "shaped_tex"}
    if isinstance(tex := content.get("tex"), str):
        shaped = content.get("shaped_tex") or tex
        found["mathml"] = formula_of(content.get("text") or tex, shaped)["mathml"]
    return found


# ------------------------------------------------------------------------------- fields


def names_field(value: Any) -> tuple[str, ...]:
    """“x”, “x, y” or a list of names; none if the field is missing or empty."""
    if value is None:
        return ()
    names = re.split(r"[\s,;]+", value.strip(" ,[]()")) if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        message = "The field wrt must be a name or a list of names."
        raise RequestError(message, "Such as wrt=x or wrt=x,y.", field="wrt")
    names = [name.strip() for name in names if name.strip()]
    if len(names) > 2:
        message = "A derivative is taken by one name, or by two for a second derivative."
        raise RequestError(message, "Such as wrt=x or wrt=x,y.", field="wrt")
    for name in names:
        if not re.fullmatch(r"[A-Za-zΑ-ω][A-Za-z0-9_]{0,23}", name):
            raise RequestError("The field wrt must be a name.", "Such as wrt=x.", field="wrt")
    return tuple(GREEK.get(name[:1], name[:1]) + name[1:] for name in names)


def given_field(fields: Mapping[str, Any]) -> str:
    """The declarations, read once here so that a mistake in them is told to be there."""
    value = fields.get("given")
    if value is None:
        return ""
    text = text_field(fields, "given")
    try:
        read_given(text)
    except ExpressionError as error:
        raise FieldError(error.problem, "given") from None
    return text


def _layout(fields: Mapping[str, Any]) -> str:
    value = fields.get("layout") or "numerator"
    if value not in LAYOUTS:
        message = "The field layout must be numerator or denominator."
        raise RequestError(message, "Such as layout=numerator.", field="layout")
    return str(value)


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, True)
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in _FLAGS:
        message = f"The field {name} must be true or false."
        raise RequestError(message, f"Such as {name}=true.", field=name)
    return _FLAGS[value.lower()]


def _lines(value: Any) -> tuple[str, ...]:
    """Lines as a list, or as one text with line breaks."""
    lines = value.split("\n") if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        message = "The field lines must be a list of texts."
        raise RequestError(message, "One line of the derivation each.", field="lines")
    lines = [line for line in lines if line.strip()]
    if not lines:
        message = "There are no lines to check."
        raise RequestError(message, "Write the differential, such as 2*x'*dx.", field="lines")
    return tuple(lines)
