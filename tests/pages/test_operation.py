"""For whoever watches over the server: health, figures, logs, and an end that cuts nobody off."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from app import compute
from app.main import create_app
from app.pages import health
from app.settings import BookSettings, Settings
from app.settings.operation import MetricsSettings
from tests.lessons.support import SmallBook
from tests.support.reader import Reader
from tests.support.server import free_port, running_server

TOKEN = "a-token-of-some-length"
TYPED = "reader"
SLOW = "sin(40x y) cos(30x + y^2)"


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two short lessons; its pages are printed in no time."""
    book = SmallBook(tmp_path_factory.mktemp("book"))
    book.load("Text.")
    return book.folder


@pytest.fixture(scope="module")
def client(small_book: Path) -> Iterator[Reader]:
    settings = Settings(
        book=BookSettings(content=small_book), metrics=MetricsSettings(token=SecretStr(TOKEN))
    )
    with Reader(create_app(settings), raise_server_exceptions=False) as reader:
        yield reader


def figures(client: Reader) -> dict[str, float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def count(found: dict[str, float], route: str, status: int, method: str = "GET") -> float:
    key = f'nabla_requests_total{{method="{method}",route="{route}",status="{status}"}}'
    return found.get(key, 0.0)


def test_requests_are_counted_by_route_and_hold_nothing_that_was_typed(client: Reader) -> None:
    before = figures(client)
    client.get("/lessons/first")
    client.get(f"/lessons/{TYPED}")
    client.get(f"/search?q={TYPED}")
    client.get(f"/api/jacobian?f={TYPED}&vars=x")
    client.request(TYPED.upper(), "/")
    after = figures(client)
    for route, status in (
        ("/lessons/{slug}", 200),
        ("/{path:path}", 404),
        ("/search", 200),
        ("/api/jacobian", 400),
    ):
        assert count(after, route, status) == count(before, route, status) + 1, route
    assert not any(TYPED in name.lower() for name in after)


def test_times_workers_lanes_and_memory_have_figures(client: Reader) -> None:
    before = figures(client)
    for _ in range(2):
        client.post("/api/jacobian", json={"f": "[x^2, sin(x y)]", "vars": ["x", "y"]})
    after = figures(client)
    seconds = 'nabla_request_seconds_bucket{le="+Inf",route="/api/jacobian"}'
    assert after[seconds] >= before.get(seconds, 0) + 2
    results = 'nabla_jobs_total{outcome="result"}'
    assert after[results] > before.get(results, 0)
    remembered = 'nabla_cached_results_total{found="memory"}'
    assert after[remembered] > before.get(remembered, 0)
    assert 'nabla_lanes{lane="fast",state="waiting"}' in after
    assert "process_resident_memory_bytes" in after


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": TOKEN}])
def test_figures_are_for_those_who_bring_the_token(client: Reader, header: dict[str, str]) -> None:
    answer = client.get("/metrics", headers=header)
    assert answer.status_code == 401
    assert "nabla_requests" not in answer.text


def test_without_a_token_there_are_no_figures(small_book: Path) -> None:
    settings = Settings(book=BookSettings(content=small_book))
    with Reader(create_app(settings), raise_server_exceptions=False) as reader:
        assert reader.get("/metrics").status_code == 404


def test_every_answer_has_an_id(client: Reader) -> None:
    addresses = ("/", "/nowhere", "/healthz", "/static/boot.js", "/api/jacobian?f=x&vars=x")
    ids = [client.get(address).headers["X-Request-ID"] for address in addresses]
    assert len(set(ids)) == len(addresses)


def test_a_server_whose_workers_do_not_answer_is_not_ready(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").text == "ready\n"
    monkeypatch.setattr(compute, "answers", lambda: False)
    monkeypatch.setattr(health, "_answered_until", [0.0])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "no worker process answers\n")
    assert client.get("/healthz").status_code == 200


def test_what_is_being_answered_when_the_server_ends_is_answered(small_book: Path) -> None:
    """SIGTERM to the server and all its workers at once, as a service manager sends it."""
    port = free_port()
    flags = ("--content", str(small_book), "--set", "log.format=json", "--set", "log.requests=1")
    with running_server(*flags, "--set", f"metrics.port={port}") as server:
        query = urllib.parse.urlencode({"f": SLOW, "vars": "x,y", "box": "-9,9,-9,9"})
        answers: list[tuple[int, dict[str, object], str]] = []

        def ask() -> None:
            address = f"{server.url}/api/critical-points?{query}"
            with urllib.request.urlopen(address, timeout=60) as answer:
                answers.append((answer.status, json.load(answer), answer.headers["X-Request-ID"]))

        reader = threading.Thread(target=ask)
        reader.start()
        _wait_until_a_job_runs(f"http://127.0.0.1:{port}/metrics")
        process = psutil.Process(server.pid)
        for each in (process, *process.children(recursive=True)):
            each.send_signal(signal.SIGTERM)
        reader.join(60)
        ((status, found, request_id),) = answers
        assert status == 200
        assert "points" in found
        assert process.wait(30) in {0, None}
        log = server.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("request_id") == request_id]
    assert (line["route"], line["status"]) == ("/api/critical-points", 200)
    assert "sin" not in log


def _wait_until_a_job_runs(address: str) -> None:
    deadline = time.monotonic() + 60
    running = re.compile(r'nabla_lanes\{lane="(fast|slow)",state="running"\} [1-9]')
    while time.monotonic() < deadline:
        with urllib.request.urlopen(address, timeout=10) as answer:
            if running.search(answer.read().decode()):
                return
        time.sleep(0.01)
    raise AssertionError("no job was seen running")
