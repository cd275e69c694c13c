"""Search: a page of its own, and the results alone for the search that answers while one types."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.pages.desk import AtDesk
from app.web.prepared import prepare, respond

router = APIRouter(include_in_schema=False)
LONGEST_QUERY = 200


@router.api_route("/search", methods=["GET", "HEAD"])
async def search(
    request: Request, desk: AtDesk, q: str = "", part: Literal["results"] | str | None = None
) -> Response:
    """What the book says about ``q``; only the list of results for ``part=results``."""
    edition = desk.shelf.edition
    query = " ".join(q.replace("\x00", " ").split())[:LONGEST_QUERY]

    def render() -> str:
        context = edition.search_fragment(query) if part == "results" else edition.search(query)
        return edition.render(context)

    html = await run_in_threadpool(render)
    body = html.encode("utf-8", "replace")
    return respond(request, prepare(body, "text/html; charset=utf-8"))
