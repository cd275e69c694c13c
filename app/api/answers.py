"""Answers: JSON in which every number is finite or null, formulas in three forms, ETags."""

from __future__ import annotations

import hashlib
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


def answer(request: Request, content: dict[str, Any], *, lasting: bool = True) -> Response:
    """The content as JSON; a GET is cacheable, and one that the client has is not sent again.

    ``lasting`` is False for an answer that may be better the next time.
    """
    body = json.dumps(plain(content), ensure_ascii=False, allow_nan=False).encode("utf-8")
    if request.method not in {"GET", "HEAD"} or not lasting:
        return Response(body, headers={"Cache-Control": "no-store"}, media_type="application/json")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    known = {tag.strip().removeprefix("W/") for tag in _none_match(request).split(",")}
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _none_match(request: Request) -> str:
    return request.headers.get("if-none-match", "")
