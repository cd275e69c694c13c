"""The content held to the book's standards: what ``nabla check`` prints and the test wants.

Beyond what cannot be rendered: every lesson of a whole book has enough prose and not too much, a
summary, works that it cites, and objectives; a replaced lesson is compared with the shipped one;
labels of its own that nothing refers to are noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.diagnostics import Problem
from app.lessons.errors import Notebook
from app.lessons.library import Library, open_library
from app.lessons.library.overrides import RECORDS, Change, change_problem, changes
from app.lessons.loader import Loading
from app.lessons.model import Book, Lesson
from app.typeset import using

FEWEST_WORDS, MOST_WORDS = 900, 2500
# What a label is for besides being referred to: a place that addresses lead to.
_PLACES = frozenset({"section", "lesson", "page"})


@dataclass(frozen=True)
class Report:
    """What a check found; ``book`` is None when there is none.

    ``overlay`` tells whether it is that of an overlay.
    """

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    book: Book | None = field(default=None, repr=False)
    overlay: bool = False


def check(content: Path, *, widgets: Path | None = None) -> list[Problem]:
    """All errors and warnings of the content in the folder."""
    return [each for each in examine(content, widgets=widgets).problems if each.level != "note"]


def examine(content: Path, *, widgets: Path | None = None) -> Report:
    """All problems of the content in the folder, notes on unused labels included."""
    notes = Notebook(content / "book.toml")
    library = open_library(content, notes)
    if library is None:
        return Report(tuple(notes.problems))
    with using(library.plan.macros):
        loading = Loading(library, widgets)
        book = loading.book()
    records = Notebook(content / RECORDS)
    changed = changes(library, records)
    found = [
        *book.problems,
        *(_book_standards(library, book) if library.below is None else ()),
        *records.problems,
        *map(change_problem, changed),
        *_unused_labels(loading),
    ]
    problems = tuple(sorted(dict.fromkeys(found), key=_place))
    return Report(problems, tuple(changed), book, library.below is not None)


def _place(problem: Problem) -> tuple[str, int]:
    return str(problem.file or ""), problem.line or 0


def _book_standards(library: Library, book: Book) -> Iterator[Problem]:
    for lesson in book.lessons:
        path = library.lesson(lesson.slug)
        yield from (problem.at(path) for problem in _standards(lesson))


def _standards(lesson: Lesson) -> Iterator[Problem]:
    if not FEWEST_WORDS <= lesson.words <= MOST_WORDS:
        yield Problem(
            "length",
            f"The lesson has {lesson.words} words of prose.",
            hint=f"A lesson has {FEWEST_WORDS} to {MOST_WORDS}.",
            level="warning",
        )
    if 'class="admonition summary"' not in lesson.html:
        yield _missing("summary", "End it with :::{summary}.")
    if 'class="references"' not in lesson.html:
        yield _missing("references", "List them with ```{references}.")
    if not lesson.objectives_html:
        yield _missing("objectives", "Name them in the front matter.")


def _missing(what: str, hint: str) -> Problem:
    return Problem(f"no-{what}", f"The lesson has no {what}.", hint=hint, level="warning")


def _unused_labels(loading: Loading) -> Iterator[Problem]:
    """Labels of the topmost layer; those that a copied lesson had before are not its author's."""
    references = loading.references
    copied = {label for label, hidden in references.hidden.items() if hidden.replaced}
    known = references.used | copied
    for draft in (*loading.drafts, *loading.pages):
        if not loading.library.is_own(draft.notebook.file):
            continue
        for target in draft.outline.targets:
            if target.label not in known and target.kind not in _PLACES:
                yield Problem(
                    "unused-label",
                    f"Nothing refers to the label “{target.label}”.",
                    hint="Refer to it, or leave the label out if its number is not wanted.",
                    file=draft.notebook.file,
                    line=target.line,
                    level="note",
                )


__all__ = ["Report", "check", "examine"]
