"""For whoever watches over the server: is it alive, is it ready to serve the book?"""

from __future__ import annotations

import time
from typing import Final

import anyio.to_thread
from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app import compute
from app.pages.desk import AtDesk
from app.web.prepared import NOT_STORED

router = APIRouter(include_in_schema=False)
HEADERS = {"Cache-Control": NOT_STORED}
PULSE_SECONDS: Final = 1.0
"""How long it is believed that workers answer, so that nobody can keep them busy by asking."""
_answered_until = [0.0]


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def health() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n", headers=HEADERS)


@router.api_route("/readyz", methods=["GET", "HEAD"])
async def ready(desk: AtDesk) -> Response:
    """The book is loaded, and workers answer."""
    if desk.shelf.edition.page("/", None) is None:
        return PlainTextResponse("the book has no cover yet\n", 503, headers=HEADERS)
    if not await _workers_answer():
        return PlainTextResponse("no worker process answers\n", 503, headers=HEADERS)
    return PlainTextResponse("ready\n", headers=HEADERS)


async def _workers_answer() -> bool:
    if time.monotonic() < _answered_until[0]:
        return True
    if not await anyio.to_thread.run_sync(compute.answers):
        return False
    _answered_until[0] = time.monotonic() + PULSE_SECONDS
    return True
