"""The calculator: a page of its own, complete without scripts.

    GET /calculator?expr=x'*A*x&wrt=x&given=A: n,n

With a question in the address the page holds the derivative with its steps; the widget on the page
starts with the same question and takes over where there are scripts.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.pages.derivations import Question, solve
from app.pages.desk import AtDesk
from app.web.prepared import prepare, respond

router = APIRouter(include_in_schema=False)
LONGEST: int = 2000


@router.api_route("/calculator", methods=["GET", "HEAD"])
async def calculator(
    request: Request,
    desk: AtDesk,
    expr: str = "",
    wrt: str = "",
    given: str = "",
    layout: str | None = None,
) -> Response:
    """The calculator with the answer to the question in the address, if there is one."""
    edition = desk.shelf.edition
    question = Question(*(_clean(text) for text in (expr, wrt, given)))

    def render() -> str:
        context = edition.calculator(question, solve(question) if question.expr else None)
        if layout in ("numerator", "denominator"):
            context = replace(context, layout=layout)
        return edition.render(context)

    html = await run_in_threadpool(render)
    return respond(request, prepare(html.encode("utf-8", "replace"), "text/html; charset=utf-8"))


def _clean(text: str) -> str:
    """What was typed, without what no page can show; too long a text stays one character too long,
    so that it is refused and not silently cut."""
    return text.replace("\x00", " ").strip()[: LONGEST + 1]
