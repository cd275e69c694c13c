"""What a lesson stands on, as its front matter says: rules of other lessons, and identities.

``uses`` names labels of sections, theorems and equations, ``identities`` entries of the cheat
sheet; both are looked up like references in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from app.lessons.drafts import Draft
from app.lessons.model import IdentityLink, Lesson, LessonLink, UsedRule
from app.lessons.numbering import Target
from app.lessons.rendering import Rendering
from app.lessons.thread import bridged, circular, grounds


def used_rules(
    draft: Draft, page: Rendering, lessons: Mapping[str, LessonLink]
) -> tuple[UsedRule, ...]:
    """The rules that the lesson uses; those of a lesson that the book hides are left out."""
    labels = dict.fromkeys(draft.front.uses if draft.front else ())
    return rules_named(
        {label: line_in_front(draft, "uses", label) for label in labels}, page, lessons
    )


def rules_named(
    labels: Mapping[str, int], page: Rendering, lessons: Mapping[str, LessonLink]
) -> tuple[UsedRule, ...]:
    """The rules of lessons that a page names, each by its label with the line of that name."""
    found = []
    for label, line in labels.items():
        if _is_away(label, page):
            if page.is_own:
                page.hidden(label, line)
            continue
        target = page.target(label, line)
        if target and (home := _home(target, page, lessons, line)):
            address = page.book.links.page(target.path, target.anchor)
            found.append(UsedRule(_name(target), target.title, address, home))
    return tuple(found)


def _is_away(label: str, page: Rendering) -> bool:
    """Whether a label stands in a lesson that the book hides.

    A shipped lesson loses no sentence by it, so there it is not worth a word.
    """
    return label not in page.book.labels and label in page.book.hidden


def _home(
    target: Target, page: Rendering, lessons: Mapping[str, LessonLink], line: int
) -> LessonLink | None:
    """The lesson that a rule stands in; anything but a place of another lesson is noted."""
    if target.path == page.path:
        message = f"“{target.label}” stands in this lesson itself."
        page.notebook.note("no-rule", message, line, "Under “uses” stand rules of other lessons.")
        return None
    home = lessons.get(target.path.removeprefix("/lessons/"))
    if target.kind == "lesson" or home is None:
        message = f"“{target.label}” is no section, theorem or equation of a lesson."
        hint = "Name one of them; whole lessons stand under “prerequisites”."
        page.notebook.note("no-rule", message, line, hint)
        return None
    return home


def _name(target: Target) -> str:
    """What a rule is called beside its title: nothing for a section, which has no number."""
    return f"{target.name} {target.number}" if target.number else ""


def named_identities(draft: Draft, page: Rendering) -> tuple[IdentityLink, ...]:
    """The identities that the lesson names."""
    known, found = page.book.identities, []
    for name in dict.fromkeys(draft.front.identities if draft.front else ()):
        identity = known.get(name)
        if identity is not None:
            alike = [each for each in known.values() if each.title == identity.title]
            address = page.book.links.identity(identity.anchor)
            group = identity.group if len(alike) > 1 else ""
            found.append(IdentityLink(name, identity.title, identity.title_html, address, group))
        elif page.book.complete_identities:
            line = line_in_front(draft, "identities", name)
            draft.notebook.unknown("unknown-identity", "identity", name, known, line)
    return tuple(found)


def prerequisites_of(drafts: Iterable[Draft]) -> dict[str, list[str]]:
    """Of each lesson what its front matter names."""
    return {draft.slug: draft.front.prerequisites if draft.front else [] for draft in drafts}


def note_circles(drafts: Iterable[Draft], hidden: Iterable[Draft]) -> None:
    """Take down every prerequisite that builds on its lesson in turn."""
    by_slug = {draft.slug: draft for draft in drafts}
    shown, away = prerequisites_of(by_slug.values()), prerequisites_of(hidden)
    for lesson, need in circular(bridged(shown, away)):
        draft = by_slug[lesson]
        itself = lesson == need
        message = f"The prerequisite “{need}” builds on this lesson in turn."
        draft.notebook.note(
            "circular-prerequisite",
            "The lesson builds on itself." if itself else message,
            line_in_front(draft, "prerequisites", need),
            "Leave the prerequisite out." if itself else "Leave one of the two out.",
        )


def note_unfounded(
    pages: Iterable[tuple[Lesson, Draft]],
    needs: Mapping[str, tuple[str, ...]],
    is_own: Callable[[Path], bool],
) -> None:
    """Take down rules of lessons that a lesson does not build on, directly or through others."""
    for lesson, draft in pages:
        below = grounds(lesson.slug, needs)
        for rule in lesson.uses if is_own(draft.notebook.file) else ():
            if rule.lesson.slug not in below:
                anchor = rule.address.partition("#")[2]
                draft.notebook.note(
                    "rule-of-no-prerequisite",
                    f"The rule “{anchor}” stands in a lesson that this one does not build on.",
                    line_in_front(draft, "uses", anchor),
                    f"Add “{rule.lesson.slug}” to the prerequisites.",
                    "warning",
                )


def line_in_front(draft: Draft, key: str, word: str) -> int:
    """The line of the front matter on which ``word`` stands below or beside ``key``; else 1."""
    try:
        lines = draft.notebook.file.read_text("utf-8", "replace").split("\n")
    except OSError:
        return 1
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{key}:")), 0)
    return next((at + 1 for at in range(start, len(lines)) if word in lines[at]), 1)


__all__ = [
    "line_in_front",
    "named_identities",
    "note_circles",
    "note_unfounded",
    "prerequisites_of",
    "rules_named",
    "used_rules",
]
