"""For whoever watches over the server: is it alive, is it ready to serve the book?"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.pages.desk import AtDesk
from app.web.prepared import NOT_STORED

router = APIRouter(include_in_schema=False)
HEADERS = {"Cache-Control": NOT_STORED}


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def health() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n", headers=HEADERS)


@router.api_route("/readyz", methods=["GET", "HEAD"])
async def ready(desk: AtDesk) -> Response:
    """The book is loaded and can be read."""
    if desk.shelf.edition.page("/", None) is None:
        return PlainTextResponse("the book has no cover yet\n", 503, headers=HEADERS)
    return PlainTextResponse("ready\n", headers=HEADERS)
