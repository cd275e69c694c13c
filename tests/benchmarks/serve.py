"""What serving costs, beside nginx in the same run.

    .venv/bin/python -m tests.benchmarks.serve [rounds]

starts the book on a free port and nginx on another, gives nginx the very bytes of a lesson page
(compressed by the book) as a static file, and prints for each kind of request: requests per second,
median, 99th percentile, and processor time of the serving processes for each request.

What is prepared is compared under the same conditions: both servers stay on one processor and wrk
on another, they take turns, a second each, in every round, and every other round in the opposite
order; the median of the rounds is printed.  First both get as many requests as they can take, then
the same number of requests a second.  Needs Linux, nginx (``python -m tools.nginx``) and wrk.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from app.api.functions import read_question
from app.calculus import jacobian_tape
from tests.benchmarks.load import Measured, load, middle, pin_threads
from tests.support.server import Server, running_server
from tools.nginx import Nginx, running_nginx

PAGE = "/lessons/gradients"
BROTLI = {"Accept-Encoding": "br"}
NGINX = """
root {folder};
default_type "text/html; charset=utf-8";
location / { add_header Content-Encoding br; add_header Cache-Control no-cache; }
"""
OPEN_FILES = "open_file_cache max=1000;"
SECONDS = 4.0
ROUNDS = 9
CALM = 4
"""Connections for requests that compute: queueing is not what is measured."""
PAUSES = {"as fast as they can": 0, "2,000 requests a second each": 8}
"""Milliseconds that each of sixteen connections pauses after an answer."""


@contextmanager
def both() -> Iterator[tuple[Server, Nginx, str]]:
    """The book, nginx with the same page, and the ETag of the page."""
    os.environ["NABLA__LIMITS__RATES"] = ""  # one address asks for everything
    with running_server("--no-watch") as book, running_nginx(NGINX, OPEN_FILES) as nginx:
        request = urllib.request.Request(book.url + PAGE, headers=BROTLI)
        with urllib.request.urlopen(request) as answer:
            (nginx.folder / "page").write_bytes(answer.read())
            etag = answer.headers["ETag"]
        (nginx.folder / "page").chmod(0o644)
        yield book, nginx, etag


def jacobians(count: int) -> list[str]:
    """Addresses of functions that nobody asked for before; readable forms are not waited for."""
    return [
        "/api/jacobian?" + urlencode({"f": f"[x^2*sin({n}*y) + {n}, exp(x*y)/{n}]", "vars": "x,y"})
        for n in range(2, count + 2)
    ]


def hessians(count: int) -> list[str]:
    """Addresses of functions that nobody asked for before, at a point."""
    return [
        "/api/hessian?" + urlencode({"f": f"x^2*y + {n}*x*y + y^4/{n}", "vars": "x,y", "at": "1,1"})
        for n in range(2, count + 2)
    ]


def derivatives(count: int) -> list[str]:
    """Addresses of matrix expressions that nobody asked for before."""
    return [
        "/api/derivative?" + urlencode({"expr": f"norm2({n}*A*x - b)^2 + {n}*c'*x", "wrt": "x"})
        for n in range(2, count + 2)
    ]


NEW = {
    "a new Jacobian, with its readable form": jacobians,
    "a new Hessian, with its readable form": hessians,
    "a new matrix derivative, steps and check": derivatives,
}


@dataclass(frozen=True)
class Line:
    """One kind of prepared answer, of one of the two servers."""

    name: str
    url: str
    process: int
    headers: Mapping[str, str]


def lines_of(book: Server, nginx: Nginx, etag: str) -> list[Line]:
    """What is compared; nginx's page first."""
    file, question = f"{nginx.url}/page", book.url + jacobians(1)[0]
    urllib.request.urlopen(question).read()
    known = [{"If-None-Match": tag} for tag in (_etag(file), etag, _etag(question))]
    return [
        Line("nginx: the page as a file", file, nginx.pid, BROTLI),
        Line("the book: the page", book.url + PAGE, book.pid, BROTLI),
        Line("the book: a cached API answer", question, book.pid, BROTLI),
        Line("nginx: 304", file, nginx.pid, known[0]),
        Line("the book: the page, 304", book.url + PAGE, book.pid, BROTLI | known[1]),
        Line("the book: a cached API answer, 304", question, book.pid, BROTLI | known[2]),
    ]


