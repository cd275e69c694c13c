"""Load from wrk, and what it costs the server: requests per second, waiting times, CPU per request.

wrk is Debian's package of that name (``apt-get install wrk``).  Rates depend on what else the
machine does; the processor time of a request hardly does, so it is what one should compare.

Connections that ask again as soon as they are answered measure how much a server can do: what
waits there waits behind the other connections.  With a pause after each answer two servers get the
same number of requests, and what one waits is what a reader would wait.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

# wrk's own percentiles of all waiting times, and what was not answered with 2xx or 3xx.
REPORT = """
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""
PATHS = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
"""
# A pause between answer and next question, in milliseconds; at random, or all would ask at once.
PAUSE = """
math.randomseed(7)
delay = function() return math.random(0, %d) end
"""


@dataclass(frozen=True)
class Measured:
    """One run: ``median`` and ``percentile_99`` in milliseconds, ``cpu`` in µs for a request."""

    rate: float
    median: float
    percentile_99: float
    cpu: float
    errors: int

    def __str__(self) -> str:
        failed = f", {self.errors} not answered well" if self.errors else ""
        return (
            f"{self.rate:9.0f}/s   median {self.median:8.2f} ms   "
            f"p99 {self.percentile_99:8.2f} ms   CPU {self.cpu:8.1f} µs{failed}"
        )


def middle(rounds: Sequence[Measured]) -> Measured:
    """The median of each figure; errors are added up."""
    figures = ("rate", "median", "percentile_99", "cpu")
    found = {name: statistics.median(getattr(each, name) for each in rounds) for name in figures}
    return Measured(**found, errors=sum(each.errors for each in rounds))


def find_wrk() -> str:
    """The path of wrk. Raises FileNotFoundError with what to do."""
    found = shutil.which("wrk")
    if found is None:
        raise FileNotFoundError("There is no wrk; install Debian's package: apt-get install wrk")
    return found


def load(
    url: str,
    processes: Sequence[int],
    *,
    paths: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    connections: int = 16,
    seconds: float = 4.0,
    pause: int = 0,
    processor: int | None = None,
) -> Measured:
    """Ask for ``url`` (or for ``paths`` in turn) over kept connections; CPU is of ``processes``.

    ``pause``: milliseconds between an answer and the next question, on average; ``processor``:
    the one that wrk stays on.
    """
    script = (PATHS % ", ".join(map(_quoted, paths)) if paths else "") + REPORT
    script += PAUSE % (2 * pause) if pause else ""
    pin = None if processor is None else partial(os.sched_setaffinity, 0, {processor})
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        named = [
            part for item in (headers or {}).items() for part in ("-H", f"{item[0]}: {item[1]}")
        ]
        command = [find_wrk(), "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "-s", file.name]
        with Watched(processes) as watched:
            finished = subprocess.run(
                [*command, *named, url], capture_output=True, text=True, check=True, timeout=600,
                preexec_fn=pin,
            )  # fmt: skip
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", finished.stdout)
    assert found, finished.stdout
    requests, duration, median, percentile, statuses, breaks = map(int, found.groups())
    return Measured(
        rate=requests / (duration / 1e6),
        median=median / 1e3,
        percentile_99=percentile / 1e3,
        cpu=1e6 * watched.used / max(1, requests),
        errors=statuses + breaks,
    )


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def pin_threads(process: int, processor: int) -> None:
    """Keep all threads that a process has now, and those that they will start, on one processor."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has just ended
            os.sched_setaffinity(int(thread.name), {processor})


class Watched:
    """Processor time that processes and their children use within a block, in seconds.

    Workers end and are buried by the system, with what they had used; so it is looked again and
    again, and what they used in their last tenth of a second is lost.
    """

    def __init__(self, processes: Sequence[int]) -> None:
        self.used = 0.0
        self._processes = processes
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._before = _ticks(processes)
        self._latest = dict(self._before)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._latest |= _ticks(self._processes)
        ticks = sum(self._latest.values()) - sum(self._before.values())
        self.used = ticks / os.sysconf("SC_CLK_TCK")

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self._latest |= _ticks(self._processes)


def _ticks(processes: Sequence[int]) -> dict[int, int]:
    """What these processes and their children have used, by process (proc(5), fields 14, 15)."""
    found = {}
    for pid in processes:
        for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
            with contextlib.suppress(OSError):  # a worker that has just ended
                fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
                found[process.pid] = int(fields[11]) + int(fields[12])
    return found
