"""The figures of the book in the format of Prometheus.

prometheus-client is asked only when somebody asks for figures: until then requests add to plain
numbers (``app.web.observer``) and workers to a tally (``app.compute``), which costs next to
nothing.  Labels are routes, methods, statuses and names of our own, never what a reader typed.
"""

from __future__ import annotations

import hmac
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from app import __version__
from app.diagnostics import NablaError, Problem
from app.web.figures import Board, Figures
from app.web.observer import BUCKETS

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
EVENTS: Final = (
    ("job", "nabla_jobs", "outcome", "Jobs for worker processes by how they ended"),
    ("cache", "nabla_cached_results", "found", "Questions to the memory of results"),
    ("process", "nabla_worker_events", "event", "Worker processes started and killed"),
)
"""Kinds of events with the name of their metric, its label and its words."""


class Collector:
    """What prometheus-client asks for the figures of this moment."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """All metrics."""
        from prometheus_client.core import InfoMetricFamily

        figures = self._figures()
        yield InfoMetricFamily("nabla_version", "The version of the book", {"version": __version__})
        yield _requests(figures)
        yield _times(figures)
        for kind, name, label, words in EVENTS:
            yield _events(figures, kind, name, label, words)
        yield _lanes(figures)


def _requests(figures: Figures) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    labels = ["route", "method", "status"]
    family = CounterMetricFamily("nabla_requests", "Requests that were answered", labels=labels)
    for (route, method, status), count in sorted(figures.requests.items()):
        family.add_metric([route, method, str(status)], count)
    return family


def _times(figures: Figures) -> Metric:
    from prometheus_client.core import HistogramMetricFamily

    name, words = "nabla_request_seconds", "Seconds that answers took"
    family = HistogramMetricFamily(name, words, labels=["route"])
    for route, counts in sorted(figures.times.items()):
        family.add_metric([route], _cumulated(counts), figures.seconds.get(route, 0.0))
    return family


def _cumulated(counts: list[int]) -> list[tuple[str, float]]:
    """Counts of each bucket as Prometheus has them: up to each upper end."""
    total, found = 0, []
    for end, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
        total += count
        found.append((end, float(total)))
    return found


def _events(figures: Figures, kind: str, name: str, label: str, words: str) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(name, words, labels=[label])
    for (of, which), count in sorted(figures.events.items()):
        if of == kind:
            family.add_metric([which], count)
    return family


def _lanes(figures: Figures) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    words = "Jobs in the lanes, and workers that have none"
    family = GaugeMetricFamily("nabla_lanes", words, labels=["lane", "state"])
    for (lane, state), count in sorted(figures.lanes.items()):
        family.add_metric([lane, state], count)
    return family


def registry_of(board: Board) -> CollectorRegistry:
    """The figures of the book, and those of the process that is asked."""
    from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector
    from prometheus_client.process_collector import ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector(board.figures))
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    return registry


def exposition(board: Board) -> bytes:
    """The figures as text."""
    from prometheus_client import generate_latest

    return generate_latest(registry_of(board))


def is_allowed(headers: Mapping[str, Any], token: str) -> bool:
    """Whether the request brings the token; the comparison takes the same time for any guess."""
    given = str(headers.get("authorization", "")).encode("latin-1", "replace")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each who asks; several processes may share the port."""

    daemon_threads = True


class _SharedServer(_Server):
    allow_reuse_port = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Who asks for figures needs no line in the log."""


def serve_figures(host: str, port: int, board: Board) -> None:
    """Answer with the figures on a port of their own.  Raises NablaError when it is taken."""
    from prometheus_client import make_wsgi_app

    base = _SharedServer if board.is_shared else _Server
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    kind = type("FiguresServer", (base,), {"address_family": family})
    try:
        server: WSGIServer = make_server(
            host, port, make_wsgi_app(registry_of(board)), kind, _Silent
        )
    except OSError as error:
        message = f"The figures cannot be served at {host}:{port}: {error.strerror}."
        hint = "Choose another port in the section [metrics], or 0 for none."
        raise NablaError(Problem("metrics-port", message, hint=hint)) from None
    threading.Thread(target=server.serve_forever, name="figures-port", daemon=True).start()