def compare(lines: list[Line], rounds: int, pause: int) -> list[list[Measured]]:
    """For each line what each round measured."""
    processors = sorted(os.sched_getaffinity(0))
    for process in {line.process for line in lines}:
        pin_threads(process, processors[0])
    found: list[list[Measured]] = [[] for _ in lines]
    for number in range(rounds):
        order = list(range(len(lines)))
        for index in order if number % 2 == 0 else reversed(order):
            line = lines[index]
            measured = load(
                line.url, [line.process], headers=line.headers, seconds=1.0, pause=pause,
                processor=processors[-1],
            )  # fmt: skip
            found[index].append(measured)
    return found


def tell(lines: list[Line], found: list[list[Measured]]) -> None:
    """Print each line, and how it stands to nginx's before it, round by round."""
    for line, measured in zip(lines, found, strict=True):
        print(f"{line.name:44} {middle(measured)}", flush=True)
        if line.name.startswith("nginx"):
            theirs = measured
            continue
        pairs = list(zip(measured, theirs, strict=True))
        tails = sorted(ours.percentile_99 / its.percentile_99 for ours, its in pairs)
        costs = statistics.median(its.cpu / ours.cpu for ours, its in pairs)
        tail = f"{statistics.median(tails):.2f} ({tails[0]:.2f} to {tails[-1]:.2f})"
        print(f"{'':44} p99 {tail} times nginx's, CPU efficiency {costs:.2f} of nginx's")


def main(rounds: int = ROUNDS) -> None:
    """Measure and print."""
    with both() as (book, nginx, etag):
        for name, paths in NEW.items():
            some, others = paths(20_000), paths(40_000)[20_000:]
            for label, addresses, connections in (
                (name, some, CALM),
                ("  one at a time", others, 1),
            ):
                measured = load(
                    book.url, [book.pid], paths=addresses, connections=connections, seconds=SECONDS
                )
                print(f"{label:44} {measured}", flush=True)
        print(f"{'a new tape with its Jacobian (no network)':44} {tapes()}")
        lines = lines_of(book, nginx, etag)
        for words, pause in PAUSES.items():
            print(f"\n{words}, median of {rounds} rounds:")
            tell(lines, compare(lines, rounds, pause))


def tapes(runs: int = 10, count: int = 300) -> str:
    """From the text of a function to the tape of its Jacobian, within the process.

    By the clock, and by the time that the thread had the processor: where the two differ, other
    programs ran meanwhile.  The median of several runs is told, each with its own percentiles.
    """
    names = ("clock", "processor")
    found = list(zip(*(_tapes(run * count + 2, count) for run in range(runs)), strict=True))
    return "   ".join(
        f"{name}: median {statistics.median(map(statistics.median, each)):.2f} ms, "
        f"p99 {statistics.median(map(_percentile_99, each)):.2f} ms"
        for name, each in zip(names, found, strict=True)
    )


def _tapes(first: int, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock and of the processor for so many functions that are all new."""
    by_clock, by_processor = [], []
    for n in range(first, first + count):
        fields = {"f": f"[x^2*sin({n}*y) + {n}, exp(x*y)/{n}, x^3 - {n}*x*y^2]", "vars": "x,y"}
        start, used = time.perf_counter(), time.thread_time()
        question = read_question(fields)
        jacobian_tape(question.entries, question.variables)
        by_clock.append(1e3 * (time.perf_counter() - start))
        by_processor.append(1e3 * (time.thread_time() - used))
    return by_clock, by_processor


def _percentile_99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _etag(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        tag: str = answer.headers["ETag"]
        return tag


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
