"""One widget alone, for a frame in another page; its state stands in the address as in the book."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.pages.desk import AtDesk
from app.web.prepared import respond

router = APIRouter(include_in_schema=False)


@router.api_route("/embed/{widget}", methods=["GET", "HEAD"])
async def embed(request: Request, desk: AtDesk, widget: str, layout: str | None = None) -> Response:
    """The widget of that name, as its lesson shows it first."""
    prepared = desk.shelf.edition.embed(widget, layout)
    if prepared is None:
        raise HTTPException(404)
    return respond(request, prepared)
