"""The book as it is served now, and how it is exchanged for a newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.diagnostics import Problem
from app.pages.contexts import CalculatorPage, SearchFragment, SearchPage
from app.pages.derivations import Mistake, Question, Shown
from app.web.prepared import Prepared
from app.web.static_tree import StaticTree

Layouts = Mapping[str, Prepared]
"""A page in each layout: what a reader who asks for ``?layout=…`` gets without any script."""


@dataclass(frozen=True)
class Edition:
    """Every page of the book, ready to be sent. Nothing in it changes: it is exchanged whole."""

    layout: str
    pages: Mapping[str, Layouts]
    embeds: Mapping[str, Layouts]
    errors: Mapping[int, Prepared]
    static: StaticTree
    problems: tuple[Problem, ...]
    search: Callable[[str], SearchPage]
    search_fragment: Callable[[str], SearchFragment]
    calculator: Callable[[Question, Shown | Mistake | None], CalculatorPage]
    render: Callable[[CalculatorPage | SearchPage | SearchFragment], str]

    def page(self, path: str, layout: str | None) -> Prepared | None:
        """The page at a path within the book, in the layout asked for or the usual one."""
        return self._in_layout(self.pages.get(path), layout)

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """A widget alone, or None when the book has no such widget."""
        return self._in_layout(self.embeds.get(widget), layout)

    def error(self, status: int) -> Prepared:
        """The page for an HTTP status."""
        return self.errors.get(status) or self.errors[500 if status >= 500 else 400]

    def _in_layout(self, layouts: Layouts | None, layout: str | None) -> Prepared | None:
        if layouts is None:
            return None
        return layouts.get(layout or self.layout) or layouts[self.layout]


class Shelf:
    """Holds the edition that is served; ``printer`` makes a new one from the files."""

    def __init__(self, printer: Callable[[], Edition]) -> None:
        self._printer = printer
        self.edition = printer()

    def renew(self) -> None:
        """Make a new edition and serve it from now on; requests under way keep the old one."""
        self.edition = self._printer()

    # What can be handed out without asking the application (``app.web.counter.Stock``).

    def page(self, path: str, layout: str | None) -> Prepared | None:
        """The page at a path within the book."""
        return self.edition.page(path, layout)

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """The page that shows one widget alone."""
        return self.edition.embed(widget, layout)

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        """A static file that is compressed already, and whether its address never changes."""
        tree = self.edition.static
        is_current, name = tree.split(path)
        prepared = tree.ready(name)
        return (prepared, is_current) if prepared else None
