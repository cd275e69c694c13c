"""How long a reader waits for the first page after the server is started.

    .venv/bin/python -m tests.benchmarks.start

Starts ``nabla serve`` in three ways and prints, from the start of the process: when the first page
came, when the whole application was ready (``/readyz``), and the processor time by then.  The aims:
the first page within 0.5 s with compiled bytecode and within 1 s without, and the whole book within
1 s more; the very first start prints the book, which takes some seconds and happens once.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.support.server import REPOSITORY, free_port

PAGE = "/lessons/gradients"
REPEATS = 3
PATIENCE = 120.0
KEEPING = 60.0


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process."""

    first_page: float
    ready: float
    cpu: float


def start(environment: Mapping[str, str], *, until_kept: Path | None = None) -> Start:
    """Start a server once; with ``until_kept`` wait until an edition lies in that folder."""
    port = free_port()
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--no-watch"]
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        first_page = _answered(f"http://127.0.0.1:{port}{PAGE}", begin)
        ready = _answered(f"http://127.0.0.1:{port}/readyz", begin)
        times = psutil.Process(process.pid).cpu_times()
        if until_kept is not None:
            _wait_for_edition(until_kept)
        return Start(first_page, ready, times.user + times.system)
    finally:
        process.terminate()
        process.wait(20)


def _answered(url: str, begin: float) -> float:
    while time.perf_counter() - begin < PATIENCE:
        with contextlib.suppress(urllib.error.URLError, OSError):
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                answer.read()
            return time.perf_counter() - begin
        time.sleep(0.002)
    raise TimeoutError(url)


def _wait_for_edition(cache: Path) -> None:
    end = time.monotonic() + KEEPING
    while time.monotonic() < end and not list(cache.rglob("*.edition")):
        time.sleep(0.1)


def _print(name: str, starts: list[Start]) -> None:
    first, ready, cpu = (
        statistics.median(values)
        for values in zip(*((s.first_page, s.ready, s.cpu) for s in starts), strict=True)
    )
    print(f"{name:52} first page {first:.2f} s, ready {ready:.2f} s, CPU {cpu:.2f} s", flush=True)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as bytecode:
        kept = {"XDG_CACHE_HOME": cache}
        _print("the very first start: the book is printed", [start(kept, until_kept=Path(cache))])
        _print("with a kept edition", [start(kept) for _ in range(REPEATS)])
        without = {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": bytecode}
        _print("with a kept edition, without compiled bytecode", [start(without)])


if __name__ == "__main__":
    main()
