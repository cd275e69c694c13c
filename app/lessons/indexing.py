"""What the search can find: lessons, sections, terms, identities and the other pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.lessons.drafts import Draft
from app.lessons.links import Links
from app.lessons.model import Identity, IdentityGroup, Lesson, Page, Term
from app.lessons.plain import Passage, passages
from app.lessons.search import Entry


def lesson_entries(lesson: Lesson, draft: Draft, links: Links) -> Iterator[Entry]:
    """A lesson and each of its sections."""
    place = f"Lesson {lesson.number}" if isinstance(lesson.number, int) else str(lesson.number)
    opening, *sections = passages(draft.tokens)
    body = f"{lesson.summary} {opening.text}"
    formulas = " ".join(opening.formulas)
    address = links.lesson(lesson.slug)
    in_course = isinstance(lesson.number, int)
    weight = 2.0 if in_course else 0.5
    yield Entry("lesson", address, lesson.title, place, body, formulas, lesson.slug, weight)
    where = f"{place}, {lesson.title}"
    yield from _sections(sections, address, where, 1.0 if in_course else 0.25)


def page_entries(page: Page, draft: Draft, links: Links) -> Iterator[Entry]:
    """A page beside the lessons and each of its sections."""
    opening, *sections = passages(draft.tokens)
    address = links.page(draft.path)
    body = f"{page.summary} {opening.text}"
    yield Entry("page", address, page.title, "", body, " ".join(opening.formulas))
    yield from _sections(sections, address, page.title)


def _sections(
    sections: Iterable[Passage], address: str, place: str, usual: float = 1.0
) -> Iterator[Entry]:
    for passage in sections:
        formulas = " ".join(passage.formulas)
        link = f"{address}#{passage.anchor}"
        weight = 0.4 * usual if passage.title in ("References", "Exercises") else usual
        yield Entry("section", link, passage.title, place, passage.text, formulas, "", weight)


def term_entries(terms: Iterable[Term], links: Links) -> Iterator[Entry]:
    """The glossary."""
    for term in terms:
        aliases = " ".join(term.aliases)
        address = links.term(term.anchor)
        yield Entry("term", address, term.term, "Glossary", term.definition, "", aliases, 1.4)


def identity_entries(groups: Sequence[IdentityGroup], links: Links) -> Iterator[Entry]:
    """The cheat sheet."""
    for group in groups:
        for identity in group.identities:
            yield _identity_entry(identity, group, links)


def _identity_entry(identity: Identity, group: IdentityGroup, links: Links) -> Entry:
    return Entry(
        "identity",
        links.identity(identity.anchor),
        identity.title,
        f"Cheat sheet, {group.title}",
        f"{identity.expression} by {identity.wrt}. {identity.note}",
        weight=0.8,
        expression=identity.expression,
    )
