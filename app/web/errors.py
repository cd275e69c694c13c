"""Errors as pages of the book.

Addresses below ``/api`` answer as the API has it; every other error is a page with the book's
frame, made by ``render`` from a status code.  No page shows a traceback or a path of the machine.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.web.observer import REQUEST_ID
from app.web.prefix import path_within
from app.web.prepared import NOT_STORED, Prepared, respond

RenderError = Callable[[int], Prepared]
Handler = Callable[[Request, Exception], Awaitable[Response] | Response]


def is_api(request: Request) -> bool:
    """Whether programs, not readers, are spoken to at this address."""
    return path_within(request.scope).startswith("/api/")


def install_error_pages(application: FastAPI, render: RenderError) -> None:
    """Answer errors with pages; errors of the API keep the handlers that were there before."""

    async def page(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        answer = respond(request, render(status), NOT_STORED, status)
        if isinstance(error, HTTPException):
            answer.headers.update(error.headers or {})
        return answer

    for kind in (HTTPException, Exception):
        api_handler = application.exception_handlers.get(kind)
        application.add_exception_handler(kind, _split(page, api_handler))


def _split(page: Handler, api: Any | None) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        handler = api if api is not None and is_api(request) else page
        answer = handler(request, error)
        answer = answer if isinstance(answer, Response) else await answer
        # What answers a defect stands outside of all that adds headers.
        if answer.status_code == 500 and (request_id := REQUEST_ID.get()):
            answer.headers["X-Request-ID"] = request_id
        return answer

    return handle
