"""The book as prepared data: frozen, complete, ready to be put into pages.

Every field that ends in ``_html`` is safe HTML with formulas set as MathML; its sibling without
the ending is the same as plain text.  Links inside are root-relative below the prefix that the book
was loaded with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from app.diagnostics import Problem

if TYPE_CHECKING:
    from app.lessons.search import SearchIndex
    from app.lessons.widgets import KnownWidget

LayoutName = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class LessonLink:
    """What it takes to point to a lesson: in contents, previous and next, prerequisites."""

    slug: str
    number: int | str
    title: str
    title_html: str
    summary: str = ""
    summary_html: str = ""


@dataclass(frozen=True, slots=True)
class UsedRule:
    """A rule of another lesson that a lesson uses.

    ``name`` is such as "Theorem 6.2", or "" for a section; ``lesson`` is where it stands.
    """

    name: str
    title: str
    address: str
    lesson: LessonLink


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """What it takes to point to an identity of the cheat sheet.

    ``group`` is the title of its group where another group has an identity of this title, else "".
    """

    id: str
    title: str
    title_html: str
    address: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A lesson that uses an identity; ``address`` is the first place in it that does."""

    lesson: LessonLink
    address: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents. ``level`` is 2 or 3; ``anchor`` is the id."""

    level: int
    anchor: str
    title: str
    title_html: str


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry. ``anchor`` is its id on /glossary; ``see`` the lesson that explains it."""

    term: str
    anchor: str
    aliases: tuple[str, ...]
    definition_html: str
    definition: str
    see: LessonLink | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the bibliography.

    ``label`` is how the text cites it ("Magnus & Neudecker 2019"), ``anchor`` its id on
    /bibliography, ``reference_html`` the full reference, ``note_html`` why to read it (or "").
    """

    key: str
    anchor: str
    label: str
    reference_html: str
    note_html: str


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity of the cheat sheet, derived and checked by the engine.

    ``html`` is the formula in both layouts with its check mark and derivation, as the directive
    ``{identity}`` shows it; ``formulas_html`` is the formula alone and ``seal_html`` the words of
    the check mark, for pages that show many; ``source_html`` cites the literature (or "");
    ``words`` is plain text for filtering: title, expression, note; ``mentions`` are the lessons
    that use it, ``group`` is the title of its group.
    """

    id: str
    anchor: str
    title: str
    title_html: str
    expression: str
    wrt: str
    given: str
    html: str
    formulas_html: str
    seal_html: str
    note: str
    note_html: str
    source_html: str
    words: str
    mentions: tuple[Mention, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class IdentityGroup:
    """Identities of one kind, in the order of their file; ``rules`` is what they follow from."""

    id: str
    anchor: str
    title: str
    summary_html: str
    identities: tuple[Identity, ...]
    rules: tuple[UsedRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget as a lesson shows it first: what /embed/<name> serves."""

    name: str
    title: str
    html: str
    lesson: LessonLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of text beside the lessons, such as the notation. ``slug`` is its file's name."""

    slug: str
    title: str
    title_html: str
    summary: str
    html: str
    notice_html: str = ""
    contents: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    widgets: tuple[Widget, ...] = ()
    text: str = ""
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Page):
    """A lesson. ``number`` counts through the book; in an appendix it is such as "A.1".

    ``broken``: the file has mistakes and there is no earlier good version; ``notice_html`` says in
    plain words what is wrong and belongs above the text for every reader (``html`` holds as much
    as could be rendered, perhaps nothing).  ``stale``: the file has mistakes and this is the last
    good version; ``notice_html`` is for the author and shown in watch mode only.

    ``terms`` are the glossary terms that the text links to, each once: the page carries their
    definitions for hover and focus.  ``uses`` are rules of other lessons and ``identities`` entries
    of the cheat sheet that the lesson stands on.  ``minutes`` is the author's estimate or, without
    one, computed from the number of words.
    """

    number: int | str
    chapter: str
    summary_html: str
    prerequisites: tuple[LessonLink, ...] = ()
    uses: tuple[UsedRule, ...] = ()
    identities: tuple[IdentityLink, ...] = ()
    objectives_html: tuple[str, ...] = ()
    previous: LessonLink | None = None
    following: LessonLink | None = None
    words: int = 0
    minutes: int = 0

    @property
    def link(self) -> LessonLink:
        """What points to this lesson."""
        return LessonLink(
            self.slug, self.number, self.title, self.title_html, self.summary, self.summary_html
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: ``number`` from 1, or a letter for an appendix, its lessons in order."""

    id: str
    number: int | str
    title: str
    summary: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a search found.

    ``address`` is root-relative with its fragment; ``place`` names the lesson or page that holds
    it; ``title_html`` and ``excerpt_html`` mark the words found with ``<mark>``.
    """

    kind: Literal["lesson", "section", "term", "identity", "page"]
    address: str
    title_html: str
    place: str
    excerpt_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The whole book. ``problems`` are all mistakes found in its content, whoever made them.

    ``appendices`` stand outside the order of reading.  ``widgets`` are those that lessons show,
    ``catalogue`` all that there are, with their examples; ``datasets`` the files of data by name;
    ``folders`` those that the book was read from, overlays first.  ``thread`` has the slugs of all
    lessons with those of the lessons that each one builds on directly (``app.lessons.thread``).
    """

    title: str
    subtitle: str
    summary: str
    language: str
    default_layout: LayoutName
    chapters: tuple[Chapter, ...]
    appendices: tuple[Chapter, ...] = ()
    glossary: tuple[Term, ...] = ()
    bibliography: tuple[Work, ...] = ()
    cheat_sheet: tuple[IdentityGroup, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=lambda: MappingProxyType({}))
    widgets: Mapping[str, Widget] = field(default_factory=lambda: MappingProxyType({}))
    catalogue: Mapping[str, KnownWidget] = field(default_factory=lambda: MappingProxyType({}))
    thread: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    datasets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    folders: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    index: SearchIndex

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in the order of reading, without appendices."""
        return tuple(lesson for chapter in self.chapters for lesson in chapter.lessons)

    @property
    def every_lesson(self) -> tuple[Lesson, ...]:
        """All lessons, those of appendices at the end."""
        return (*self.lessons, *(each for part in self.appendices for each in part.lessons))

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson with this slug, or None."""
        return next((lesson for lesson in self.every_lesson if lesson.slug == slug), None)

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """The places that fit ``query`` best; any text at all is a valid query."""
        return self.index.search(query, limit)

    def meant(self, query: str) -> str | None:
        """What a misspelt query may have meant; None if it finds something or nothing is near."""
        return self.index.meant(query)
