"""The shapes of ``book.toml``: that of a whole book, and that of an overlay."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, field_validator

from app.lessons.model import LayoutName
from app.lessons.yamlfile import Strict


class ChapterPlan(Strict):
    """A chapter; ``appendix`` puts it outside the order of reading, numbered A, B and so on."""

    id: str
    title: str
    summary: str = ""
    lessons: list[str]
    appendix: bool = False


class BookPlan(Strict):
    """``book.toml`` of a whole book: its title and the order of its chapters and lessons."""

    title: str
    subtitle: str = ""
    summary: str = ""
    language: str = "en-GB"
    default_layout: LayoutName = "numerator"
    macros: dict[str, str] = Field(default_factory=dict)
    chapters: list[ChapterPlan]

    @property
    def lessons(self) -> list[str]:
        """The slugs of all lessons, those of appendices included."""
        return [slug for chapter in self.chapters for slug in chapter.lessons]

    def numbered(self) -> Iterator[tuple[ChapterPlan, str, int | str]]:
        """Each lesson with its chapter and its number: 1 to 12, or A.1 in an appendix."""
        count, letter = 0, ord("A")
        for chapter in self.chapters:
            if not chapter.appendix:
                for slug in chapter.lessons:
                    count += 1
                    yield chapter, slug, count
        for chapter in self.chapters:
            if chapter.appendix:
                for place, slug in enumerate(chapter.lessons, 1):
                    yield chapter, slug, f"{chr(letter)}.{place}"
                letter += 1


class ChapterChange(Strict):
    """A chapter in an overlay: one of the book below, changed, or a new one."""

    id: str
    title: str | None = None
    summary: str | None = None
    lessons: list[str] | None = None
    after: str | None = None
    before: str | None = None
    appendix: bool | None = None


class Insertion(Strict):
    """A lesson put into a chapter: after a lesson, before one, or at the chapter's end."""

    lesson: str
    after: str | None = None
    before: str | None = None
    chapter: str | None = None


class OverlayPlan(Strict):
    """``book.toml`` of an overlay: what differs from the book that it extends."""

    extends: str
    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    language: str | None = None
    default_layout: LayoutName | None = None
    hide: list[str] = Field(default_factory=list)
    only: list[str] = Field(default_factory=list)
    order: list[str] = Field(default_factory=list)
    chapters: list[ChapterChange] = Field(default_factory=list)
    insert: list[Insertion] = Field(default_factory=list)
    macros: dict[str, str] = Field(default_factory=dict)

    @field_validator("extends")
    @classmethod
    def _says_what(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("should be builtin, a path, or the name of an installed package")
        return value


__all__ = ["BookPlan", "ChapterChange", "ChapterPlan", "Insertion", "OverlayPlan"]
