"""A real server of the book in a process of its own, for tests that need one."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app import compute
from tests.support.waiting import wait_for

REPOSITORY = Path(__file__).resolve().parents[2]
READY_SECONDS = 90
THE_BOOK = ("--no-watch", "--set", "offline.reading=false")
"""Flags of a server that needs the whole book: one edition, which is printed once, serves them all.
There is no service worker, for it would answer in the place of the server."""


@dataclass(frozen=True)
class Server:
    """A running server: ``url`` without a slash at the end, and its process id."""

    url: str
    pid: int
    log: Path


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def running_server(
    *flags: str, cwd: Path = REPOSITORY, source: Path = REPOSITORY
) -> Iterator[Server]:
    """``nabla serve`` on a free port, ready to answer; stopped at the end.

    ``source`` is the folder that holds the package ``app``, ``cwd`` where the command is given.

    Raises AssertionError with the server's own words when it does not become ready.
    """
    descriptor, name = tempfile.mkstemp(prefix="nabla-server-", suffix=".log")
    log = Path(name)
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", *flags]
    with open(descriptor, "w") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(source), stdout=output, stderr=output
        )
    try:
        url = _wait_until_ready(process, log)
        yield Server(url, process.pid, log)
    finally:
        end(process)
        log.unlink(missing_ok=True)


def environment(source: Path = REPOSITORY) -> dict[str, str]:
    """That of a server, which is as patient with computations as the process that starts it: in
    tests always the same, so that each uses the edition that another printed.
    """
    patience = {"NABLA__LIMITS__PATIENCE": str(compute.patient(1.0))}
    return {**os.environ, **patience, "PYTHONPATH": str(source)}


def end(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Ask a server to end, and see to it after so many seconds."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address at which the server answers; it says so itself, for it chose its port."""
    said = wait_until_it_says(r"http://[\d.]+:\d+", process, log)
    wait_for(lambda: _is_ready(said[0]), READY_SECONDS, lambda: f"ready:\n{log.read_text()}")
    return said[0]


def wait_until_it_says(
    pattern: str,
    process: subprocess.Popen[bytes],
    log: Path,
    seconds: float = READY_SECONDS,
) -> re.Match[str]:
    """What a server that starts writes to its log, when it does.

    Raises AssertionError with all that it wrote when it ends instead, or takes too long.
    """

    def look() -> re.Match[str] | None:
        ended, text = process.poll() is not None, log.read_text()
        assert not ended, f"The server ended at once:\n{text}"
        return re.search(pattern, text)

    return wait_for(look, seconds, lambda: f"{pattern} in the log:\n{log.read_text()}")


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
