"""Faults: workers killed, disks full, slow connections, restarts.  Nobody gets a wrong answer."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.lessons.support import SmallBook
from tests.support.server import REPOSITORY, THE_BOOK, Server, free_port, running_server

PATIENCE = 60.0
SLOW = 200


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(*THE_BOOK) as server:
        yield server


def _ask(url: str, path: str, **query: str) -> tuple[int | None, Any]:
    """Status and JSON; None when there was no answer at all."""
    address = f"{url}{path}?{urllib.parse.urlencode(query)}"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            content = json.loads(error.read())
            retry_after = error.headers["Retry-After"]
        if error.code in {429, 503}:
            assert retry_after, "who is refused is told when to come again"
        return error.code, content
    except (OSError, http.client.HTTPException):
        return None, None


def _derivative(url: str, number: int) -> int | None:
    """Ask for something that nobody has asked before; what is answered must be right."""
    status, found = _ask(url, "/api/derivative", expr=f"{number}*x'*x", wrt="x")
    if status == 200:
        assert found["result"]["text"] == f"{2 * number}*x'", found["result"]["text"]
    return status


def _workers(server: Server) -> list[psutil.Process]:
    """The zygote's children: they were forked and have not replaced their program."""
    found = []
    for zygote in psutil.Process(server.pid).children():
        found += zygote.children()
    return found


class Readers:
    """Some readers who ask one thing after the other until they are stopped."""

    def __init__(self, url: str, count: int = 4) -> None:
        self.statuses: Counter[int | None] = Counter()
        self.wrong: list[AssertionError] = []
        self.answered: list[float] = []
        self._stop = threading.Event()
        self._numbers = iter(range(3, 10**6))
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(url,)) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _read(self, url: str) -> None:
        while not self._stop.is_set():
            with self._lock:
                number = next(self._numbers)
            try:
                status = _derivative(url, number)
            except AssertionError as error:
                self.wrong.append(error)
                return
            with self._lock:
                self.statuses[status] += 1
                if status == 200:
                    self.answered.append(time.monotonic())
            if status is None:
                time.sleep(0.02)

    def wait_for(self, answers: int) -> None:
        """Wait until there are so many more good answers."""
        wanted, until = len(self.answered) + answers, time.monotonic() + PATIENCE
        while len(self.answered) < wanted and not self.wrong and time.monotonic() < until:
            time.sleep(0.01)
        assert self.wrong or len(self.answered) >= wanted, self.statuses

    def stop(self) -> None:
        """End, and see that nothing was answered wrongly."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not self.wrong, self.wrong[0]


def test_killed_workers_are_replaced_and_their_jobs_done_again(server: Server) -> None:
    readers = Readers(server.url)
    readers.wait_for(5)
    for round_ in range(6):
        for worker in _workers(server)[: 1 + round_]:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.kill()
        readers.wait_for(5)
    readers.stop()
    assert set(readers.statuses) <= {200, 503}, readers.statuses
    assert _derivative(server.url, 90_001) == 200


def test_a_killed_zygote_is_replaced(server: Server) -> None:
    assert _derivative(server.url, 90_007) == 200
    for zygote in psutil.Process(server.pid).children():
        zygote.kill()
    readers = Readers(server.url, count=2)
    readers.wait_for(5)
    readers.stop()
    assert set(readers.statuses) <= {200, 503}, readers.statuses


def test_slow_connections_keep_nobody_waiting(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port)), timeout=PATIENCE) for _ in range(SLOW)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        started = time.perf_counter()
        assert _derivative(server.url, 90_011) == 200
        print(f"\nan answer beside {SLOW} slow connections: {time.perf_counter() - started:.3f} s")
        with urllib.request.urlopen(server.url, timeout=PATIENCE) as page:
            assert page.status == 200
    finally:
        for connection in slow:
            connection.close()


def test_who_goes_away_releases_the_worker(server: Server) -> None:
    """More long computations than there are places, each abandoned: the next reader is served."""
    host, port = server.url.removeprefix("http://").split(":")
    for number in range(12):
        box = urllib.parse.quote(f"-9,9,-9,{9 + number / 7}")
        f = urllib.parse.quote("sin(40x y) cos(30x + y^2)")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            path = f"/api/critical-points?f={f}&vars=x,y&box={box}"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
    assert _derivative(server.url, 90_017) == 200


def _environment(folder: Path) -> dict[str, str]:
    kept = {"PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(folder), "HOME": str(folder)}
    return {**os.environ, **kept}


@contextlib.contextmanager
def _serving(port: int, folder: Path, before: Callable[[], None] | None = None) -> Iterator[Any]:
    """A server on a port of our choice, whose log goes to a disk that is full."""
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with open("/dev/full", "wb") as full:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=_environment(folder), stdout=full, stderr=full,
            preexec_fn=before,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _no_file_may_grow() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while _derivative(url, 7) != 200:
        assert time.monotonic() < until, "the server does not answer"
        time.sleep(0.1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_for_caches_and_logs_is_felt_by_no_reader(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{(port := free_port())}"
    with _serving(port, tmp_path, _no_file_may_grow) as process:
        _wait_for(url)
        with urllib.request.urlopen(f"{url}/lessons/gradients", timeout=PATIENCE) as page:
            assert b"<h1" in page.read()
        status, found = _ask(url, "/api/jacobian", f="[x^2, x y]", vars="x,y")
        assert (status, found["note"]) == (200, None)
        status, _ = _ask(url, "/api/jacobian", f="x +", vars="x")
        assert status == 400
        assert process.poll() is None
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) == 0


def test_a_restart_under_load_answers_nobody_wrongly(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{(port := free_port())}"
    with _serving(port, tmp_path) as first:
        _wait_for(url)
        readers = Readers(url)
        readers.wait_for(10)
        first.send_signal(signal.SIGTERM)
        first.wait(PATIENCE)
    with _serving(port, tmp_path):
        readers.wait_for(10)
        readers.stop()
    pauses = [b - a for a, b in zip(readers.answered, readers.answered[1:], strict=False)]
    print(f"\nrestarted under load: {max(pauses):.2f} s without an answer; {readers.statuses}")
    assert set(readers.statuses) <= {200, 503, None}, readers.statuses


def test_nobody_is_somebody_else_by_saying_so(tmp_path: Path) -> None:
    """Without a trusted proxy X-Forwarded-For changes nothing: the limit of one address holds."""
    SmallBook(tmp_path).load("Text.")
    with running_server("--content", str(tmp_path), "--set", "limits.rates=3/day") as server:
        host = server.url.removeprefix("http://")
        outcomes = []
        for number in range(5):
            connection = http.client.HTTPConnection(host, timeout=PATIENCE)
            forged = {"X-Forwarded-For": f"8.8.8.{number}"}
            connection.request("GET", f"/api/jacobian?f=x^{number + 3}&vars=x", headers=forged)
            answer = connection.getresponse()
            outcomes.append((answer.status, answer.headers["Retry-After"] is not None))
            connection.close()
    assert outcomes == [(200, False)] * 3 + [(429, True)] * 2
