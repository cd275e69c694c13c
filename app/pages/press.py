"""Prints the book: every page rendered, compressed and named, in both layouts.

``Press.print`` reads the files and returns an ``Edition``; in watch mode it is called again after
each change, and what did not change comes from the earlier book and the earlier static tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.lessons import Book
from app.lessons.loader import load
from app.pages.copies import Copy
from app.pages.course import Course
from app.pages.edition import Edition
from app.pages.sheet import LayoutName, Sheet
from app.pages.storeroom import Kept
from app.pages.templates import fault_of, own_templates, replaced_in, templates_of
from app.resources import book_root
from app.web.addresses import Addresses
from app.web.static_tree import StaticTree
from app.web.templating import STYLE_BUNDLE, STYLES


@dataclass
class Press:
    """Prints editions. ``layout`` overrides the book's own default; ``prefix`` is for proxies.

    ``offline`` names the worker that keeps the book for reading offline, and ``copy`` makes the
    pages of a copy without a server.
    """

    content: Path
    prefix: str = ""
    layout: LayoutName | None = None
    watch: bool = False
    course: Course = field(default_factory=Course)
    offline: bool = False
    copy: Copy | None = None
    book: Book | None = None

    def folders(self) -> tuple[Path, ...]:
        """The folders whose files make up an edition."""
        layers = self.book.folders if self.book else (self.content,)
        return (*layers, book_root() / "templates", book_root() / "static")

    @property
    def keeps_offline(self) -> bool:
        """Whether readers may keep the pages; while an author writes they would be in the way."""
        return self.offline and not self.watch

    def print(self) -> Edition:
        """A new edition from the files as they are now.

        Raises ContentError when ``book.toml`` cannot be read and there was no earlier book.
        """
        static = StaticTree(
            book_root() / "static",
            {STYLE_BUNDLE: STYLES},
            endings={STYLE_BUNDLE: self.course.style_sheet},
        )
        widgets = book_root() / "static" / "widgets"
        self.book = load(self.content, widgets=widgets, prefix=self.prefix, previous=self.book)
        sheet = self._sheet(self.book, static)
        try:
            return sheet.edition()
        except Exception as error:  # whatever a replaced template may do
            fault = fault_of(error, replaced_in(self.book))
            if fault is None:
                raise
            own = own_templates(Addresses(self.prefix, static.hashed))
            return replace(sheet, templates=own, problems=(*sheet.problems, fault)).edition()

    def reprint(self, kept: Kept) -> Edition:
        """An edition that was printed before from the same files."""
        self.book = kept.opened()
        return self._sheet(self.book, kept.static).again(kept)

    def kept(self, edition: Edition) -> Kept:
        """What ``reprint`` needs, with every static file compressed."""
        assert self.book is not None
        for name in edition.static.names():
            edition.static.prepared(name)
        return Kept.of(edition, self.book)

    def _sheet(self, book: Book, static: StaticTree) -> Sheet:
        addresses = Addresses(self.prefix, static.hashed)
        templates, problems = templates_of(book, addresses)
        return Sheet(
            book,
            templates,
            static,
            layout=self.layout or book.default_layout,
            watch=self.watch,
            course=self.course,
            offline=addresses.worker() if self.keeps_offline else "",
            copy=self.copy,
            problems=problems,
        )
