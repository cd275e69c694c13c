"""The whole copy in memory: every file by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from app.diagnostics import Problem
from app.export.addresses import Folders, file_of, prefix_of
from app.export.answers import answer_files, finished, request
from app.export.asked import Question
from app.export.linkcheck import LinkCheck
from app.export.places import places_file
from app.export.questions import questions_of
from app.export.widgets import widgets_in
from app.lessons.model import Book
from app.main import create_app
from app.pages.copies import Copy
from app.pages.derivations import Question as NothingAsked
from app.pages.edition import Edition
from app.pages.offline import Shipment, digest_of, static_files, worker_script
from app.settings import LimitsSettings, ServerSettings, Settings
from app.web.addresses import Addresses

WORKER = "sw.js"
FRONT_MATTER = ".nojekyll"
CHANGING = ("index.html", "index.json", "places.json", ".csv")
"""How the names of files end whose addresses stay when their content changes."""


@dataclass(frozen=True)
class Exported:
    """The files of a copy; ``broken`` are links that lead nowhere, ``problems`` all else."""

    files: Mapping[str, bytes]
    prefix: str
    broken: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    @property
    def size(self) -> int:
        """Bytes in all files."""
        return sum(map(len, self.files.values()))


def export(settings: Settings, base: str = "/") -> Exported:
    """The book as ``settings`` say, as files to be shown below ``base``.

    Raises NablaError for an impossible base and when the book itself cannot be loaded.
    """
    prefix = prefix_of(base)
    application = create_app(_without_server(settings, prefix), copy=Copy(prefix))
    book: Book = application.state.press.book
    edition: Edition = application.state.desk.shelf.edition
    files = _Files(book, edition, application, prefix)
    pages = files.pages()
    answers, refused = answer_files(application, _questions(book, pages))
    whole = {**pages, **files.beside(), **answers}
    if settings.offline.reading:
        whole[WORKER] = files.worker(whole)
    broken = LinkCheck(whole, prefix).problems()
    return Exported(whole, prefix, tuple(broken), (*edition.problems, *refused))


def _without_server(settings: Settings, prefix: str) -> Settings:
    """The same settings for nobody but us: no limits, nothing watched, no shared store."""
    return settings.model_copy(
        update={
            "server": ServerSettings(prefix=prefix),
            "limits": LimitsSettings(rates="", in_flight=1000),
            "cache": type(settings.cache)(memory=settings.cache.memory),
        }
    )


def _questions(book: Book, pages: Mapping[str, bytes]) -> Iterator[Question]:
    shown: dict[str, list[Mapping[str, Any]]] = {}
    for name, body in pages.items():
        if name.endswith(".html"):
            for widget, options in widgets_in(body.decode()):
                shown.setdefault(widget, []).append(options)
    for name, known in book.catalogue.items():
        yield from questions_of(known, shown.get(name, []))


@dataclass(frozen=True)
class _Files:
    """What the files are made of."""

    book: Book
    edition: Edition
    application: FastAPI
    prefix: str

    @property
    def folders(self) -> Folders:
        embeds = {f"/embed/{name}" for name in self.edition.embeds}
        return Folders(self.prefix, {*self.edition.pages, *embeds, "/search", "/calculator"})

    def pages(self) -> dict[str, bytes]:
        """Every page, in the book's own layout: both are in it, and the browser chooses."""
        edition, folders = self.edition, self.folders
        rendered = {
            **{path: edition.pages[path][edition.layout].body.decode() for path in edition.pages},
            **{
                f"/embed/{name}": edition.embeds[name][edition.layout].body.decode()
                for name in edition.embeds
            },
            "/search": edition.render(edition.search("")),
            "/calculator": edition.render(edition.calculator(NothingAsked(), None)),
        }
        files = {file_of(path): folders.rewritten(html) for path, html in rendered.items()}
        files["404.html"] = folders.rewritten(edition.error(404).body.decode())
        return {name: html.encode() for name, html in files.items()}

    def beside(self) -> dict[str, bytes]:
        """What the pages load: static files, datasets, what the search finds."""
        static = self.edition.static
        return {
            FRONT_MATTER: b"",  # or else some hosts would read these files as templates of theirs
            **{f"static/{static.hashed(name)}": static.body(name) for name in static.names()},
            **{f"datasets/{name}.csv": self._dataset(name) for name in self.book.datasets},
            "search/places.json": places_file(self.book, self.edition, self.folders),
        }

    def _dataset(self, name: str) -> bytes:
        path = f"{self.prefix}/datasets/{name}.csv"
        return finished(request(self.application, "GET", path)).body

    def worker(self, files: Mapping[str, bytes]) -> bytes:
        """The worker that keeps all of it for reading offline."""
        addresses = Addresses(self.prefix, self.edition.static.hashed)
        changing, answers = {}, {}
        for name, body in files.items():
            address = addresses.page(f"/{name.removesuffix('index.html')}")
            if name.endswith(CHANGING):
                changing[address] = digest_of(body)
            elif name.startswith("answers/"):
                answers[address] = digest_of(body)
        unchanging = {**static_files(self.edition.static, addresses), **answers}
        scope = addresses.cover()
        return worker_script(self.edition.static, scope, Shipment(True, changing, unchanging))


__all__ = ["Exported", "export"]
