"""What serving costs, beside nginx in the same run.

    .venv/bin/python -m tests.benchmarks.serve [seconds for each line]

starts the book on a free port and nginx on another, gives nginx the very bytes of a lesson page
(compressed by the book) as a static file, and prints for each kind of request: requests per second,
median, 99th percentile, and processor time of the serving processes for each request.  Needs Linux,
nginx (``python -m tools.nginx``) and wrk.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from app.api.functions import read_question
from app.calculus import jacobian_tape
from tests.benchmarks.load import Measured, load
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
CALM = 4
"""Connections for requests that compute: queueing is not what is measured."""


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


def derivatives(count: int) -> list[str]:
    """Addresses of matrix expressions that nobody asked for before."""
    return [
        "/api/derivative?" + urlencode({"expr": f"norm2({n}*A*x - b)^2 + {n}*c'*x", "wrt": "x"})
        for n in range(2, count + 2)
    ]


NEW = {"a new Jacobian, with its readable form": jacobians, "a new matrix derivative": derivatives}


def main(seconds: float = SECONDS) -> None:
    """Measure and print."""
    with both() as (book, nginx, etag):
        ours, theirs = [book.pid], [nginx.pid]
        lines: dict[str, Measured] = {}

        def measure(name: str, url: str, processes: list[int], **options: object) -> Measured:
            lines[name] = load(url, processes, seconds=seconds, **options)  # type: ignore[arg-type]
            print(f"{name:44} {lines[name]}", flush=True)
            return lines[name]

        page = measure("nginx: the page as a file", f"{nginx.url}/page", theirs)
        served = measure("a lesson page", book.url + PAGE, ours, headers=BROTLI)
        fresh = {**BROTLI, "If-None-Match": etag}
        file_etag = {"If-None-Match": _etag(f"{nginx.url}/page")}
        measure("nginx: 304", f"{nginx.url}/page", theirs, headers=file_etag)
        measure("a lesson page: 304", book.url + PAGE, ours, headers=fresh)
        question = book.url + jacobians(1)[0]
        urllib.request.urlopen(question).read()
        measure("a cached API answer", question, ours, headers=BROTLI)
        known = {"If-None-Match": _etag(question)}
        measure("a cached API answer: 304", question, ours, headers=known)
        for name, paths in NEW.items():
            measure(name, book.url, ours, paths=paths(20_000), connections=CALM)
            measure("  one at a time", book.url, ours, paths=paths(40_000)[20_000:], connections=1)
        print(f"{'a new tape with its Jacobian (no network)':44} {tapes()}")
        print(f"CPU efficiency of the page: {page.cpu / served.cpu:.2f} of nginx's")
        print(f"p99 of the page: {served.percentile_99 / page.percentile_99:.2f} times nginx's")


def tapes(count: int = 1000) -> str:
    """From the text of a function to the tape of its Jacobian, within the process.

    By the clock, and by the time that the thread had the processor: where the two differ, other
    programs ran meanwhile.
    """
    times: dict[str, list[float]] = {"clock": [], "processor": []}
    for n in range(2, count + 2):
        fields = {"f": f"[x^2*sin({n}*y) + {n}, exp(x*y)/{n}, x^3 - {n}*x*y^2]", "vars": "x,y"}
        start, used = time.perf_counter(), time.thread_time()
        question = read_question(fields)
        jacobian_tape(question.entries, question.variables)
        times["clock"].append(1e3 * (time.perf_counter() - start))
        times["processor"].append(1e3 * (time.thread_time() - used))
    return "   ".join(
        f"{name}: median {statistics.median(each):.2f} ms, p99 "
        f"{statistics.quantiles(each, n=100)[98]:.2f} ms"
        for name, each in times.items()
    )


def _etag(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        tag: str = answer.headers["ETag"]
        return tag


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
