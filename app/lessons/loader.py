"""From a content folder to a ``Book``: read, number, resolve, render, index.

Everything is read and parsed first, so that lessons can refer to one another; then each page is
rendered.  What is costly (typesetting, derivations, highlighting) is cached by its source, so that
loading again after a change of one file takes a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from app.diagnostics import Problem
from app.lessons.bibliography import BibliographySource
from app.lessons.datasets import columns_of
from app.lessons.drafts import Draft, draft_lesson, draft_page, plain
from app.lessons.errors import ContentError, Notebook
from app.lessons.foundations import (
    note_circles,
    note_unfounded,
    prerequisites_of,
    rules_named,
)
from app.lessons.glossary import GlossarySource
from app.lessons.hyperlinks import FIXED
from app.lessons.identities import IdentitySource, IdentityTools
from app.lessons.indexing import identity_entries, lesson_entries, page_entries, term_entries
from app.lessons.library import ChapterPlan, Library, open_library
from app.lessons.library.orphans import note_orphans
from app.lessons.links import Links
from app.lessons.mentions import with_mentions
from app.lessons.model import Book, Chapter, Lesson, LessonLink, Page, Term, UsedRule, Widget
from app.lessons.numbering import label_table
from app.lessons.publishing import define_terms, publish_lesson, publish_page
from app.lessons.rendering import Hidden, References, Rendering
from app.lessons.search import Entry, SearchIndex
from app.lessons.thread import thread
from app.lessons.widgets import known_widgets
from app.resources import book_root
from app.typeset import using


def load(
    content: Path, *, widgets: Path | None = None, prefix: str = "", previous: Book | None = None
) -> Book:
    """The book in the folder ``content``, which may be an overlay of another book.

    ``widgets`` is the folder that describes the widgets (the book's own by default), ``prefix`` the
    path below which a proxy shows the book, ``previous`` the book that was served so far: a lesson
    that has become broken keeps its version there.  Raises ContentError when ``book.toml`` cannot
    be used and there is no previous book.
    """
    notes = Notebook(content / "book.toml")
    library = open_library(content, notes)
    if library is None:
        if previous is None:
            raise ContentError(notes.problems[0])
        return replace(previous, problems=tuple(notes.problems))
    with using(library.plan.macros):
        return Loading(library, widgets, Links(prefix), previous).book()


class Loading:
    """One load of the book. ``notebooks`` are those of all files, in the order of reading.

    Made and used with the book's macros in force.
    """

    def __init__(
        self,
        library: Library,
        widgets: Path | None = None,
        links: Links | None = None,
        previous: Book | None = None,
    ) -> None:
        self.library, self.plan, self.previous = library, library.plan, previous
        self.links = links or Links()
        self.notebooks = list(library.notebooks)
        self.drafts = list(self._lesson_drafts())
        self.pages = [draft_page(path) for path in library.named("pages", ".md").values()]
        self.notebooks += [draft.notebook for draft in (*self.drafts, *self.pages)]
        self.lesson_links = {draft.slug: _link(draft, self.links) for draft in self.drafts}
        self.references, self.terms = self._references(
            widgets or book_root() / "static" / "widgets"
        )
        figures = {draft.slug: draft.figures for draft in (*self.drafts, *self._hidden_drafts)}
        self.notebooks += note_orphans(library, figures, self.references.widgets)
        note_circles(self.drafts, self._hidden_drafts)

    def book(self) -> Book:
        """The finished book."""
        lessons, pages = self._lessons(), self._pages()
        both = tuple(zip(lessons, self.drafts, strict=True))
        threaded = thread(_needs(both), prerequisites_of(self._hidden_drafts))
        note_unfounded(both, threaded, self.library.is_own)
        chapters = _chapters(self.plan.chapters, lessons)
        return Book(
            title=self.plan.title,
            subtitle=self.plan.subtitle,
            summary=self.plan.summary,
            language=self.plan.language,
            default_layout=self.plan.default_layout,
            chapters=tuple(part for part in chapters if isinstance(part.number, int)),
            appendices=tuple(part for part in chapters if isinstance(part.number, str)),
            glossary=self.terms,
            bibliography=tuple(self.references.works.values()),
            cheat_sheet=with_mentions(self.identities.groups, both, self.links),
            thread=MappingProxyType(threaded),
            pages=MappingProxyType(pages),
            widgets=MappingProxyType(_first_widgets(lessons)),
            catalogue=MappingProxyType(dict(self.references.widgets)),
            datasets=MappingProxyType(self.library.named("datasets", ".csv")),
            folders=self.library.folders,
            problems=tuple(self._weighed(p) for each in self.notebooks for p in each.problems),
            index=SearchIndex(self._entries(lessons, pages)),
        )

    def _weighed(self, problem: Problem) -> Problem:
        """What an overlay brings about in the files below it is a warning: they can serve."""
        below = problem.file is not None and self.references.is_below(problem.file)
        return replace(problem, level="warning") if below and problem.level == "error" else problem

    def _lesson_drafts(self) -> Iterable[Draft]:
        """The lessons of the plan; what is missing or stands twice is noted."""
        notes, library, seen = self.notebooks[0], self.library, set[str]()
        for chapter, slug, number in self.plan.numbered():
            path = library.lesson(slug)
            if slug in seen or path is None:
                line = library.document.line_of(slug)
                if slug in seen:
                    message = f"The lesson “{slug}” stands twice."
                    notes.note("duplicate-lesson", message, line)
                else:
                    known = library.slugs
                    notes.unknown("missing-lesson", "lesson called", slug, known, line)
            else:
                yield draft_lesson(path, chapter.id, number, library.lesson_folders(slug))
            seen.add(slug)

    def _references(self, widgets: Path) -> tuple[References, tuple[Term, ...]]:
        """Everything that pages refer to, the definitions of the glossary included."""
        drafts = (*self.drafts, *self.pages)
        labels = label_table(
            [d.outline for d in drafts], [d.target for d in drafts], self.library.is_own
        )
        glossary = GlossarySource(self.library.files("glossary.yaml"))
        columns, of_datasets = columns_of(self.library.named("datasets", ".csv"))
        known, notebooks = known_widgets(widgets, self.library.files, columns)
        bare = References(
            self.links,
            labels=labels,
            terms=glossary.terms,
            widgets=known,
            hidden=self._hidden(),
            own=self.library.is_own if self.library.below else None,
            complete_glossary=glossary.complete,
        )
        cited = self._with_works(bare)
        terms = define_terms(glossary, cited, self.lesson_links)
        self.notebooks += [*glossary.notebooks, *of_datasets, *notebooks]
        by_anchor = {term.anchor: term for term in terms}
        defined = {name: by_anchor[term.anchor] for name, term in glossary.terms.items()}
        return replace(cited, terms=defined), terms

    def _hidden(self) -> dict[str, Hidden]:
        """The labels that the book does not show: of hidden and of replaced lessons."""
        found = ((slug, self.library.lesson(slug)) for slug in self.library.hidden)
        self._hidden_drafts = [draft_lesson(path, "", 0) for _, path in found if path]
        replaced = [draft_lesson(path, "", 0) for path in self.library.replaced]
        return {
            target.label: Hidden(target, plain(draft.title), replaced=True)
            for draft in replaced
            for target in draft.outline.targets
        } | {
            target.label: Hidden(target, plain(draft.title))
            for draft in self._hidden_drafts
            for target in (draft.target, *draft.outline.targets)
        }

    def _with_works(self, bare: References) -> References:
        top = self.library.top.folder

        def inline(text: str, line: int, notebook: Notebook) -> str:
            return Rendering(bare, notebook, "", (top,)).inline(text, line)

        def rules(labels: Mapping[str, int], notebook: Notebook) -> tuple[UsedRule, ...]:
            page = Rendering(bare, notebook, "/cheat-sheet", (top,))
            return rules_named(labels, page, self.lesson_links)

        works = BibliographySource(self.library.files("bibliography.yaml"), inline)
        tools = IdentityTools(inline, rules, works.works, self.links, works.complete)
        self.identities = IdentitySource(self.library.groups("identities", ".yaml"), tools)
        self.notebooks += [*works.notebooks, *self.identities.notebooks]
        cited = replace(
            bare,
            works=works.works,
            complete_works=works.complete,
            identities=self.identities.by_id,
            complete_identities=self.identities.complete,
        )
        return replace(cited, places=self._places(cited))

    def _places(self, cited: References) -> dict[str, frozenset[str]]:
        """Every page of the book with the anchors that a link may lead to."""
        places = dict.fromkeys(FIXED, frozenset[str]())
        for draft in (*self.drafts, *self.pages):
            places[draft.path] = frozenset(draft.outline.anchors)
        places["/glossary"] = frozenset(term.anchor for term in cited.terms.values())
        places["/bibliography"] = frozenset(work.anchor for work in cited.works.values())
        datasets = self.library.named("datasets", ".csv")
        places |= dict.fromkeys((f"/datasets/{name}.csv" for name in datasets), frozenset[str]())
        groups = {
            f"/cheat-sheet/{group.id}": frozenset(
                (group.anchor, *(identity.anchor for identity in group.identities))
            )
            for group in self.identities.groups
        }
        return places | groups | {"/cheat-sheet": frozenset[str]().union(*groups.values())}

    def _lessons(self) -> list[Lesson]:
        lessons = []
        for draft, before, after in _with_neighbours(self.drafts):
            old = self.previous.lesson(draft.slug) if self.previous else None
            lesson = publish_lesson(draft, self.references, self.lesson_links, old)
            here = replace(lesson, number=draft.number, chapter=draft.chapter)
            links = [self.lesson_links[each.slug] if each else None for each in (before, after)]
            lessons.append(replace(here, previous=links[0], following=links[1]))
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


def _with_neighbours(drafts: list[Draft]) -> Iterable[tuple[Draft, Draft | None, Draft | None]]:
    """Each lesson with the one before and after it; the course and the appendices keep apart."""
    for position, draft in enumerate(drafts):
        around = [
            drafts[near] if 0 <= near < len(drafts) else None
            for near in (position - 1, position + 1)
        ]
        kind = type(draft.number)
        before, after = (each if each and type(each.number) is kind else None for each in around)
        yield draft, before, after


def _needs(pages: Iterable[tuple[Lesson, Draft]]) -> dict[str, list[str]]:
    """Of each lesson what it builds on; of one that cannot be read, what it built on before."""
    named = prerequisites_of(draft for _, draft in pages)
    return {
        lesson.slug: named[lesson.slug] or [each.slug for each in lesson.prerequisites]
        for lesson, _ in pages
    }


def _link(draft: Draft, links: Links) -> LessonLink:
    # Its mistakes are noted when the lesson itself is rendered.
    page = Rendering(References(links), Notebook(draft.notebook.file), draft.path, draft.folders)
    title, summary = page.inline(draft.title, 1), page.inline(draft.summary, 1)
    return LessonLink(
        draft.slug, draft.number, plain(draft.title), title, plain(draft.summary), summary
    )


def _chapters(plans: list[ChapterPlan], lessons: list[Lesson]) -> list[Chapter]:
    """The chapters, numbered 1, 2 and so on; appendices have letters."""
    found = []
    for number, plan in enumerate(sorted(plans, key=lambda plan: plan.appendix), 1):
        course = sum(not each.appendix for each in plans)
        name = chr(ord("A") + number - course - 1) if plan.appendix else number
        own = tuple(lesson for lesson in lessons if lesson.chapter == plan.id)
        found.append(Chapter(plan.id, name, plan.title, plan.summary, own))
    return found


def _first_widgets(lessons: list[Lesson]) -> dict[str, Widget]:
    found: dict[str, Widget] = {}
    for lesson in lessons:
        for widget in lesson.widgets:
            found.setdefault(widget.name, replace(widget, lesson=lesson.link))
    return found
