"""Who may compute now: rates, turns and places, so that no reader is felt by another.

A request that asks for a computation passes, in this order:

1. its twin, if the same question is being answered already: both get that answer;
2. the rate of its client (``rates``), else 429;
3. a turn of its client, who may have ``IN_FLIGHT`` at a time while some more wait, else 429;
4. one of a few places to compute in a thread of this process, else 503.  What happens there is
   bounded by construction: reading, our own derivatives, tapes, small linear algebra.
5. Where it needs a worker process, it leaves that place and stands in the bounded queue of
   ``app.compute``, which is fair between clients, else 503.  So cheap work and expensive work never
   wait for each other.

When the client goes away, and no twin waits for the same, everything it holds is released and its
worker is ended.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

import anyio
import anyio.to_thread
from starlette.requests import Request

from app.compute import CALLER, Busy, Caller, Gone, TooManyRequests
from app.web.clients import client_key
from app.web.rates import Rates

Result = TypeVar("Result")

IN_FLIGHT: Final = 8
"""Requests of one client that are worked on at a time."""
WAITING_EACH: Final = 32
"""Requests of one client that wait for its own earlier ones."""
PATIENCE: Final = 5.0
"""Seconds that they wait."""
PLACES: Final = 4
"""Threads that compute at a time; they share the interpreter, so more would only be slower."""
QUEUE: Final = 64
"""Requests that wait for such a place."""
QUEUE_SECONDS: Final = 3.0
"""How long they wait, where the machine is slow, before they are asked to come again."""
THREADS: Final = 256
"""More than places, followers and all queues of ``app.compute`` together: nobody waits for one."""


class Nobody(Exception):  # noqa: N818 - not an error
    """The client has gone away; whatever is returned now goes nowhere."""


@dataclass(eq=False)
class _Flight(Generic[Result]):
    """One question that is being answered, for one request or for several."""

    caller: Caller
    waiting: int = 0
    in_thread: bool = False
    task: asyncio.Task[Result] = field(init=False)

    def abandon(self) -> None:
        """Nobody waits any more.  A thread cannot be cancelled; it is told, and ends by itself."""
        self.caller.leave()
        if not self.in_thread:
            self.task.cancel()


@dataclass(eq=False)
class Admission:
    """The state of the door: one for an application, used within one event loop."""

    rates: Rates = field(default_factory=Rates)
    in_flight: int = IN_FLIGHT
    places: int = PLACES
    queue: int = QUEUE
    _turns: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _holding: Counter[str] = field(default_factory=Counter)
    _flights: dict[Hashable, _Flight[Any]] = field(default_factory=dict)
    _waiting: int = 0
    _free: asyncio.Semaphore | None = None
    _threads: anyio.CapacityLimiter | None = None

    async def work(
        self, request: Request, key: Hashable, function: Callable[..., Result], *arguments: Any
    ) -> Result:
        """``function(*arguments)``, in a thread, on behalf of the client of this request.

        ``key`` is equal for equal questions.  Raises ``TooManyRequests``, ``Busy``, ``Nobody`` when
        the client has gone, and what the function raises.
        """
        leaving = asyncio.create_task(_departure(request))
        try:
            while twin := self._flights.get(key):
                try:
                    return await self._board(key, twin, leaving)
                except TooManyRequests:
                    continue  # that was the other client's limit, not ours
            flight = self._start(request, key, function, arguments)
            return await self._board(key, flight, leaving)
        finally:
            leaving.cancel()

    async def _board(
        self, key: Hashable, flight: _Flight[Result], leaving: asyncio.Task[None]
    ) -> Result:
        """Wait for the answer or for the client's departure, whichever comes first."""
        flight.waiting += 1
        try:
            await asyncio.wait({flight.task, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not flight.task.done():
                raise Nobody
            return flight.task.result()
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._forget(key, flight)
                flight.abandon()

    def _forget(self, key: Hashable, flight: _Flight[Any]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]

    def _start(
        self,
        request: Request,
        key: Hashable,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
    ) -> _Flight[Result]:
        client = client_key(request.client.host if request.client else "")
        flight: _Flight[Result] = _Flight(Caller(client))
        flight.task = asyncio.create_task(self._answer(flight, function, arguments))
        self._flights[key] = flight

        def landed(ended: asyncio.Task[Result]) -> None:
            self._forget(key, flight)
            if not ended.cancelled():
                ended.exception()  # asked for here, for a flight may have lost all its passengers

        flight.task.add_done_callback(landed)
        return flight

    async def _answer(
        self, flight: _Flight[Any], function: Callable[..., Result], arguments: tuple[Any, ...]
    ) -> Result:
        caller = flight.caller
        await self.rates.check(caller.client)
        async with self._turn(caller.client), self._place() as step_aside:
            caller.step_aside = step_aside
            CALLER.set(caller)
            flight.in_thread = True
            try:
                return await anyio.to_thread.run_sync(
                    lambda: function(*arguments), limiter=self._limiter()
                )
            except Gone:
                raise Nobody from None

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        if self._holding[client] >= self.in_flight + WAITING_EACH:
            raise TooManyRequests
        turns = self._turns.setdefault(client, asyncio.Semaphore(self.in_flight))
        self._holding[client] += 1
        try:
            try:
                await asyncio.wait_for(turns.acquire(), PATIENCE)
            except TimeoutError:
                raise TooManyRequests from None
            try:
                yield
            finally:
                turns.release()
        finally:
            self._holding[client] -= 1
            if not self._holding[client]:
                del self._holding[client], self._turns[client]

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[Callable[[], None]]:
        """A place among those who compute; it is given back at the end or by what is yielded."""
        if self._free is None:
            self._free = asyncio.Semaphore(self.places)
        await self._queue_for(self._free.acquire)
        loop, give_back = asyncio.get_running_loop(), _once(self._free.release)
        try:
            yield lambda: _soon(loop, give_back)
        finally:
            give_back()

    async def _queue_for(self, acquire: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        assert self._free is not None
        if self._free.locked() and self._waiting >= self.queue:
            raise Busy
        self._waiting += 1
        try:
            await asyncio.wait_for(acquire(), QUEUE_SECONDS)
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1

    def _limiter(self) -> anyio.CapacityLimiter:
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(THREADS)
        return self._threads


def admission_of(request: Request) -> Admission:
    """The application's admission; made with defaults where nobody has set one."""
    state = request.app.state
    found = getattr(state, "admission", None)
    if found is None:
        found = state.admission = Admission()
    assert isinstance(found, Admission)
    return found


async def _departure(request: Request) -> None:
    """Returns when the client has closed the connection; its request has been read by now."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _once(action: Callable[[], None]) -> Callable[[], None]:
    """Calls ``action`` the first time, wherever from."""
    lock = threading.Lock()

    def act() -> None:
        if lock.acquire(blocking=False):
            action()

    return act


def _soon(loop: asyncio.AbstractEventLoop, action: Callable[[], None]) -> None:
    """Call ``action`` in the event loop; from a thread, and perhaps after the loop has ended."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(action)
