"""Each client has a few answers worked out at a time; the rest wait, and others are not kept."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from starlette.requests import Request

from app.api import admission
from app.api.problems import TooManyRequests
from app.compute import CLIENT


def _from(host: str) -> Request:
    return Request({"type": "http", "client": (host, 1), "headers": []})


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(host: str, client: str) -> None:
    assert admission.client_of(_from(host)) == client


def test_work_knows_on_whose_behalf_it_is_done() -> None:
    def who(_: dict[str, Any]) -> dict[str, Any]:
        return {"client": CLIENT.get()}

    assert asyncio.run(admission.work(_from("192.0.2.7"), who, {})) == {"client": "192.0.2.7"}
    assert CLIENT.get() == ""


def test_a_flood_from_one_address_does_not_keep_another_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "PATIENCE", 0.1)
    gate = threading.Event()

    def wait(_: dict[str, Any]) -> dict[str, Any]:
        gate.wait(10)
        return {}

    def quick(_: dict[str, Any]) -> dict[str, Any]:
        return {"done": True}

    async def scene() -> list[Any]:
        flood = [
            asyncio.create_task(admission.work(_from("192.0.2.7"), wait, {}))
            for _ in range(admission.IN_FLIGHT + 3)
        ]
        await asyncio.sleep(0)
        assert await admission.work(_from("192.0.2.8"), quick, {}) == {"done": True}
        await asyncio.sleep(0.3)
        gate.set()
        return await asyncio.gather(*flood, return_exceptions=True)

    outcomes = asyncio.run(scene())
    assert sum(isinstance(outcome, TooManyRequests) for outcome in outcomes) == 3
    assert outcomes.count({}) == admission.IN_FLIGHT
