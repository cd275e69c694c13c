"""Opening the book: as early as possible when it was printed before, else as soon as it is printed.

With a kept edition the pages are handed out before the application is there, so nothing here may
import the framework, the lessons or the mathematics at the top.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from app.diagnostics import NablaError, Problem
from app.pages.storeroom import Kept, Storeroom, digest_of
from app.web.counter import Counter, Stock
from app.web.later import Later, settle
from app.web.logs import Requests
from app.web.observer import Observer
from app.web.security import Policies

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from app.settings import Settings

# Settings that change no page; the others stand at least on the page about privacy.
ASIDE = {
    "server": {"host", "port", "socket", "fd", "processes", "trusted_proxies"},
}


@dataclass(frozen=True)
class Opening:
    """What the server needs; ``close`` ends the streams that would hold it up."""

    application: Counter
    problems: tuple[Problem, ...]
    close: Callable[[], None]


def open_book(settings: Settings, storeroom: Storeroom | None = None) -> Opening:
    """The book as ``settings`` say.  Raises a NablaError when it cannot be loaded."""
    storeroom = storeroom or Storeroom()
    kept = storeroom.find(digest_for(settings))
    return _reprinted(settings, kept) if kept else _printed(settings, storeroom)


def print_ahead(settings: Settings, storeroom: Storeroom | None = None) -> tuple[Problem, ...]:
    """Print and keep the edition with which a server of these settings will begin; its problems.

    Raises a NablaError when the book cannot be loaded, or the edition cannot be kept.
    """
    from app.main import create_app

    storeroom = storeroom or Storeroom()
    digest = digest_for(settings)
    kept = storeroom.find(digest)
    if kept is None:
        state = create_app(settings).state
        storeroom.keep(digest, state.press.kept(state.desk.shelf.edition))
        kept = storeroom.find(digest)
    if kept is None:
        message = f"The printed book cannot be kept in “{storeroom.folder}”."
        hint = "It must be this user's own folder; XDG_CACHE_HOME may name another place."
        raise NablaError(Problem("no-storeroom", message, hint=hint))
    return kept.problems


def digest_for(settings: Settings) -> str:
    """The name under which the edition that these settings ask for is kept."""
    return digest_of(settings.model_dump(exclude=cast("Any", ASIDE)))


def _reprinted(settings: Settings, kept: Kept) -> Opening:
    """Hand out pages now and put the application together meanwhile."""
    built: list[FastAPI] = []

    def build() -> FastAPI:
        from app.main import create_app

        application = create_app(settings, kept)
        application.state.observer = counter.observer
        built.append(application)
        counter.stock = application.state.desk.shelf  # new editions from now on
        return application

    def close() -> None:
        for application in built:
            application.state.desk.changes.close()

    counter = _counter(Later(build), kept, settings)
    return Opening(counter, kept.problems, close)


def _printed(settings: Settings, storeroom: Storeroom) -> Opening:
    """Print the book, and keep it for the next time while readers are served already."""
    from app.main import create_app

    digest = digest_for(settings)
    application = create_app(settings)
    desk, press = application.state.desk, application.state.press
    edition = desk.shelf.edition
    settle()

    def keep() -> None:
        if digest_for(settings) == digest:  # or else a file was saved while the book was printed
            storeroom.keep(digest, press.kept(edition))

    threading.Thread(target=keep, name="keep-edition", daemon=True).start()
    counter = _counter(application, desk.shelf, settings)
    application.state.observer = counter.observer
    return Opening(counter, desk.problems(), desk.changes.close)


def _counter(application: ASGIApp, stock: Stock, settings: Settings) -> Counter:
    log = Requests() if settings.log.requests else None
    observer = Observer(settings.server.trusted_proxies, log)
    policies = Policies(settings.embed.ancestors)
    return Counter(application, stock, policies, settings.server.prefix, observer)
