"""A real server of the book in a process of its own, for tests that need one."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
READY_SECONDS = 90
THE_BOOK = ("--no-watch", "--set", "offline.reading=false")
"""Flags of a server that needs the whole book: one edition, which is printed once, serves them all.
There is no service worker, for it would answer in the place of the server."""
PATIENCE = 4
"""Tests share their cores with browsers: computations get the time that they would have alone."""


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
    log = Path(tempfile.mkstemp(prefix="nabla-server-", suffix=".log")[1])
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", *flags]
    environment = {
        **os.environ,
        "PYTHONPATH": str(source),
        "NABLA__LIMITS__PATIENCE": str(PATIENCE),
    }
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output)
    try:
        url = _wait_until_ready(process, log)
        yield Server(url, process.pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.unlink(missing_ok=True)


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address at which the server answers; it says so itself, for it chose its port."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"The server ended at once:\n{log.read_text()}")
        said = re.search(r"http://[\d.]+:\d+", log.read_text())
        if said and _is_ready(said[0]):
            return said[0]
        time.sleep(0.1)
    raise AssertionError(f"The server was not ready in {READY_SECONDS} s:\n{log.read_text()}")


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
