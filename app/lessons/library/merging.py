"""Two plans become one: what an overlay's ``book.toml`` does to the book below it.

The changes are made in this order: chapters, insertions, order, then what is shown (``only``,
``hide``); what the overlay itself adds or inserts is shown without being named.  A lesson stands
in one place, so placing it takes it from where it stood; a chapter that is left without lessons
goes.  Every name that does not exist is a problem with its line.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from app.lessons.errors import Notebook
from app.lessons.library.plan import BookPlan, ChapterChange, ChapterPlan, Insertion, OverlayPlan
from app.lessons.library.tomlfile import TomlDocument


@dataclass(slots=True)
class _Part:
    """A chapter while it is changed."""

    id: str
    title: str
    summary: str
    lessons: list[str]
    appendix: bool

    def plan(self) -> ChapterPlan:
        return ChapterPlan(
            id=self.id,
            title=self.title,
            summary=self.summary,
            lessons=self.lessons,
            appendix=self.appendix,
        )


@dataclass(slots=True)
class Merging:
    """One overlay above one plan. ``available`` are the lessons that any of the layers holds."""

    base: BookPlan
    own: OverlayPlan
    document: TomlDocument
    available: Collection[str]
    notes: Notebook
    parts: list[_Part] = field(default_factory=list)
    added: set[str] = field(default_factory=set)

    def plan(self) -> BookPlan:
        """The book as the overlay shows it; mistakes are noted and passed over."""
        self.parts = [
            _Part(c.id, c.title, c.summary, list(c.lessons), c.appendix) for c in self.base.chapters
        ]
        self._note_repetitions()
        for index, change in enumerate(self.own.chapters):
            self._chapter(change, index)
        for index, insertion in enumerate(self.own.insert):
            self._insert(insertion, index)
        self._order()
        self._choose()
        shown = [part.plan() for part in self.parts if part.lessons]
        if not any(not part.appendix for part in shown):
            self.notes.note("empty-book", "No lesson is left in the book.", 1, "Show at least one.")
        return self.base.model_copy(update={**self._words(), "chapters": shown})

    def _words(self) -> dict[str, Any]:
        """What the overlay says of the book as a whole."""
        names = ("title", "subtitle", "summary", "language", "default_layout")
        own = {name: getattr(self.own, name) for name in names}
        macros = {**self.base.macros, **self.own.macros}
        return {name: value for name, value in own.items() if value is not None} | {
            "macros": macros
        }

    def _chapter(self, change: ChapterChange, index: int) -> None:
        part = self._part(change.id)
        if part is None:
            part = self._new_chapter(change, index)
            if part is None:
                return
            self.parts.append(part)
            self.added.add(part.id)
        for name in ("title", "summary", "appendix"):
            if (value := getattr(change, name)) is not None:
                setattr(part, name, value)
        if change.lessons is not None:
            known = [slug for slug in change.lessons if self._known(slug, ["chapters", index])]
            unique = list(dict.fromkeys(known))
            for slug in unique:
                self._take(slug)
            part.lessons = unique
            self.added |= {*unique} - {*self.base.lessons}
        self._move(part, change, index)

    def _new_chapter(self, change: ChapterChange, index: int) -> _Part | None:
        if change.title is None or change.lessons is None:
            what = "title" if change.title is None else "lessons"
            line = self.document.line(["chapters", index, "id"])
            self.notes.unknown(
                "unknown-chapter", "chapter", change.id, [part.id for part in self.parts], line
            )
            hint = f"A new chapter needs its {what}."
            self.notes.note("missing-key", f"The key “{what}” is missing.", line, hint)
            return None
        return _Part(change.id, change.title, "", [], False)

    def _note_repetitions(self) -> None:
        """What the plan says twice; of a lesson or chapter only one place can be meant."""
        chapters, lessons = set[str](), set[str]()
        for index, change in enumerate(self.own.chapters):
            if change.id in chapters:
                line = self.document.line(["chapters", index])
                message = f"The chapter “{change.id}” stands twice."
                self.notes.note("duplicate-chapter", message, line, "Join the two.")
            chapters.add(change.id)
            for slug in change.lessons or ():
                self._once(slug, lessons, ["chapters", index, "lessons"])
        for index, insertion in enumerate(self.own.insert):
            self._once(insertion.lesson, lessons, ["insert", index, "lesson"])

    def _once(self, slug: str, seen: set[str], place: list[str | int]) -> None:
        if slug in seen:
            line = self.document.line_of(slug, self.document.line(place))
            self.notes.note("duplicate-lesson", f"The lesson “{slug}” stands twice.", line)
        seen.add(slug)

    def _one_place(self, change: ChapterChange | Insertion, place: list[str | int]) -> None:
        """Note where a chapter or lesson is put in two places, or next to itself."""
        own = change.lesson if isinstance(change, Insertion) else change.id
        said = [key for key in ("after", "before", "chapter") if getattr(change, key, None)]
        if len(said) > 1:
            line = self.document.line([*place, said[1]])
            message = f"It is said twice where “{own}” goes: {' and '.join(said)}."
            self.notes.note("place", message, line, "Leave one of them out.")
        elif said and said[0] != "chapter" and getattr(change, said[0]) == own:
            line = self.document.line([*place, said[0]])
            self.notes.note("place", f"“{own}” cannot stand {said[0]} itself.", line)

    def _move(self, part: _Part, change: ChapterChange, index: int) -> None:
        neighbour = change.after or change.before
        self._one_place(change, ["chapters", index])
        if neighbour is None or neighbour == change.id:
            return
        key = "after" if change.after else "before"
        others = [each.id for each in self.parts if each is not part]
        if neighbour not in others:
            line = self.document.line(["chapters", index, key])
            self.notes.unknown("unknown-chapter", "chapter", neighbour, others, line)
            return
        self.parts.remove(part)
        self.parts.insert(others.index(neighbour) + (key == "after"), part)

    def _insert(self, insertion: Insertion, index: int) -> None:
        if not self._known(insertion.lesson, ["insert", index]):
            return
        self._one_place(insertion, ["insert", index])
        if insertion.lesson in (insertion.after, insertion.before):
            return
        place = self._place(insertion, index)
        if place is None:
            return
        part, neighbour, offset = place
        self._take(insertion.lesson)
        self.added.add(insertion.lesson)
        at = part.lessons.index(neighbour) + offset if neighbour else len(part.lessons)
        part.lessons.insert(at, insertion.lesson)

    def _place(self, insertion: Insertion, index: int) -> tuple[_Part, str, int] | None:
        """The chapter, the neighbour in it (or "") and on which side of it."""
        for key, offset in (("after", 1), ("before", 0)):
            if (name := getattr(insertion, key)) is not None:
                for part in self.parts:
                    if name in part.lessons:
                        return part, name, offset
                known = [slug for part in self.parts for slug in part.lessons]
                line = self.document.line(["insert", index, key])
                self.notes.unknown("unknown-lesson", "lesson in the book called", name, known, line)
                return None
        chapter = self._part(insertion.chapter or "")
        if chapter is None:
            line = self.document.line(["insert", index, "chapter"])
            if insertion.chapter is None:
                hint = "Say after, before or chapter."
                message = f"It is not said where “{insertion.lesson}” goes."
                self.notes.note("missing-key", message, line, hint)
            else:
                ids = [part.id for part in self.parts]
                self.notes.unknown("unknown-chapter", "chapter", insertion.chapter, ids, line)
            return None
        return chapter, "", 0

    def _order(self) -> None:
        ids = [part.id for part in self.parts]
        for name in self.own.order:
            if name not in ids:
                line = self._line("order", name)
                self.notes.unknown("unknown-chapter", "chapter", name, ids, line)
        rank = {name: place for place, name in enumerate(self.own.order)}
        self.parts.sort(key=lambda part: rank.get(part.id, len(rank)))

    def _choose(self) -> None:
        names = {part.id for part in self.parts}
        names |= {slug for part in self.parts for slug in part.lessons}
        for key in ("only", "hide"):
            for name in getattr(self.own, key):
                if name not in names:
                    what = "chapter or lesson in the book called"
                    self.notes.unknown("unknown-name", what, name, names, self._line(key, name))
        for part in self.parts:
            part.lessons = [slug for slug in part.lessons if self._is_shown(slug, part.id)]

    def _is_shown(self, slug: str, chapter: str) -> bool:
        here = {slug, chapter}
        wanted = not self.own.only or not here.isdisjoint({*self.own.only, *self.added})
        return wanted and here.isdisjoint(self.own.hide)

    def _line(self, key: str, name: str) -> int:
        return self.document.line_of(name, self.document.line([key]))

    def _part(self, name: str) -> _Part | None:
        return next((part for part in self.parts if part.id == name), None)

    def _take(self, slug: str) -> None:
        for part in self.parts:
            if slug in part.lessons:
                part.lessons.remove(slug)

    def _known(self, slug: str, place: list[str | int]) -> bool:
        if slug in self.available:
            return True
        line = self.document.line_of(slug, self.document.line(place))
        self.notes.unknown("missing-lesson", "lesson", slug, self.available, line)
        return False


__all__ = ["Merging"]
