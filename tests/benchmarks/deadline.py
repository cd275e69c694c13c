"""The evening before a deadline: a thousand readers at once, some of them hostile.

    .venv/bin/python -m tests.benchmarks.deadline                 1,000 readers for 5 minutes
    .venv/bin/python -m tests.benchmarks.deadline --short         200 readers for 20 seconds

Starts the book on a free port of this machine and simulates readers, each with an address of its
own (``X-Forwarded-For`` from a trusted proxy) and one kept connection.  A reader opens a page with
the scripts and styles it names (once; then they are cached), reads for some seconds, and types: a
function, a matrix expression, a search.  Five per cent of what is typed is meant to hurt.

Printed: answers by kind and status, median and 99th percentile of good requests, and the memory of
the server with all its workers over time.  The aim: no 5xx but 503 with ``Retry-After``, good
requests below 500 ms at the 99th percentile, memory that does not grow.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psutil

from tests.support.server import running_server

LESSONS = (
    *("beyond-scalar-calculus", "layout-conventions", "gradients", "jacobian", "hessian", "rules"),
    *("matrix-chain-rule", "backpropagation", "linear-regression", "custom-autograd"),
)
PAGES = (*(f"/lessons/{slug}" for slug in LESSONS), "/", "/cheat-sheet", "/glossary", "/calculator")
FUNCTIONS = (
    "[x^2 - {n}*y^2, 2*x*y]",
    "[sin({n}*x)*y, exp(x*y)/{n}]",
    "[x^3 - {n}*x*y^2, log(1 + x^2 + {n}*y^2)]",
)
SCALARS = ("x^2 + {n}*x*y + y^4", "exp(-x^2 - y^2/{n})", "x^3 - {n}*x*y^2")
EXPRESSIONS = ("norm2({n}*A*x - b)^2", "{n}*tr(X'*A*X)", "logdet(X) + {n}*tr(A*X)", "x'*A*x + {n}")
WORDS = ("jacobian", "chain rule", "trace", "ridge", "gradient descent", "layout", "kronecker")
HOSTILE = (
    ("/api/jacobian", {"f": "9^9^9^9", "vars": "x"}),
    ("/api/jacobian", {"f": "(" * 900 + "x" + ")" * 900, "vars": "x"}),
    ("/api/jacobian", {"f": "1e999999999*x", "vars": "x"}),
    (
        "/api/hessian",
        {"f": "*".join(f"sin({k}*x+cos({k}*y))" for k in range(1, 25)), "vars": "x,y"},
    ),
    ("/api/critical-points", {"f": "sin(x*y)^9 - cos(x^7+y)^8", "vars": "x,y", "box": "-9,9,-9,9"}),
    ("/api/critical-points", {"f": "exp(sin(x*y))-x^5*y^7+{n}", "vars": "x,y", "box": "-5,5,-5,5"}),
    (
        "/api/derivative",
        {"expr": "*".join(["inv(A+B)"] * 40), "wrt": "A", "given": "A: n,n; B: n,n"},
    ),
    ("/api/derivative", {"expr": "x" * 3000}),
    ("/search", {"q": '") OR 1=1 -- <script>' * 40}),
    ("/api/nowhere", {}),
)
HOSTILE_SHARE = 0.05
PAUSE = (2.0, 10.0)
PATIENCE = 30.0
ASSET = re.compile(r'(?:href|src)="(/static/[0-9a-f]{16}/[^"]+\.(?:js|css))"')


@dataclass
class Tally:
    """What all readers saw: seconds of good requests by kind, statuses, and what was wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def note(self, kind: str, status: int, head: str, seconds: float) -> None:
        """Take down one answer."""
        self.statuses[kind, status] += 1
        if kind != "hostile" and status < 400:
            self.times[kind].append(seconds)
        elif status == 503 and "retry-after" not in head:
            self.wrong[f"{kind}: 503 without Retry-After"] += 1
        elif status >= 500 and status != 503:
            self.wrong[f"{kind}: {status}"] += 1


