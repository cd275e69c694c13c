"""The figures of a server process in the format of Prometheus.

prometheus-client is asked only when somebody asks for figures: until then requests add to plain
numbers (``app.web.observer``) and workers to a tally (``app.compute``), which costs next to
nothing.  Labels are routes, methods, statuses and names of our own, never what a reader typed.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from app import __version__, compute
from app.diagnostics import NablaError, Problem
from app.web.observer import BUCKETS, Observer

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Figures:
    """A collector of prometheus-client: what the observer and the workers have counted so far."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def collect(self) -> Iterator[Metric]:
        """All figures, as they are now."""
        yield _info()
        yield self._requests()
        yield self._times()
        yield _counter("jobs", "Jobs for worker processes by how they ended", "outcome", "job")
        yield _counter("cached_results", "Questions to the memory of results", "found", "cache")
        yield _counter("worker_events", "Worker processes started and killed", "event", "process")
        yield from _occupancy()

    def _requests(self) -> Metric:
        from prometheus_client.core import CounterMetricFamily

        labels = ["route", "method", "status"]
        family = CounterMetricFamily("nabla_requests", "Requests that were answered", labels=labels)
        for (route, method, status), count in list(self._observer.requests.items()):
            family.add_metric([route, method, str(status)], count)
        return family

    def _times(self) -> Metric:
        from prometheus_client.core import HistogramMetricFamily

        name, words = "nabla_request_seconds", "Seconds that answers took"
        family = HistogramMetricFamily(name, words, labels=["route"])
        for route, counts in list(self._observer.times.items()):
            family.add_metric([route], _cumulated(counts), self._observer.seconds.get(route, 0.0))
        return family


def _cumulated(counts: list[int]) -> list[tuple[str, float]]:
    """Counts of each bucket as Prometheus has them: up to each upper end."""
    total, found = 0, []
    for end, count in zip((*map(str, BUCKETS), "+Inf"), tuple(counts), strict=True):
        total += count
        found.append((end, float(total)))
    return found


def _info() -> Metric:
    from prometheus_client.core import InfoMetricFamily

    return InfoMetricFamily("nabla_version", "The version of the book", {"version": __version__})


def _counter(name: str, words: str, label: str, kind: str) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(f"nabla_{name}", words, labels=[label])
    for which, count in sorted(compute.TALLY.of(kind).items()):
        family.add_metric([which], count)
    return family


def _occupancy() -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily("nabla_lanes", "Jobs in the lanes", labels=["lane", "state"])
    for (lane, state), count in compute.occupancy().items():
        family.add_metric([lane, state], count)
    yield family


def registry_of(observer: Observer) -> CollectorRegistry:
    """The figures of the book and those of its process."""
    from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector
    from prometheus_client.process_collector import ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(observer))
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    return registry


def exposition(observer: Observer) -> bytes:
    """The figures as text."""
    from prometheus_client import generate_latest

    return generate_latest(registry_of(observer))


def is_allowed(headers: Mapping[str, Any], token: str) -> bool:
    """Whether the request brings the token; the comparison takes the same time for any guess."""
    given = str(headers.get("authorization", "")).encode("latin-1", "replace")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def serve_figures(host: str, port: int, observer: Observer) -> None:
    """Answer with the figures on a port of their own.  Raises NablaError when it is taken."""
    from prometheus_client import start_http_server

    try:
        start_http_server(port, host, registry_of(observer))
    except OSError as error:
        message = f"The figures cannot be served at {host}:{port}: {error.strerror}."
        hint = "Choose another port in the section [metrics], or 0 for none."
        raise NablaError(Problem("metrics-port", message, hint=hint)) from None
