"""Answers that were made before anyone asked: bytes, their compressed forms and an ETag.

A page is prepared when the book is loaded, a static file when it is first asked for.  What is left
for a request is to choose an encoding and to say 304 to whoever has the answer already.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import brotli
from starlette.requests import Request
from starlette.responses import Response

# Brotli at 6 takes a millisecond a page; beyond that a few per cent cost many times as much.
BROTLI_QUALITY = 6
GZIP_LEVEL = 6
WORTH_COMPRESSING = 400
HEADERS_REMEMBERED = 256

REVALIDATE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"
NOT_STORED = "no-store"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body in every encoding that is worth having, with the ETag of the plain one.

    Build it with ``prepare``.  ``encodings`` maps ``br``, ``gzip`` and ``identity`` to bytes.
    """

    media_type: str
    digest: str
    encodings: Mapping[str, bytes] = field(repr=False)

    @property
    def body(self) -> bytes:
        """The plain bytes."""
        return self.encodings["identity"]

    def etag(self, encoding: str) -> str:
        """A strong ETag: each encoding is a representation of its own."""
        suffix = "" if encoding == "identity" else f"-{encoding}"
        return f'"{self.digest}{suffix}"'

    def __reduce__(self) -> tuple[type[Prepared], tuple[str, str, dict[str, bytes]]]:
        """Read-only views cannot be pickled; their contents can."""
        return Prepared, (self.media_type, self.digest, dict(self.encodings))


def prepare(body: bytes, media_type: str) -> Prepared:
    """Compress ``body`` where that pays and name it by its content."""
    encodings = {"identity": body}
    if is_text(media_type) and len(body) >= WORTH_COMPRESSING:
        encodings["br"] = brotli.compress(body, quality=BROTLI_QUALITY)
        encodings["gzip"] = gzip.compress(body, GZIP_LEVEL, mtime=0)
    return Prepared(media_type, hashlib.sha256(body).hexdigest()[:20], MappingProxyType(encodings))


def is_text(media_type: str) -> bool:
    """Whether bytes of this type shrink when compressed."""
    kind = media_type.partition(";")[0]
    return kind.startswith("text/") or kind in {
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
    }


def respond(
    request: Request, prepared: Prepared, cache_control: str = REVALIDATE, status: int = 200
) -> Response:
    """The answer to ``request``: best encoding, or 304 when the reader has it already."""
    encoding = negotiate(request.headers.get("accept-encoding", ""), prepared.encodings)
    headers = {
        "Cache-Control": cache_control,
        "ETag": prepared.etag(encoding),
        "Vary": "Accept-Encoding",
    }
    if status == 200 and matches(request.headers.get("if-none-match", ""), prepared):
        return Response(status_code=304, headers=headers)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    body = prepared.encodings[encoding]
    return Response(body, status, headers, media_type=prepared.media_type)


def negotiate(accepted: str, encodings: Mapping[str, bytes]) -> str:
    """The smallest encoding that the ``Accept-Encoding`` header allows."""
    candidates = [name for name in _allowed(accepted) if name in encodings]
    return min(candidates, key=lambda name: len(encodings[name]), default="identity")


@lru_cache(maxsize=HEADERS_REMEMBERED)
def _allowed(accepted: str) -> tuple[str, ...]:
    """The compressed encodings that the header allows; browsers send a handful of headers."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip().lower()] = _weight(parameters)
    anything = weights.get("*", 0.0)
    return tuple(name for name in ("br", "gzip") if weights.get(name, anything) > 0)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def matches(if_none_match: str, prepared: Prepared) -> bool:
    """Whether the header names this content, in whatever encoding it was delivered."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or any(prepared.etag(encoding) in tags for encoding in prepared.encodings)
