"""What each kind of page receives: one frozen dataclass per kind, every field described.

Values are those of ``app.lessons.model``; fields there that end in ``_html`` are safe HTML.  A test
compares what each template uses with what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from app.lessons import (
    Chapter,
    Heading,
    Hit,
    IdentityGroup,
    Lesson,
    LessonLink,
    Term,
    Widget,
    Work,
)
from app.lessons import Page as TextOfPage
from app.pages.copies import Copy
from app.pages.course import Course
from app.pages.derivations import Mistake, Question, Shown
from app.pages.map_of_lessons import Neighbours, Row
from app.pages.report import ReportLink
from app.web.templating import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Context):
    """What every document has, embedded ones included."""

    book_title: Annotated[str, "title of the book"]
    book_subtitle: Annotated[str, "subtitle of the book"]
    language: Annotated[str, "language of the book, such as en-GB"]
    layout: Annotated[str, "layout that is shown at first: numerator or denominator"]
    default_layout: Annotated[str, "layout for readers who have not chosen"]
    libraries: Annotated[str, "libraries of programs that are shown, with blanks: numpy jax"]
    report: Annotated[ReportLink | None, "where a problem of the page is reported, if anywhere"]
    title: Annotated[str, "title of the page as plain text, for tabs and search engines"]
    copy: Annotated[Copy | None, "what a copy without a server has instead; nothing when served"]
    widget_styles: Annotated[tuple[str, ...], "style sheets of the widgets on the page"] = ()
    modules: Annotated[tuple[str, ...], "modules that the page's own script imports"] = ()
    widget_modules: Annotated[
        Mapping[str, tuple[str, ...]],
        "of each widget on the page: its module and all that it imports",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Frame):
    """The frame of all pages of the book."""

    watch: Annotated[bool, "whether the page listens for changes of the book"]
    mistakes: Annotated[str, "HTML for who writes: what is wrong beside the lessons, or nothing"]
    offline: Annotated[str, "the worker that keeps the book for reading offline, or nothing"]
    chapters: Annotated[tuple[Chapter, ...], "the map of the book"]
    appendices: Annotated[tuple[Chapter, ...], "what stands outside the order of reading"]
    course: Annotated[Course, "the course that the book is shown for"]
    path: Annotated[str, "the page's path within the book, such as /glossary"]
    description: Annotated[str, "one plain sentence about the page, or nothing"] = ""
    headings: Annotated[tuple[Heading, ...], "contents of the page; empty for none"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPage(Page):
    """The cover and the map of the book."""

    template: ClassVar[str] = "pages/cover.html"
    summary: Annotated[str, "what the book is, in one sentence"]
    map: Annotated[tuple[Row, ...], "which lessons build on which, from the top down"]
    neighbours: Annotated[Mapping[str, Neighbours], "by slug, what a lesson is joined to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPage(Page):
    """A lesson."""

    template: ClassVar[str] = "pages/lesson.html"
    lesson: Annotated[Lesson, "the lesson with its text"]
    chapter: Annotated[Chapter, "the chapter that the lesson belongs to"]
    leads_to: Annotated[tuple[LessonLink, ...], "the lessons that build on it directly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """A page of text beside the lessons, such as the notation."""

    template: ClassVar[str] = "pages/text.html"
    text: Annotated[TextOfPage, "the page with its text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Page):
    """What is kept of readers, from the running configuration."""

    template: ClassVar[str] = "pages/privacy.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    """All terms of the book."""

    template: ClassVar[str] = "pages/glossary.html"
    terms: Annotated[tuple[Term, ...], "the terms in alphabetical order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyPage(Page):
    """The works that the book cites."""

    template: ClassVar[str] = "pages/bibliography.html"
    works: Annotated[tuple[Work, ...], "the works, by first author"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheatSheetPage(Page):
    """All identities, grouped."""

    template: ClassVar[str] = "pages/cheat-sheet.html"
    groups: Annotated[tuple[IdentityGroup, ...], "the groups in order"]
    count: Annotated[int, "number of identities on the page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """What a search found."""

    template: ClassVar[str] = "pages/search.html"
    query: Annotated[str, "what was searched for; empty before the first search"]
    meant: Annotated[str, "what was found instead of a misspelt query, or nothing"]
    hits: Annotated[tuple[Hit, ...], "the places found, best first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFragment(Context):
    """The results alone, for the search that answers while one types."""

    template: ClassVar[str] = "parts/search-results.html"
    query: Annotated[str, "what was searched for"]
    meant: Annotated[str, "what was found instead of a misspelt query, or nothing"]
    hits: Annotated[tuple[Hit, ...], "the places found, best first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatorPage(Page):
    """The derivative calculator, with an answer if one was asked for without scripts."""

    template: ClassVar[str] = "pages/calculator.html"
    question: Annotated[Question, "what was asked, as it was typed"]
    shown: Annotated[Shown | None, "the derivative that was asked for"]
    mistake: Annotated[Mistake | None, "what is wrong with the question"]
    examples: Annotated[tuple[tuple[str, str], ...], "titles and addresses of examples"]
    options_json: Annotated[str, "options of the widget"]
    presets_json: Annotated[str, "examples of the widget"]
    working_presets_json: Annotated[str, "examples of the widget that checks a working"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error as a page of the book."""

    template: ClassVar[str] = "pages/error.html"
    status: Annotated[int, "the HTTP status"]
    explanation: Annotated[str, "what happened and what the reader can do"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage(Frame):
    """One widget alone, to be framed by another page."""

    template: ClassVar[str] = "pages/embed.html"
    widget: Annotated[Widget, "the widget as its lesson shows it first"]


EVERY_CONTEXT: tuple[type[Context], ...] = (
    CoverPage,
    LessonPage,
    TextPage,
    PrivacyPage,
    GlossaryPage,
    BibliographyPage,
    CheatSheetPage,
    SearchPage,
    SearchFragment,
    CalculatorPage,
    ErrorPage,
    EmbedPage,
)

__all__ = ["EVERY_CONTEXT", *(kind.__name__ for kind in EVERY_CONTEXT)]
