"""The calculator: a page of its own, complete without scripts.

    GET /calculator?expr=x'*A*x&wrt=x&given=A: n,n

With a question in the address the page holds the derivative with its steps; the widget on the page
starts with the same question and takes over where there are scripts.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.compute import Busy, TooManyRequests
from app.pages.derivations import Mistake, Question, solve
from app.pages.desk import AtDesk
from app.web.admission import admission_of
from app.web.prepared import NOT_STORED, Prepared, prepare, respond

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

    def render(refusal: Mistake | None = None) -> Prepared:
        answer = refusal or (solve(question) if question.expr else None)
        context = edition.calculator(question, answer)
        if layout in ("numerator", "denominator"):
            context = replace(context, layout=layout)
        html = edition.render(context)
        return prepare(html.encode("utf-8", "replace"), "text/html; charset=utf-8")

    try:
        key = ("calculator", question, layout)
        return respond(request, await admission_of(request).work(request, key, render))
    except (Busy, TooManyRequests) as error:
        page = render(Mistake("expr", error.problem.message, error.problem.hint or "", "", ""))
        status = 503 if isinstance(error, Busy) else 429
        response = respond(request, page, NOT_STORED, status)
        response.headers["Retry-After"] = str(error.retry_after)
        return response


def _clean(text: str) -> str:
    """What was typed, without what no page can show; too long a text stays one character too long,
    so that it is refused and not silently cut."""
    return text.replace("\x00", " ").strip()[: LONGEST + 1]
