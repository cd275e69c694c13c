"""Joins the parts: settings, book, pages and API become one application.

Importing this module creates nothing; ``create_app`` does.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import anyio
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app import api, compute
from app.pages import book, calculator, datasets, embed, health, live, offline, search, static
from app.pages.copies import Copy
from app.pages.course import Course, ExternalLink
from app.pages.desk import Desk
from app.pages.edition import Shelf
from app.pages.metrics import router as metrics
from app.pages.press import Press
from app.pages.privacy import Privacy
from app.pages.storeroom import Kept
from app.resources import book_root, layer_folders
from app.settings import Settings
from app.web.addresses import Addresses
from app.web.admission import Admission
from app.web.changes import Changes
from app.web.clients import Clients, networks_of
from app.web.counter import Counter
from app.web.errors import install_error_pages
from app.web.kept import Answers, KeptAnswers
from app.web.observer import Observed, Observer
from app.web.prefix import Prefix
from app.web.rates import Rates
from app.web.security import Policies, SecurityHeaders

PAGE_ROUTERS = (
    health.router,
    static.router,
    metrics,
    search.router,
    calculator.router,
    embed.router,
    datasets.router,
    offline.router,
)
WORTH_COMPRESSING = 500


def create_app(
    settings: Settings | None = None, kept: Kept | None = None, copy: Copy | None = None
) -> FastAPI:
    """The application that serves the book as ``settings`` say.

    ``kept`` is an edition that was printed before from the same files; with ``copy`` the pages are
    those of a copy without a server, for ``app.export``.  Raises a NablaError when
    the book itself cannot be loaded.
    """
    settings = settings or Settings()
    press = Press(
        content=content_folder(settings),
        prefix=settings.server.prefix,
        layout=settings.book.layout,
        watch=settings.server.watch,
        course=course_of(settings),
        offline=settings.offline.reading,
        copy=copy,
    )
    shelf = Shelf(press.print, press.reprint(kept) if kept else None, Answers())
    desk = Desk(shelf, Addresses(settings.server.prefix), Changes())
    application = FastAPI(
        title="Nabla",
        lifespan=_watching(press.folders(), kept is not None) if settings.server.watch else None,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # the API describes itself
        redirect_slashes=False,
    )
    application.state.press = press
    application.state.desk = desk
    application.state.admission = _admission(settings)
    application.state.observer = Observer(settings.server.trusted_proxies)
    application.state.metrics_token = settings.metrics.token.get_secret_value()
    layers = layer_folders(content_folder(settings))
    application.state.datasets = tuple(folder / "datasets" for folder in layers)
    _add_routes(application, watch=settings.server.watch)
    api.install_error_handlers(application)
    install_error_pages(application, lambda status: desk.shelf.edition.error(status))
    _wrap(application, settings, desk.shelf)
    return application


def _admission(settings: Settings) -> Admission:
    """Who may compute, and where results are remembered."""
    limits, redis = settings.limits, settings.cache.redis.get_secret_value()
    if limits.patience is not None:
        compute.be_patient(limits.patience)
    compute.remember_within(settings.cache.memory * 2**20)
    compute.share(compute.redis_store(redis) if redis else None)
    return Admission(Rates(limits.rates, redis), in_flight=limits.in_flight)


def content_folder(settings: Settings) -> Path:
    """The folder that holds ``book.toml``."""
    return settings.book.content or book_root() / "content"


def course_of(settings: Settings) -> Course:
    """What the pages say of the course."""
    header, footer = (
        tuple(ExternalLink(link.title, link.address) for link in links)
        for links in (settings.links.header, settings.links.footer)
    )
    return Course(
        title=settings.course.title,
        instructor=settings.course.instructor,
        contact=settings.course.contact,
        header=header,
        footer=footer,
        libraries=settings.code.languages,
        style_sheet=settings.theme.style_sheet(),
        report=settings.report.address,
        privacy=privacy_of(settings),
    )


def privacy_of(settings: Settings) -> Privacy:
    """What the privacy page says of this server."""
    metrics = settings.metrics
    return Privacy(
        level=settings.log.level,
        requests_logged=settings.log.requests,
        rates=settings.limits.rates,
        in_flight=settings.limits.in_flight,
        memory=settings.cache.memory,
        shared=bool(settings.cache.redis.get_secret_value()),
        metrics=bool(metrics.port or metrics.token.get_secret_value()),
        ancestors=settings.embed.ancestors,
    )


def widgets_folder() -> Path:
    """The folder that holds one folder for each widget."""
    return book_root() / "static" / "widgets"


def _add_routes(application: FastAPI, *, watch: bool) -> None:
    for router in (*api.routers, *PAGE_ROUTERS):
        application.include_router(router)
    if watch:
        application.include_router(live.router)
    application.include_router(book.router)  # takes every path that is left


def _wrap(application: FastAPI, settings: Settings, shelf: Shelf) -> None:
    """What every request passes, the outermost last."""
    prefix, policies = settings.server.prefix, Policies(settings.embed.ancestors)
    application.add_middleware(Observed)
    application.add_middleware(GZipMiddleware, minimum_size=WORTH_COMPRESSING)
    application.add_middleware(KeptAnswers, answers=shelf.answers or Answers())
    application.add_middleware(SecurityHeaders, policies=policies)
    application.add_middleware(Prefix, prefix=prefix)
    application.add_middleware(Clients, proxies=networks_of(settings.server.trusted_proxies))
    observer = application.state.observer
    application.add_middleware(
        Counter, stock=shelf, policies=policies, prefix=prefix, observer=observer
    )


def _watching(folders: tuple[Path, ...], warm_up: bool) -> Callable[[FastAPI], Any]:
    @contextlib.asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        stop = anyio.Event()
        watcher = asyncio.create_task(
            live.watch(application.state.desk, folders, stop, warm_up=warm_up)
        )
        yield
        stop.set()
        await watcher

    return lifespan
