"""Static files: for ever under their digest, asked for again each time without."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.pages.desk import AtDesk
from app.web.prepared import IMMUTABLE, REVALIDATE, respond

router = APIRouter(include_in_schema=False)


@router.api_route("/static/{path:path}", methods=["GET", "HEAD"])
async def static(request: Request, desk: AtDesk, path: str) -> Response:
    """A file of the static tree."""
    tree = desk.shelf.edition.static
    is_current, name = tree.split(path)
    prepared = await run_in_threadpool(tree.prepared, name)
    if prepared is None:
        raise HTTPException(404)
    answer = respond(request, prepared, IMMUTABLE if is_current else REVALIDATE)
    # Frames of other pages (embedded widgets) and notebooks may load the book's own modules.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
