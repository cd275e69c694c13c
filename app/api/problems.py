"""Errors as ``application/problem+json`` (RFC 9457): designed sentences, never a traceback or path.

what                                   status
does not parse, does not fit           400
expression, number or body too large   413
content type other than JSON           415
malformed request, missing field       422
no room or time for the computation    503, with Retry-After
computation ran out of its time        504
"""

from __future__ import annotations

import http
import json
import logging
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.compute import Busy
from app.diagnostics import NablaError, Problem
from app.web.admission import Nobody

MEDIA_TYPE: Final = "application/problem+json"
_STATUS: Final = {
    "late": 408,
    "too-large": 413,
    "type": 415,
    "malformed": 422,
    "too-many-requests": 429,
    "busy": 503,
    "timeout": 504,
}
_LOG: Final = logging.getLogger(__name__)


class RequestError(NablaError):
    """The request itself is wrong: ``code`` is “malformed”, “type”, “late” or “too-large”."""

    def __init__(
        self, message: str, hint: str | None = None, *, code: str = "malformed", field: str = ""
    ) -> None:
        super().__init__(Problem(code, message, hint=hint))
        self.field = field


class FieldError(NablaError):
    """A problem of one field, where it is not plain which: ``f[1]`` is the second entry of f."""

    def __init__(self, problem: Problem, field: str) -> None:
        super().__init__(problem)
        self.field = field


def install_error_handlers(application: FastAPI) -> None:
    """Answer every error with problem details.

    Pages answer for themselves: their handlers, installed later, keep these for ``/api`` only.
    """
    application.add_exception_handler(NablaError, _nabla_error)
    application.add_exception_handler(RequestValidationError, _invalid_request)
    application.add_exception_handler(HTTPException, _http_error)
    application.add_exception_handler(Nobody, _nobody)
    application.add_exception_handler(Exception, _defect)


def problem_response(
    status: int,
    code: str,
    detail: str,
    *,
    span: Any = None,
    hint: str | None = None,
    field: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """One problem as a response that no cache keeps."""
    body = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "span": span,
        "hint": hint,
    }
    if field:
        body["field"] = field
    # ASCII escapes keep what was typed from breaking the encoding, lone surrogates included.
    return Response(
        json.dumps(body).encode("ascii"),
        status,
        {"Cache-Control": "no-store", **(headers or {})},
        MEDIA_TYPE,
    )


async def _nabla_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, NablaError)
    problem = error.problem
    passing = problem.code in {"busy", "too-many-requests"}
    retry_after = getattr(error, "retry_after", Busy.retry_after)
    headers = {"Retry-After": str(retry_after)} if passing else None
    return problem_response(
        _STATUS.get(problem.code, 400),
        problem.code,
        problem.message,
        span=list(problem.span) if problem.span else None,
        hint=problem.hint,
        field=getattr(error, "field", None),
        headers=headers,
    )


async def _nobody(request: Request, error: Exception) -> Response:
    """The connection is closed; the status is for our own log, as nginx has it."""
    return Response(status_code=499)


async def _invalid_request(request: Request, error: Exception) -> Response:
    """A query that FastAPI refused; its own answer would echo what was sent."""
    assert isinstance(error, RequestValidationError)
    names = [str(part) for each in error.errors() for part in each["loc"][1:2]]
    field = names[0] if names and names[0].isidentifier() else None
    detail = f"The field {field} is missing or malformed." if field else "The request is malformed."
    return problem_response(422, "malformed", detail, hint="See /api/docs.", field=field)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    details = {
        404: "There is nothing at this address.",
        405: "This address does not answer to this method.",
    }
    detail = details.get(status, f"The request was refused: {http.HTTPStatus(status).phrase}.")
    headers = dict(error.headers or {})
    return problem_response(
        status, "not-found" if status == 404 else "malformed", detail, headers=headers
    )


async def _defect(request: Request, error: Exception) -> Response:
    _LOG.error("An API request failed", exc_info=error)
    detail = "Something went wrong on our side; it has been noted."
    return problem_response(500, "defect", detail, hint="Try again, or another expression.")