class Reader:
    """One reader with one connection; ``number`` decides on the address."""

    def __init__(self, number: int, port: int, tally: Tally, end: float) -> None:
        self._address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self._port, self._tally, self._end = port, tally, end
        self._random = random.Random(number)
        self._seen: set[str] = set()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read_the_book(self) -> None:
        """Come, read and type until the time is over."""
        await asyncio.sleep(self._random.uniform(0, PAUSE[1]))
        while time.monotonic() < self._end:
            await self._open(self._random.choice(PAGES))
            for _ in range(3):
                await asyncio.sleep(self._random.uniform(*PAUSE))
                if time.monotonic() >= self._end:
                    break
                await self._type()
        if self._streams:
            self._streams[1].close()

    async def _open(self, page: str) -> None:
        body = await self._ask("page", page)
        for asset in ASSET.findall(body.decode("utf-8", "replace")):
            if asset not in self._seen:
                self._seen.add(asset)
                await self._ask("asset", asset)

    async def _type(self) -> None:
        if self._random.random() < HOSTILE_SHARE:
            path, fields = self._random.choice(HOSTILE)
            await self._ask("hostile", _address(path, fields, self._random.randint(1, 10**6)))
            return
        # Most of what a class types has been typed before; a third is new.
        n = self._random.choice([2, 3, self._random.randint(4, 10**6)])
        kind, path, fields = self._random.choice(tuple(_questions(self._random)))
        await self._ask(kind, _address(path, fields, n))

    async def _ask(self, kind: str, target: str) -> bytes:
        start = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                status, head, body = await self._exchange_again(target)
        except (OSError, EOFError, TimeoutError) as error:
            self._streams = None
            self._tally.wrong[f"{kind}: {type(error).__name__}"] += 1
            return b""
        self._tally.note(kind, status, head, time.perf_counter() - start)
        return body

    async def _exchange_again(self, target: str) -> tuple[int, str, bytes]:
        """As browsers do: a kept connection that was closed meanwhile is replaced, once."""
        kept = self._streams is not None
        try:
            return await self._exchange(target)
        except (ConnectionError, EOFError):
            self._streams = None
            if not kept:
                raise
            return await self._exchange(target)

    async def _exchange(self, target: str) -> tuple[int, str, bytes]:
        if self._streams is None or self._streams[1].is_closing() or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        request = (
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"X-Forwarded-For: {self._address}\r\nAccept-Encoding: identity\r\n\r\n"
        )
        writer.write(request.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        if "connection: close" in head:
            writer.close()
            self._streams = None
        return int(head.split(" ", 2)[1]), head, body


def _questions(chance: random.Random) -> Iterator[tuple[str, str, dict[str, str]]]:
    yield "jacobian", "/api/jacobian", {"f": chance.choice(FUNCTIONS), "vars": "x,y"}
    yield "hessian", "/api/hessian", {"f": chance.choice(SCALARS), "vars": "x,y", "at": "1,1"}
    yield "derivative", "/api/derivative", {"expr": chance.choice(EXPRESSIONS)}
    yield "search", "/search", {"q": chance.choice(WORDS), "part": "results"}


def _address(path: str, fields: dict[str, str], n: int) -> str:
    filled = {name: text.replace("{n}", str(n)) for name, text in fields.items()}
    return f"{path}?{urlencode(filled)}" if filled else path


@dataclass(frozen=True)
class Memory:
    """Megabytes at one moment; pages that processes share are counted once."""

    server: float
    workers: float


def memory_of(pid: int) -> Memory:
    """What the server holds, and what the processes that compute for it hold."""
    server, *others = (_megabytes(each) for each in _family(psutil.Process(pid)))
    return Memory(server, sum(others))


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _megabytes(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except (psutil.NoSuchProcess, AttributeError):
        return 0.0


async def _watch_memory(pid: int, end: float, samples: list[Memory]) -> None:
    while time.monotonic() < end:
        samples.append(memory_of(pid))
        await asyncio.sleep(2)


async def simulate(port: int, pid: int, readers: int, seconds: float) -> tuple[Tally, list[Memory]]:
    """Let the readers read; what they saw, and the server's memory every two seconds."""
    tally, samples = Tally(), list[Memory]()
    end = time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(1, readers + 1):
            group.create_task(Reader(number, port, tally, end).read_the_book())
        group.create_task(_watch_memory(pid, end, samples))
    return tally, samples


def report(tally: Tally, samples: list[Memory], seconds: float) -> None:
    """Print what was seen."""
    answered = sum(tally.statuses.values())
    print(f"{answered} answers, {answered / seconds:.0f} per second")
    for kind, times in sorted(tally.times.items()):
        print(f"  {kind:12} {len(times):7}  {_summary(times)}")
    print("good requests", _summary(list(itertools.chain(*tally.times.values()))))
    statuses = sorted(tally.statuses.items())
    print("statuses:", ", ".join(f"{kind} {code} × {n}" for (kind, code), n in statuses))
    print("wrong:", dict(tally.wrong) or "nothing")
    for name in ("server", "workers"):
        kept = [getattr(each, name) for each in samples]
        quarters = ", ".join(f"{statistics.mean(part):.0f}" for part in _quarters(kept))
        print(f"memory of the {name}, MB in each quarter: {quarters}")


def _quarters(values: list[float]) -> list[list[float]]:
    size = max(1, len(values) // 4)
    return [values[i * size : (i + 1) * size] or values[-1:] for i in range(4)]


def _summary(times: list[float]) -> str:
    ordered = sorted(times)
    if not ordered:
        return "none"
    percentile = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return (
        f"median {1e3 * statistics.median(ordered):.1f} ms, 99th percentile "
        f"{1e3 * percentile:.0f} ms, longest {1e3 * ordered[-1]:.0f} ms"
    )


def main(arguments: list[str]) -> int:
    """Run; exit code 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description="A thousand readers before a deadline.")
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--short", action="store_true", help="200 readers for 20 seconds")
    parser.add_argument("--cache", type=int, help="megabytes for results: small ones are soon full")
    options = parser.parse_args(arguments)
    readers, seconds = (200, 20.0) if options.short else (options.readers, options.seconds)
    os.environ["NABLA__SERVER__TRUSTED_PROXIES"] = "127.0.0.1"
    flags = () if options.cache is None else ("--set", f"cache.memory={options.cache}")
    with running_server("--no-watch", *flags) as server:
        port = int(server.url.rpartition(":")[2])
        tally, samples = asyncio.run(simulate(port, server.pid, readers, seconds))
        log = server.log.read_text()
    report(tally, samples, seconds)
    if "Traceback" in log:
        print(log[log.index("Traceback") - 500 :][:3000], file=sys.stderr)
    return 1 if tally.wrong or "Traceback" in log else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
