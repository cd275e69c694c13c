"""Prepared pages: cover, lessons and all reference pages, by their path."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from app.pages.desk import AtDesk
from app.pages.edition import Edition
from app.web.prepared import respond

router = APIRouter(include_in_schema=False)
LONGEST_PATH = 200


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
async def page(request: Request, desk: AtDesk, path: str, layout: str | None = None) -> Response:
    """A page of the book. Must be the last route: it takes every path that nobody else took."""
    wanted = f"/{path}"
    if len(wanted) > LONGEST_PATH:
        raise HTTPException(404)
    edition = desk.shelf.edition
    prepared = edition.page(wanted, layout)
    if prepared is None:
        without_slash = wanted.rstrip("/")
        if wanted != without_slash and _is_page(edition, without_slash):
            query = request.url.query  # it holds the state of widgets
            address = desk.addresses.page(without_slash) + (f"?{query}" if query else "")
            return RedirectResponse(address, 308)
        raise HTTPException(404)
    return respond(request, prepared)


def _is_page(edition: Edition, path: str) -> bool:
    """Whether a page stands there, or a widget alone: in a copy both are folders."""
    folder, _, name = path.rpartition("/")
    return path in edition.pages or (folder == "/embed" and name in edition.embeds)
