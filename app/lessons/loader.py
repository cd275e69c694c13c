"""From a content folder to a ``Book``: read, number, resolve, render, index.

Everything is read and parsed first, so that lessons can refer to one another; then each page is
rendered.  What is costly (typesetting, derivations, highlighting) is cached by its source, so that
loading again after a change of one file takes a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from app.lessons.bibliography import BibliographySource
from app.lessons.drafts import Draft, draft_lesson, draft_page, plain
from app.lessons.errors import ContentError, Notebook
from app.lessons.glossary import GlossarySource
from app.lessons.identities import IdentitySource, IdentityTools
from app.lessons.indexing import identity_entries, lesson_entries, page_entries, term_entries
from app.lessons.links import Links
from app.lessons.model import Book, Chapter, Lesson, LessonLink, Page, Term, Widget
from app.lessons.numbering import label_table
from app.lessons.publishing import define_terms, publish_lesson, publish_page
from app.lessons.rendering import References, Rendering
from app.lessons.search import Entry, SearchIndex
from app.lessons.sources import BookPlan, read_plan
from app.lessons.widgets import known_widgets
from app.resources import book_root


def load(
    content: Path, *, widgets: Path | None = None, prefix: str = "", previous: Book | None = None
) -> Book:
    """The book in the folder ``content``.

    ``widgets`` is the folder that describes the widgets (the book's own by default), ``prefix`` the
    path below which a proxy shows the book, ``previous`` the book that was served so far: a lesson
    that has become broken keeps its version there.  Raises ContentError when ``book.toml`` cannot
    be used and there is no previous book.
    """
    notes = Notebook(content / "book.toml")
    plan = read_plan(notes.file, notes)
    if plan is None:
        if previous is None:
            raise ContentError(notes.problems[0])
        return replace(previous, problems=tuple(notes.problems))
    folder = widgets or book_root() / "static" / "widgets"
    return _Loading(content, folder, Links(prefix), plan, notes, previous).book()


class _Loading:
    """One load of the book. ``notebooks`` are those of all files, in the order of reading."""

    def __init__(
        self,
        content: Path,
        widgets: Path,
        links: Links,
        plan: BookPlan,
        notes: Notebook,
        previous: Book | None,
    ) -> None:
        self.content, self.links, self.plan, self.previous = content, links, plan, previous
        self.notebooks = [notes]
        self.drafts = _lesson_drafts(content, plan, self.notebooks)
        self.pages = [draft_page(path) for path in sorted(content.glob("pages/*.md"))]
        self.notebooks += [draft.notebook for draft in (*self.drafts, *self.pages)]
        self.lesson_links = {draft.slug: _link(draft, links) for draft in self.drafts}
        self.references, self.terms = self._references(widgets)

    def book(self) -> Book:
        """The finished book."""
        lessons, pages = self._lessons(), self._pages()
        return Book(
            title=self.plan.title,
            subtitle=self.plan.subtitle,
            summary=self.plan.summary,
            language=self.plan.language,
            default_layout=self.plan.default_layout,
            chapters=_chapters(self.plan, lessons),
            glossary=self.terms,
            bibliography=tuple(self.references.works.values()),
            cheat_sheet=self.identities.groups,
            pages=MappingProxyType(pages),
            widgets=MappingProxyType(_first_widgets(lessons)),
            problems=tuple(p for notebook in self.notebooks for p in notebook.problems),
            index=SearchIndex(self._entries(lessons, pages)),
        )

    def _references(self, widgets: Path) -> tuple[References, tuple[Term, ...]]:
        """Everything that pages refer to, the definitions of the glossary included."""
        drafts = (*self.drafts, *self.pages)
        labels = label_table([d.outline for d in drafts], [d.target for d in drafts])
        glossary = GlossarySource(self.content / "glossary.yaml")
        known, notebooks = known_widgets(widgets, self.content / "presets")
        bare = References(
            self.links,
            labels=labels,
            terms=glossary.terms,
            widgets=known,
            complete_glossary=glossary.complete,
        )
        cited = self._with_works(bare)
        terms = define_terms(glossary, cited, self.lesson_links, self.content)
        self.notebooks += [glossary.notebook, *notebooks]
        by_anchor = {term.anchor: term for term in terms}
        defined = {name: by_anchor[term.anchor] for name, term in glossary.terms.items()}
        return replace(cited, terms=defined), terms

    def _with_works(self, bare: References) -> References:
        def inline(text: str, line: int, notebook: Notebook) -> str:
            return Rendering(bare, notebook, "", self.content).inline(text, line)

        works = BibliographySource(self.content / "bibliography.yaml", inline)
        tools = IdentityTools(inline, works.works, self.links, works.complete)
        self.identities = IdentitySource(self.content / "identities", tools)
        self.notebooks += [works.notebook, *self.identities.notebooks]
        return replace(
            bare,
            works=works.works,
            complete_works=works.complete,
            identities=self.identities.by_id,
            complete_identities=self.identities.complete,
        )

    def _lessons(self) -> list[Lesson]:
        neighbours = [None, *self.lesson_links.values(), None]
        lessons = []
        for position, draft in enumerate(self.drafts):
            old = self.previous.lesson(draft.slug) if self.previous else None
            lesson = publish_lesson(draft, self.references, self.lesson_links, old)
            before, after = neighbours[position], neighbours[position + 2]
            here = replace(lesson, number=draft.number, chapter=draft.chapter)
            lessons.append(replace(here, previous=before, following=after))
        return lessons

    def _pages(self) -> dict[str, Page]:
        old = self.previous.pages if self.previous else {}
        return {d.slug: publish_page(d, self.references, old.get(d.slug)) for d in self.pages}

    def _entries(self, lessons: list[Lesson], pages: Mapping[str, Page]) -> list[Entry]:
        found: list[Entry] = []
        for lesson, draft in zip(lessons, self.drafts, strict=True):
            found += lesson_entries(lesson, draft, self.links)
        for draft in self.pages:
            found += page_entries(pages[draft.slug], draft, self.links)
        found += term_entries(self.terms, self.links)
        found += identity_entries(self.identities.groups, self.links)
        return found


def _lesson_drafts(content: Path, plan: BookPlan, notebooks: list[Notebook]) -> list[Draft]:
    drafts: list[Draft] = []
    notes, seen = notebooks[0], set[str]()
    for chapter in plan.chapters:
        for slug in chapter.lessons:
            path = content / "chapters" / chapter.id / slug / "lesson.md"
            if slug in seen:
                line = _plan_line(notes, slug)
                notes.note("duplicate-lesson", f"The lesson “{slug}” stands twice.", line)
            elif not path.is_file():
                known = [p.parent.name for p in content.glob(f"chapters/{chapter.id}/*/lesson.md")]
                what = f"lesson in chapters/{chapter.id} called"
                notes.unknown("missing-lesson", what, slug, known, _plan_line(notes, slug))
            else:
                drafts.append(draft_lesson(path, chapter.id, len(drafts) + 1))
            seen.add(slug)
    notebooks += _unlisted(content, seen)
    return drafts


def _plan_line(notes: Notebook, slug: str) -> int:
    lines = notes.file.read_text("utf-8").split("\n")
    return next((number for number, text in enumerate(lines, 1) if f'"{slug}"' in text), 1)


def _unlisted(content: Path, listed: set[str]) -> list[Notebook]:
    found = []
    for path in sorted(content.glob("chapters/*/*/lesson.md")):
        if path.parent.name not in listed:
            notes = Notebook(path)
            hint = "Name it in book.toml, in the chapter of its folder."
            notes.note("unlisted-lesson", "This lesson is not in the book.", None, hint, "warning")
            found.append(notes)
    return found


def _link(draft: Draft, links: Links) -> LessonLink:
    # Its mistakes are noted when the lesson itself is rendered.
    page = Rendering(References(links), Notebook(draft.notebook.file), draft.path, draft.folder)
    title, summary = page.inline(draft.title, 1), page.inline(draft.summary, 1)
    return LessonLink(
        draft.slug, draft.number, plain(draft.title), title, plain(draft.summary), summary
    )


def _chapters(plan: BookPlan, lessons: list[Lesson]) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(
            chapter.id,
            number,
            chapter.title,
            chapter.summary,
            tuple(lesson for lesson in lessons if lesson.chapter == chapter.id),
        )
        for number, chapter in enumerate(plan.chapters, 1)
    )


def _first_widgets(lessons: list[Lesson]) -> dict[str, Widget]:
    found: dict[str, Widget] = {}
    for lesson in lessons:
        for widget in lesson.widgets:
            found.setdefault(widget.name, replace(widget, lesson=lesson.link))
    return found
