"""Answers: JSON in which every number is finite or null, formulas in three forms, ETags.

Writing a large answer as JSON and compressing it takes longer than the event loop may be kept, so
``Content`` does it where the answer was worked out, in a thread.
"""

from __future__ import annotations

import html
import json
import math
from typing import Any, Final

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.expressions import to_tex, to_text
from app.expressions.syntax import Syntax
from app.typeset import TexError, to_mathml
from app.web.kept import keep
from app.web.prepared import NOT_STORED, Prepared, prepare, respond

CACHE_CONTROL: Final = "public, max-age=3600"
"""Answers depend on the question alone; an hour bounds how long a corrected one takes to arrive."""


def formula(syntax: Syntax) -> dict[str, str]:
    """The formula object of a tree: the text one types, TeX, and MathML."""
    return formula_of(to_text(syntax), to_tex(syntax))


def formula_of(text: str, tex: str) -> dict[str, str]:
    """The formula object {text, tex, mathml}."""
    try:
        mathml = to_mathml(tex)
    except TexError:
        # Longer than what can be set: the text itself is better than no answer.
        mathml = f"<math><mtext>{html.escape(text)}</mtext></math>"
    return {"text": text, "tex": tex, "mathml": mathml}


def plain(value: Any) -> Any:
    """Arrays as lists, tuples as lists, and numbers that are not finite as None."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class Content(dict[str, Any]):
    """What an answer says, together with its bytes."""

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content)
        self.prepared = _prepare(content)


def _prepare(content: dict[str, Any]) -> Prepared:
    body = json.dumps(plain(content), ensure_ascii=False, allow_nan=False).encode("utf-8")
    return prepare(body, "application/json")


def answer(request: Request, content: dict[str, Any], *, lasting: bool = True) -> Response:
    """The content as JSON; a GET is cacheable, and one that the client has is not sent again.

    ``lasting`` is False for an answer that may be better the next time.
    """
    prepared = content.prepared if isinstance(content, Content) else _prepare(content)
    if request.method not in {"GET", "HEAD"} or not lasting:
        response = respond(request, prepared, NOT_STORED)
        del response.headers["ETag"]
        return response
    keep(request, prepared, CACHE_CONTROL)
    return respond(request, prepared, CACHE_CONTROL)
