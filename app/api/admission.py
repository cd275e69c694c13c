"""Answers are worked out in threads, fairly: each client has a few at a time, the rest wait.

A classroom shares one address, so a client that has too many in flight waits for its own earlier
ones, and only after a while is asked to come again (429).
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final
from weakref import WeakValueDictionary

import anyio
import anyio.lowlevel
import anyio.to_thread
from starlette.requests import Request

from app.api.problems import TooManyRequests
from app.compute import CLIENT

IN_FLIGHT: Final = 8
PATIENCE: Final = 5.0
THREADS: Final = 128

_turns: Final[WeakValueDictionary[str, asyncio.Semaphore]] = WeakValueDictionary()


async def work(
    request: Request, function: Callable[[dict[str, Any]], dict[str, Any]], fields: dict[str, Any]
) -> dict[str, Any]:
    """``function(fields)``, run in a thread on behalf of the client of this request.

    Raises ``TooManyRequests`` when the client's earlier requests do not end in time.
    """
    client = client_of(request)
    async with _turn(client):
        token = CLIENT.set(client)
        try:
            return await anyio.to_thread.run_sync(function, fields, limiter=_limiter())
        finally:
            CLIENT.reset(token)


def client_of(request: Request) -> str:
    """The address of the client; of IPv6 the network, which one household or campus shares."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


@asynccontextmanager
async def _turn(client: str) -> AsyncIterator[None]:
    turns = _turns.setdefault(client, asyncio.Semaphore(IN_FLIGHT))
    try:
        await asyncio.wait_for(turns.acquire(), PATIENCE)
    except TimeoutError:
        raise TooManyRequests from None
    try:
        yield
    finally:
        turns.release()


_LIMITER: Final[anyio.lowlevel.RunVar[anyio.CapacityLimiter]] = anyio.lowlevel.RunVar("threads")


def _limiter() -> anyio.CapacityLimiter:
    """One for each event loop: enough threads that waiting ones keep nobody out."""
    try:
        return _LIMITER.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(THREADS)
        _LIMITER.set(limiter)
        return limiter
