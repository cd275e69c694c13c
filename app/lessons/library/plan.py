"""The shapes of ``book.toml``: that of a whole book, and that of an overlay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from app.lessons.model import LayoutName
from app.lessons.sources import is_slug
from app.lessons.yamlfile import Strict

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise ValueError("should be the tag of a language, such as en-GB or de")
    return value


def _slug(value: str) -> str:
    if not is_slug(value):
        raise ValueError("should consist of a-z, 0-9 and hyphens")
    return value


Title = Annotated[str, Field(min_length=1)]
Language = Annotated[str, AfterValidator(_language)]  # BCP 47, as far as it is needed
Name = Annotated[str, AfterValidator(_slug)]


class ChapterPlan(Strict):
    """A chapter; ``appendix`` puts it outside the order of reading, numbered A, B and so on."""

    id: Name
    title: Title
    summary: str = ""
    lessons: list[str]
    appendix: bool = False


class BookPlan(Strict):
    """``book.toml`` of a whole book: its title and the order of its chapters and lessons."""

    title: Title
    subtitle: str = ""
    summary: str = ""
    language: Language = "en-GB"
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

    id: Name
    title: Title | None = None
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
    title: Title | None = None
    subtitle: str | None = None
    summary: str | None = None
    language: Language | None = None
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
