"""The content held to the book's standards: what ``nabla check`` prints and the test wants.

Beyond what cannot be rendered: every lesson has enough prose and not too much, a summary,
works that it cites, and objectives.
"""

from __future__ import annotations

from pathlib import Path

from app.diagnostics import Problem
from app.lessons.errors import ContentError
from app.lessons.loader import load
from app.lessons.model import Lesson

FEWEST_WORDS, MOST_WORDS = 900, 2500


def check(content: Path, *, widgets: Path | None = None) -> list[Problem]:
    """All problems of the content in the folder, errors and warnings."""
    try:
        book = load(content, widgets=widgets)
    except ContentError as error:
        return [error.problem]
    found = list(book.problems)
    for lesson in book.lessons:
        path = content / "chapters" / lesson.chapter / lesson.slug / "lesson.md"
        found += [problem.at(path) for problem in _standards(lesson)]
    return found


def _standards(lesson: Lesson) -> list[Problem]:
    found = []
    if not FEWEST_WORDS <= lesson.words <= MOST_WORDS:
        found.append(
            Problem(
                "length",
                f"The lesson has {lesson.words} words of prose.",
                hint=f"A lesson has {FEWEST_WORDS} to {MOST_WORDS}.",
            )
        )
    if 'class="admonition summary"' not in lesson.html:
        found.append(_missing("summary", "a summary", "End it with :::{summary}."))
    if 'class="references"' not in lesson.html:
        found.append(_missing("references", "references", "List them with ```{references}."))
    if not lesson.objectives_html:
        found.append(_missing("objectives", "objectives", "Name them in the front matter."))
    return found


def _missing(code: str, what: str, hint: str) -> Problem:
    return Problem(f"no-{code}", f"The lesson has no {what.removeprefix('a ')}.", hint=hint)
