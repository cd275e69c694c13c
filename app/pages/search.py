"""Search: a page of its own, and the results alone for the search that answers while one types."""

from __future__ import annotations

from functools import cache
from typing import Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.pages.desk import AtDesk
from app.web.prepared import Prepared, prepare, respond

router = APIRouter(include_in_schema=False)
LONGEST_QUERY = 200
AT_A_TIME = 2
"""A search takes milliseconds; many of them at once would keep those waiting who only read."""
HTML = "text/html; charset=utf-8"


@router.api_route("/search", methods=["GET", "HEAD"])
async def search(
    request: Request, desk: AtDesk, q: str = "", part: Literal["results"] | str | None = None
) -> Response:
    """What the book says about ``q``; only the list of results for ``part=results``."""
    edition = desk.shelf.edition
    query = " ".join(q.replace("\x00", " ").split())[:LONGEST_QUERY]

    def render() -> Prepared:
        context = edition.search_fragment(query) if part == "results" else edition.search(query)
        return prepare(edition.render(context).encode("utf-8", "replace"), HTML)

    return respond(request, await to_thread.run_sync(render, limiter=_limiter()))


@cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(AT_A_TIME)
