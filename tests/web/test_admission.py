"""Turns, places, queues and departures: one hasty client is felt by nobody but itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request

from app.compute import CALLER, Busy, Gone, TooManyRequests
from app.web import admission
from app.web.admission import Admission, Nobody
from app.web.rates import Rates
from tests.support import asynchronous

PATIENCE = 20.0


class Visitor:
    """A request that has been read; ``leave`` closes its connection."""

    def __init__(self, host: str) -> None:
        self.left = asyncio.Event()
        scope = {"type": "http", "client": (host, 1), "headers": []}
        self.request = Request(scope, self._receive)

    async def _receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    def leave(self) -> None:
        self.left.set()


def _door(**limits: Any) -> Admission:
    return Admission(Rates(""), **limits)


def _play(scene: Callable[[], Awaitable[Any]]) -> Any:
    return asynchronous.run(asyncio.wait_for(scene(), PATIENCE))


async def _until(condition: Callable[[], Any]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


def test_a_flood_from_one_address_does_not_keep_another_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "PATIENCE", 0.05)
    gate = threading.Event()

    async def scene() -> list[Any]:
        door = _door(in_flight=2)
        flood = [
            asyncio.create_task(
                door.work(Visitor("192.0.2.7").request, number, gate.wait, PATIENCE)
            )
            for number in range(5)
        ]
        await asyncio.sleep(0)
        assert await door.work(Visitor("192.0.2.8").request, "other", lambda: "done") == "done"
        await _until(lambda: sum(task.done() for task in flood) == 3)
        gate.set()
        return await asyncio.gather(*flood, return_exceptions=True)

    outcomes = _play(scene)
    assert sum(isinstance(outcome, TooManyRequests) for outcome in outcomes) == 3
    assert outcomes.count(True) == 2


def test_a_client_with_too_many_waiting_is_sent_away_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "WAITING_EACH", 1)
    gate = threading.Event()

    async def scene() -> None:
        door = _door(in_flight=1)
        visits = [
            asyncio.create_task(door.work(Visitor("a").request, number, gate.wait, PATIENCE))
            for number in range(2)
        ]
        await _until(lambda: door._holding["a"] == 2)
        with pytest.raises(TooManyRequests):
            await door.work(Visitor("a").request, "third", lambda: None)
        gate.set()
        await asyncio.gather(*visits)
        assert not door._holding
        assert not door._turns

    _play(scene)


def test_a_full_queue_refuses_at_once() -> None:
    gate = threading.Event()

    async def scene() -> None:
        door = _door(places=1, queue=2)
        visits = [
            asyncio.create_task(door.work(Visitor(str(n)).request, n, gate.wait, PATIENCE))
            for n in range(3)
        ]
        await _until(lambda: door._waiting == 2)
        with pytest.raises(Busy):
            await door.work(Visitor("newcomer").request, "new", lambda: None)
        gate.set()
        assert await asyncio.gather(*visits) == [True] * 3

    _play(scene)


def test_who_waits_too_long_for_a_place_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "QUEUE_SECONDS", 0.05)
    gate = threading.Event()

    async def scene() -> None:
        door = _door(places=1)
        slow = asyncio.create_task(door.work(Visitor("192.0.2.1").request, 1, gate.wait, PATIENCE))
        await _until(lambda: door._free is not None and door._free.locked())
        with pytest.raises(Busy):
            await door.work(Visitor("192.0.2.2").request, 2, str)
        gate.set()
        await slow
        assert await door.work(Visitor("192.0.2.2").request, 3, str) == ""

    _play(scene)


def test_who_waits_for_a_worker_holds_no_place_of_those_who_compute() -> None:
    gate = threading.Event()

    def expensive() -> bool:
        CALLER.get().step_aside()
        return gate.wait(PATIENCE)

    async def scene() -> None:
        door = _door(places=1)
        visits = [
            asyncio.create_task(door.work(Visitor(str(n)).request, n, expensive)) for n in range(9)
        ]
        assert await door.work(Visitor("cheap").request, "cheap", lambda: "done") == "done"
        gate.set()
        assert all(await asyncio.gather(*visits))
        assert await door.work(Visitor("cheap").request, "cheap", lambda: "done") == "done"

    _play(scene)


def test_equal_questions_are_one_and_belong_to_all_who_ask() -> None:
    gate, asked = threading.Event(), []

    def answer() -> str:
        asked.append(CALLER.get().client)
        gate.wait(PATIENCE)
        return "answer"

    async def scene() -> None:
        door = _door()
        visitors = [Visitor(f"visitor {n}") for n in range(50)]
        visits = [asyncio.create_task(door.work(each.request, "q", answer)) for each in visitors]
        await _until(lambda: asked)
        visitors[0].leave()
        with pytest.raises(Nobody):
            await visits[0]
        gate.set()
        assert await asyncio.gather(*visits[1:]) == ["answer"] * 49

    _play(scene)
    assert asked == ["visitor 0"]


def test_when_all_have_left_their_work_is_ended() -> None:
    begun, released = threading.Event(), threading.Event()

    def answer() -> None:
        with CALLER.get().releasing(released.set):
            begun.set()
            released.wait(PATIENCE)
        raise Gone

    async def scene() -> None:
        door = _door()
        visitors = [Visitor("a"), Visitor("b")]
        visits = [asyncio.create_task(door.work(each.request, "q", answer)) for each in visitors]
        await _until(begun.is_set)
        for visitor in visitors:
            visitor.leave()
        outcomes = await asyncio.gather(*visits, return_exceptions=True)
        assert all(isinstance(outcome, Nobody) for outcome in outcomes)
        await _until(lambda: not door._holding)

    _play(scene)
    assert released.is_set()


def test_who_leaves_the_queue_gives_up_the_turn() -> None:
    gate = threading.Event()

    async def scene() -> None:
        door = _door(in_flight=1)
        first = asyncio.create_task(door.work(Visitor("a").request, 1, gate.wait, PATIENCE))
        second = Visitor("a")
        waiting = asyncio.create_task(door.work(second.request, 2, lambda: None))
        await _until(lambda: door._holding["a"] == 2)
        second.leave()
        with pytest.raises(Nobody):
            await waiting
        await _until(lambda: door._holding["a"] == 1)
        gate.set()
        await first

    _play(scene)


def test_the_limit_of_one_client_is_not_held_against_its_twin() -> None:
    async def scene() -> None:
        door = Admission(Rates("1/minute"))
        assert await door.work(Visitor("hasty").request, "before", lambda: 1) == 1
        hasty = asyncio.create_task(door.work(Visitor("hasty").request, "q", lambda: 2))
        await asyncio.sleep(0)
        assert await door.work(Visitor("calm").request, "q", lambda: 3) == 3
        with pytest.raises(TooManyRequests):
            await hasty

    _play(scene)


def test_what_the_function_raises_is_raised_and_nothing_is_held() -> None:
    def fail() -> None:
        raise LookupError

    async def scene() -> None:
        door = _door(places=1)
        for _ in range(3):
            with pytest.raises(LookupError):
                await door.work(Visitor("a").request, "q", fail)
        assert await door.work(Visitor("a").request, "q", lambda: 1) == 1
        assert not door._holding
        assert not door._flights

    _play(scene)
