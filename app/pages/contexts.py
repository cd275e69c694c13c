"""What each kind of page receives: one frozen dataclass per kind, every field described.

A test renders every page and compares what its template uses with what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.web.templating import Context, described


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonLink:
    """A lesson as contents, previous and next show it."""

    slug: str = described("last part of the lesson's address")
    number: str = described("number through the whole book")
    title: Markup = described("title, formulas typeset")
    plain_title: str = described("title as plain text")
    summary: Markup = described("one sentence on what the lesson is about")
    address: str = described("where the lesson is")
    minutes: int | None = described("reading time, where the author gave one", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterLinks:
    """A chapter of the map."""

    number: int = described("number, from 1")
    title: str = described("title of the chapter")
    summary: Markup = described("what its lessons have in common")
    lessons: tuple[LessonLink, ...] = described("its lessons in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading in the contents of a page."""

    anchor: str = described("id of the heading on the page")
    level: int = described("2 for sections, 3 for subsections")
    title: Markup = described("the heading's words, formulas typeset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Context):
    """The frame that all pages have in common."""

    book_title: str = described("title of the book")
    book_subtitle: str = described("subtitle of the book")
    language: str = described("language of the book, such as en-GB")
    layout: str = described("layout that is shown at first: numerator or denominator")
    layouts_in_address: bool = described("whether the address may say ?layout=", True)
    watch: bool = described("whether the page listens for changes of the book")
    chapters: tuple[ChapterLinks, ...] = described("the map of the book")
    title: str = described("title of the page as plain text, for tabs and search engines")
    description: str = described("one plain sentence about the page", "")
    path: str = described("the page's path within the book, such as /glossary")
    headings: tuple[Heading, ...] = described("contents of the page; empty for none", ())
    widget_styles: tuple[str, ...] = described("style sheets of the widgets on the page", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPage(Page):
    """The cover and the map of the book."""

    template: ClassVar[str] = "pages/cover.html"
    summary: Markup = described("what the book is, in one sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPage(Page):
    """A lesson."""

    template: ClassVar[str] = "pages/lesson.html"
    chapter: ChapterLinks = described("the chapter that the lesson belongs to")
    lesson: LessonLink = described("the lesson itself")
    prerequisites: tuple[LessonLink, ...] = described("lessons to read before")
    objectives: tuple[Markup, ...] = described("what the reader can do afterwards")
    body: Markup = described("the text of the lesson")
    definitions: tuple[Definition, ...] = described("definitions of the terms used in it")
    previous: LessonLink | None = described("the lesson before", None)
    following: LessonLink | None = described("the lesson after", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term of the glossary."""

    anchor: str = described("id of the term on the glossary page")
    term: str = described("the term")
    definition: Markup = described("what it means")
    lesson: LessonLink | None = described("the lesson that introduces it", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    """All terms of the book."""

    template: ClassVar[str] = "pages/glossary.html"
    definitions: tuple[Definition, ...] = described("the terms in alphabetical order")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """A page of plain text beside the lessons, such as the notation."""

    template: ClassVar[str] = "pages/text.html"
    heading: Markup = described("the page's own heading")
    body: Markup = described("the text")
    definitions: tuple[Definition, ...] = described("definitions of the terms used in it", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the bibliography."""

    anchor: str = described("id of the work on the page")
    reference: Markup = described("the full reference")
    note: Markup | None = described("why to read it", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyPage(Page):
    """The works that the book cites."""

    template: ClassVar[str] = "pages/bibliography.html"
    works: tuple[Work, ...] = described("the works, by first author")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """One identity of the cheat sheet."""

    anchor: str = described("id of the identity on the page")
    name: Markup = described("what the identity is called")
    words: str = described("words by which the filter finds it")
    body: Markup = described("the formula in both layouts, with its conditions")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityGroup:
    """Identities of one kind."""

    anchor: str = described("id of the group on the page")
    title: Markup = described("name of the group")
    identities: tuple[IdentityRow, ...] = described("its identities in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheatSheetPage(Page):
    """All identities, grouped."""

    template: ClassVar[str] = "pages/cheat-sheet.html"
    groups: tuple[IdentityGroup, ...] = described("the groups in order")
    count: int = described("number of identities on the page")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One place that a search found."""

    address: str = described("where it is")
    title: Markup = described("what it is called, matches marked")
    place: str = described("the lesson or page that holds it")
    kind: str = described("lesson, section, formula, term …")
    excerpt: Markup = described("words around the match, matches marked")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """What a search found."""

    template: ClassVar[str] = "pages/search.html"
    query: str = described("what was searched for; empty before the first search")
    results: tuple[SearchResult, ...] = described("the places found, best first")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFragment(Context):
    """The results alone, for the search that answers while one types."""

    template: ClassVar[str] = "parts/search-results.html"
    query: str = described("what was searched for")
    results: tuple[SearchResult, ...] = described("the places found, best first")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error as a page of the book."""

    template: ClassVar[str] = "pages/error.html"
    status: int = described("the HTTP status")
    heading: str = described("what went wrong, in a few words")
    explanation: str = described("what the reader can do")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage(Context):
    """One widget alone, to be framed by another page."""

    template: ClassVar[str] = "pages/embed.html"
    book_title: str = described("title of the book")
    language: str = described("language of the book")
    layout: str = described("layout that is shown at first")
    title: str = described("name of the widget")
    widget: Markup = described("the widget with its text alternative")
    widget_styles: tuple[str, ...] = described("its style sheets")
    source: LessonLink | None = described("the lesson that explains it", None)
