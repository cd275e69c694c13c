"""Requests read strictly: JSON as RFC 8259 has it, of bounded size, and nothing twice.

What the standard library lets through is refused: NaN and Infinity, numbers beyond the range of
floats, duplicate keys, lone surrogates, byte order marks.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Collection, Mapping
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request

from app.api.problems import RequestError
from app.diagnostics import did_you_mean

BODY_LIMIT: Final = 65_536
BODY_SECONDS: Final = 4.0
_LONGEST_NUMBER: Final = 400


async def read_object(request: Request, limit: int = BODY_LIMIT) -> dict[str, Any]:
    """The JSON object of the body, which has at most ``limit`` bytes.

    Raises ``RequestError`` for any other body, without repeating any of it.
    """
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.replace(" ", "").lower()
    if media_type.strip().lower() != "application/json" or charset not in _UTF_8:
        hint = "Send Content-Type: application/json, encoded as UTF-8."
        raise RequestError("The body must be JSON.", hint, code="type")
    return parse_object(await _body(request, limit))


_UTF_8: Final = {"", "charset=utf-8", 'charset="utf-8"'}


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    message = f"The body is too large; at most {limit:,} bytes are read."
                    raise RequestError(message, "Shorten it.", code="too-large")
    except TimeoutError:
        raise RequestError("The body did not arrive in time.", "Try again.", code="late") from None
    except ClientDisconnect:
        raise RequestError("The body is incomplete.", "Send it again.") from None
    return bytes(body)


def parse_object(body: bytes) -> dict[str, Any]:
    """The object that ``body`` describes.  Raises ``RequestError``."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_integer,
        )
        _check_text(value)
    except UnicodeError:
        raise RequestError("The body is not valid UTF-8 text.") from None
    except RecursionError:
        raise RequestError("The body is nested too deeply.") from None
    except json.JSONDecodeError:
        raise RequestError("The body is not valid JSON.", "Check quotes and commas.") from None
    if not isinstance(value, dict):
        raise RequestError("The body must be one JSON object.", 'Such as {"f": "x^2"}.')
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RequestError("A field is given twice.", "Give every field once.")
    return found


def _constant(name: str) -> Any:
    raise RequestError("NaN and Infinity are not JSON.", "Use finite numbers.")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise RequestError("A number is out of range.", "Use finite numbers.")
    return value


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER or not math.isfinite(float(text)):
        raise RequestError("A number is out of range.", "Use finite numbers.")
    return int(text)


def _check_text(value: Any) -> None:
    """Refuse lone surrogates, which no response could carry; raises ``UnicodeError``."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            current.encode("utf-8")
        elif isinstance(current, dict):
            stack += [*current.keys(), *current.values()]
        elif isinstance(current, list):
            stack += current


def query_object(request: Request) -> dict[str, Any]:
    """The query's fields as an object of texts.  Raises ``RequestError`` for one given twice."""
    items = request.query_params.multi_items()
    found = dict(items)
    if len(found) < len(items):
        raise RequestError("A field is given twice.", "Give every field once.")
    return found


def check_fields(fields: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse fields that mean nothing here, for a misspelt one would be ignored in silence."""
    for name in fields:
        if name not in known:
            listed = f"Known are {', '.join(known)}."
            hint = did_you_mean(name[:40], known) or listed
            raise RequestError("There is a field that this address does not know.", hint)


def text_field(fields: Mapping[str, Any], name: str) -> str:
    """A required text.  Raises ``RequestError``."""
    value = fields.get(name)
    if value is None:
        raise RequestError(f"The field {name} is missing.", "See /api/docs.", field=name)
    if not isinstance(value, str):
        raise RequestError(f"The field {name} must be text.", "See /api/docs.", field=name)
    return value


def number_field(fields: Mapping[str, Any], name: str, default: float) -> float:
    """A number, or ``default`` where there is none.  Raises ``RequestError``."""
    value = fields.get(name, default)
    if not is_number(value):
        raise RequestError(f"{name} must be a number.", "See /api/docs.", field=name)
    return float(value)


def is_number(value: Any) -> bool:
    """Whether JSON gave a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
