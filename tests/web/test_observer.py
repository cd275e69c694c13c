"""Requests are counted by route, timed and named by an id; no label is a reader's."""

from __future__ import annotations

import itertools

import pytest

from app.web.observer import BUCKETS, MOST_ROUTES, Observer, kind_of

SCOPE = {"client": ("10.0.0.7", 5), "headers": [(b"x-request-id", b"from-the-proxy.1")]}


def test_an_id_is_new_each_time_and_a_strangers_is_not_believed() -> None:
    observer = Observer()
    first, second = observer.id_for(SCOPE), observer.id_for(SCOPE)
    assert first != second
    assert "proxy" not in first


def test_a_trusted_proxy_names_the_request() -> None:
    assert Observer(["10.0.0.0/8"]).id_for(SCOPE) == "from-the-proxy.1"
    # A socket of this machine has no address; only a proxy can be at its other end.
    assert Observer().id_for({**SCOPE, "client": None}) == "from-the-proxy.1"


@pytest.mark.parametrize(
    "given", [b"short", b"a" * 65, b"two words", b'x"}\n{"level":1', b"\xff" * 9]
)
def test_an_id_that_could_spoil_a_log_is_replaced(given: bytes) -> None:
    found = Observer(["10.0.0.0/8"]).id_for({**SCOPE, "headers": [(b"x-request-id", given)]})
    assert found.isalnum()


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/{page}"),
        ("/glossary", "/{page}"),
        ("/lessons/gradients", "/lessons/{slug}"),
        ("/static/0123456789abcdef/boot.js", "/static/{path}"),
        ("/embed/jacobian", "/embed/{widget}"),
        ("/api/jacobian", "/api/jacobian"),
    ],
)
def test_prepared_answers_are_counted_by_their_kind(path: str, route: str) -> None:
    assert kind_of(path) == route


def test_times_fall_into_buckets_whose_ends_belong_to_them() -> None:
    observer = Observer()
    for seconds in (BUCKETS[0], BUCKETS[1], BUCKETS[-1] + 1):
        observer.note("id", "GET", "/{page}", "/", 200, seconds)
    counts = observer.times["/{page}"]
    assert (counts[0], counts[1], counts[-1], sum(counts)) == (1, 1, 1, 3)


def test_methods_and_routes_cannot_grow_without_end() -> None:
    observer = Observer()
    for number, method in zip(
        range(3 * MOST_ROUTES), itertools.cycle(["GET", "BREW"]), strict=False
    ):
        observer.note("id", method, f"/route{number}", "", 200, 0.1)
    assert len(observer.times) <= MOST_ROUTES + 1
    assert {method for _, method, _ in observer.requests} == {"GET", "other"}
