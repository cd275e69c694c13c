"""From a draft to a prepared page: rendering, and what happens to a page with mistakes.

A page with mistakes keeps its last good version; where there is none, as much of it as can be
rendered is shown below a notice that says in plain words what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from math import ceil
from typing import Any, TypeVar

from app.diagnostics import Problem
from app.lessons.drafts import Draft, plain
from app.lessons.errors import Notebook
from app.lessons.foundations import line_in_front, named_identities, used_rules
from app.lessons.glossary import GlossarySource, folded
from app.lessons.markdown import parse
from app.lessons.model import Heading, Lesson, LessonLink, Page, Term
from app.lessons.plain import count_words, passages, plain_inline
from app.lessons.rendering import References, Rendering
from app.lessons.sources import TermEntry

WORDS_A_MINUTE = 120  # of a text with formulas that are read with a pencil
Published = TypeVar("Published", bound=Page)


def publish_lesson(
    draft: Draft, book: References, lessons: Mapping[str, LessonLink], old: Lesson | None
) -> Lesson:
    """The lesson of a draft; ``old`` is its version in the book that was served so far."""
    page = _rendering(draft, book)
    words = count_words(draft.tokens)
    front = draft.front
    lesson = Lesson(
        **_common(draft, page),
        number=draft.number,
        chapter=draft.chapter,
        summary_html=page.inline(draft.summary, line_in_front(draft, "summary", "")),
        prerequisites=_prerequisites(draft, page, lessons),
        uses=used_rules(draft, page, lessons),
        identities=named_identities(draft, page),
        objectives_html=_objectives(draft, page),
        words=words,
        minutes=(front.time if front else None) or max(1, ceil(words / WORDS_A_MINUTE)),
    )
    return _settled(lesson, draft, book, old)


def publish_page(draft: Draft, book: References, old: Page | None) -> Page:
    """A page beside the lessons."""
    return _settled(Page(**_common(draft, _rendering(draft, book))), draft, book, old)


def define_terms(
    source: GlossarySource, book: References, lessons: Mapping[str, LessonLink]
) -> tuple[Term, ...]:
    """The glossary with its definitions rendered, in alphabetical order."""
    found = []
    for entry, document, index, notebook in source.entries.values():
        line = document.text_line([index, "definition"])
        tokens = parse(entry.definition, notebook, first_line=line)
        page = Rendering(book, notebook, "/glossary", (notebook.file.parent,))
        html = page.html(tokens)
        see = _see(entry, document.line([index, "see"]), notebook, book, lessons)
        term = source.terms[folded(entry.term)]
        words = " ".join(passage.text for passage in passages(tokens))
        found.append(replace(term, definition_html=html, definition=words, see=see))
    return tuple(sorted(found, key=lambda term: term.term.casefold()))


def _see(
    entry: TermEntry,
    line: int,
    notebook: Notebook,
    book: References,
    lessons: Mapping[str, LessonLink],
) -> LessonLink | None:
    """The lesson that introduces a term; none where the book does not show it."""
    if entry.see is not None and entry.see not in lessons and entry.see not in book.hidden:
        notebook.unknown("unknown-lesson", "lesson", entry.see, lessons, line)
    return lessons.get(entry.see) if entry.see else None


def _rendering(draft: Draft, book: References) -> Rendering:
    return Rendering(book, draft.notebook, draft.path, draft.folders, draft.cited)


def _common(draft: Draft, page: Rendering) -> dict[str, Any]:
    """The fields that all pages share."""
    html = page.html(draft.tokens) if draft.front else ""
    return {
        "slug": draft.slug,
        "title": plain(draft.title),
        "title_html": page.inline(draft.title, line_in_front(draft, "title", "")),
        "summary": plain(draft.summary),
        "html": html,
        "contents": _contents(draft, page),
        "terms": tuple(page.terms.values()),
        "widgets": tuple(page.widgets),
        "text": "\n".join(passage.text for passage in passages(draft.tokens)),
    }


def _contents(draft: Draft, page: Rendering) -> tuple[Heading, ...]:
    found = []
    for position, token in enumerate(draft.tokens):
        if token.type == "heading_open" and token.tag in ("h2", "h3"):
            inline = draft.tokens[position + 1]
            title = page.inline(inline.content, inline.map[0] + 1 if inline.map else 1)
            words = plain_inline(inline.children or [])
            found.append(Heading(int(token.tag[1]), token.meta["anchor"], words, title))
    return tuple(found)


def _prerequisites(
    draft: Draft, page: Rendering, lessons: Mapping[str, LessonLink]
) -> tuple[LessonLink, ...]:
    found = []
    for slug in draft.front.prerequisites if draft.front else ():
        if slug in lessons:
            found.append(lessons[slug])
            continue
        line = line_in_front(draft, "prerequisites", slug)
        if slug in page.book.hidden:
            page.note_hidden(page.book.hidden[slug], line)
        else:
            draft.notebook.unknown("unknown-lesson", "lesson", slug, lessons, line)
    return tuple(found)


def _objectives(draft: Draft, page: Rendering) -> tuple[str, ...]:
    objectives = draft.front.objectives if draft.front else []
    return tuple(page.inline(text, _objective_line(draft, text)) for text in objectives)


def _objective_line(draft: Draft, text: str) -> int:
    """The line of an objective, or that of all if it is written in another way."""
    line = line_in_front(draft, "objectives", text[:12])
    return line if line > 1 else line_in_front(draft, "objectives", "")


def _settled(page: Published, draft: Draft, book: References, old: Published | None) -> Published:
    """The page itself if it is good, else its last good version or the page with a notice.

    In a book below an overlay only mistakes of the file itself count: what the overlay brings about
    there does not hinder reading.
    """
    problems = tuple(draft.notebook.problems)
    errors = draft.mistakes if book.is_below(draft.notebook.file) else draft.notebook.errors
    if not errors:
        return replace(page, problems=problems)
    if old is not None and not old.broken:
        notice = notice_html("This page has mistakes; its last good version is shown.", errors)
        return replace(old, problems=problems, notice_html=notice, stale=True)
    notice = notice_html("This page has mistakes that its author has to mend.", errors)
    return replace(page, problems=problems, notice_html=notice, broken=True)


def notice_html(heading: str, problems: Sequence[Problem]) -> str:
    """The problems in plain words; the file is named without its folders."""
    items = "".join(
        f"<li>{escape(_where(problem))}{escape(problem.message)}"
        f"{' ' + escape(problem.hint) if problem.hint else ''}</li>\n"
        for problem in problems
    )
    return (
        f'<div class="author-notice" role="note"><p>{escape(heading)}</p>\n<ul>\n{items}</ul></div>'
    )


def _where(problem: Problem) -> str:
    name = problem.file.name if problem.file else ""
    return f"{name}, line {problem.line}: " if problem.line else (f"{name}: " if name else "")
