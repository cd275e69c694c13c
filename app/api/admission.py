"""How questions to the API come to be worked out: see ``app.web.admission``."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any, Final

from starlette.requests import Request

from app.api.answers import Content
from app.web.admission import admission_of

LONGEST_KEY: Final = 10_000
"""Characters of a question that is compared with others; a table is worked out by itself."""


async def work(
    request: Request, function: Callable[[dict[str, Any]], dict[str, Any]], fields: dict[str, Any]
) -> dict[str, Any]:
    """``function(fields)`` with its bytes, made in a thread on behalf of the request's client.

    Raises ``TooManyRequests``, ``Busy``, and what the function raises.
    """
    key = _key(function, fields)
    return await admission_of(request).work(request, key, lambda: Content(function(fields)))


def _key(function: Callable[..., Any], fields: dict[str, Any]) -> Hashable:
    if sum(len(value) for value in fields.values() if isinstance(value, str)) > LONGEST_KEY:
        return object()
    text = json.dumps(fields, sort_keys=True)
    return (function, text) if len(text) <= LONGEST_KEY else object()
