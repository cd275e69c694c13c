"""The worker that keeps the book in the reader's browser, for reading without a connection.

``/sw.js`` is ``static/page/worker.js`` with the list of what it keeps in front: pages and static
files by their address, each with the digest of its content.  So another edition is another worker,
and what did not change is not fetched again.  What was typed, and what was computed from it, is
never on the list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.pages.desk import AtDesk
from app.pages.edition import Edition
from app.web.addresses import Addresses
from app.web.prepared import Prepared, prepare, respond
from app.web.static_tree import StaticTree

router = APIRouter(include_in_schema=False)
SOURCE: Final = "page/worker.js"
# What only the server or a curious reader wants.
_LEFT_OUT: Final = ("vendor/temml/", "README", "LICENSE", SOURCE)
_SUFFIXES: Final = (".js", ".css", ".json", ".svg", ".woff2")


@dataclass(frozen=True)
class Shipment:
    """What a worker keeps: digests by address.

    ``whole``: all of it is fetched at once, and not only what the reader opens.

    What stands in ``unchanging`` has its content's name in its address: once there, it is never
    asked for again.  Everything in ``changing`` is asked for first and kept for want of an answer.
    """

    whole: bool
    changing: Mapping[str, str] = field(default_factory=dict)
    unchanging: Mapping[str, str] = field(default_factory=dict)


def worker_script(static: StaticTree, scope: str, shipment: Shipment) -> bytes:
    """The worker for the pages below ``scope``, which ends with a slash."""
    edition = {
        "scope": scope,
        "whole": shipment.whole,
        "changing": dict(shipment.changing),
        "unchanging": dict(shipment.unchanging),
    }
    return f"self.nablaEdition = {json.dumps(edition)};\n{static.text(SOURCE)}".encode()


def static_files(static: StaticTree, addresses: Addresses) -> dict[str, str]:
    """The static files that pages may need, by their address."""
    return {
        addresses.static(name): digest_of(static.body(name))
        for name in static.names()
        if name.endswith(_SUFFIXES) and not any(part in name for part in _LEFT_OUT)
    }


def digest_of(body: bytes) -> str:
    """The digest by which the worker knows a content again: as that of a prepared answer."""
    return hashlib.sha256(body).hexdigest()[:20]


@router.api_route("/sw.js", methods=["GET", "HEAD"])
async def worker(request: Request, desk: AtDesk) -> Response:
    """The worker for the edition that is served, asked for again with every visit."""
    if not request.app.state.press.keeps_offline:
        raise HTTPException(404)
    known: tuple[Edition, Prepared] | None = getattr(request.app.state, "worker", None)
    edition = desk.shelf.edition
    if known is None or known[0] is not edition:
        script = await run_in_threadpool(_script, edition, desk.addresses.prefix)
        known = request.app.state.worker = (edition, prepare(script, "text/javascript"))
    return respond(request, known[1])


def _script(edition: Edition, prefix: str) -> bytes:
    addresses = Addresses(prefix, edition.static.hashed)
    pages = {addresses.page(path): edition.pages[path][edition.layout] for path in edition.pages}
    shipment = Shipment(
        False,
        {address: page.digest for address, page in pages.items()},
        static_files(edition.static, addresses),
    )
    return worker_script(edition.static, addresses.cover(), shipment)
