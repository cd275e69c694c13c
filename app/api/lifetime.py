"""The workers live as long as the application: warmed when it starts, ended when it stops."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from app import compute

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def workers(_: Any) -> AsyncIterator[None]:
    """Start workers beside the application, so that serving does not wait for them."""
    threading.Thread(target=_start, name="compute-start", daemon=True).start()
    try:
        yield
    finally:
        compute.close()


def _start() -> None:
    try:
        compute.start()
    except Exception:
        _LOG.exception("No worker could be started; readable forms will be missing")


router = APIRouter(lifespan=workers)
