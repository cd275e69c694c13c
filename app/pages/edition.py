"""The book as it is served now, and how it is exchanged for a newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.diagnostics import Problem
from app.web.prepared import Prepared
from app.web.static_tree import StaticTree

if TYPE_CHECKING:  # the lessons and the mathematics, which a first page does not need
    from app.pages.contexts import CalculatorPage, SearchFragment, SearchPage
    from app.pages.derivations import Mistake, Question, Shown
    from app.web.kept import Answers

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
        return in_layout(self.pages.get(path), layout, self.layout)

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """A widget alone, or None when the book has no such widget."""
        return in_layout(self.embeds.get(widget), layout, self.layout)

    def error(self, status: int) -> Prepared:
        """The page for an HTTP status."""
        return self.errors.get(status) or self.errors[500 if status >= 500 else 400]


def in_layout(layouts: Layouts | None, layout: str | None, usual: str) -> Prepared | None:
    """The page in the layout asked for; in the usual one when that is not known."""
    if layouts is None:
        return None
    return layouts.get(layout or usual) or layouts[usual]


class Shelf:
    """Holds the edition that is served; ``printer`` makes a new one from the files.

    The first edition is printed at once, unless there is one already.  ``answers`` are those that
    the API gives meanwhile.
    """

    def __init__(
        self,
        printer: Callable[[], Edition],
        edition: Edition | None = None,
        answers: Answers | None = None,
    ) -> None:
        self._printer = printer
        self.edition = edition or printer()
        self.answers = answers

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
        return self.edition.static.handed_out(path)

    def answer(self, path: str, query: bytes) -> tuple[Prepared, str] | None:
        """An answer of the API that was given before; it depends on its address alone."""
        return self.answers.find(path, query) if self.answers is not None else None
