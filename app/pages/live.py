"""Watch mode: open pages hear of changes, and a watcher renews the book when files are saved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import anyio
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from watchfiles import awatch

from app.pages.desk import AtDesk, Desk
from app.web.prepared import NOT_STORED

router = APIRouter(include_in_schema=False)
logger = logging.getLogger("nabla.watch")
GATHER_MILLISECONDS = 80
STEP_MILLISECONDS = 25


@router.get("/changes")
async def changes(desk: AtDesk, page: str = "/", layout: str | None = None) -> Response:
    """A stream of the versions of one page."""

    def version() -> str:
        prepared = desk.shelf.edition.page(page, layout)
        return prepared.digest if prepared else "gone"

    headers = {"Cache-Control": NOT_STORED, "X-Accel-Buffering": "no"}
    stream = desk.changes.stream(version)
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def watch(
    desk: Desk, folders: Sequence[Path], stop: anyio.Event, *, warm_up: bool = False
) -> None:
    """Renew the book whenever a file below ``folders`` changes, until ``stop``.

    A change that cannot be printed is told on the terminal; the last good edition stays.  With
    ``warm_up`` the book is printed once beforehand: an edition that was read from disk leaves
    nothing behind that would make the first change quick.
    """
    if warm_up:
        await _renew(desk)
    async for _ in awatch(
        *folders, stop_event=stop, debounce=GATHER_MILLISECONDS, step=STEP_MILLISECONDS
    ):
        await _renew(desk)


async def _renew(desk: Desk) -> None:
    known = desk.problems()
    try:
        await run_in_threadpool(desk.shelf.renew)
    except Exception as error:
        # Templates and scripts are watched as well; whatever is wrong in them, serving goes on.
        logger.warning("The last good edition stays: %s", error)
        return
    for problem in desk.problems():
        if problem not in known:
            logger.warning("%s", problem)
    await desk.changes.announce()
