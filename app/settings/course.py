"""Sections for the instructor: which book, for which course, with which links and colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from app.settings.base import Section, Words

LANGUAGES = ("numpy", "pytorch", "jax")
_WRITTEN_LINK = re.compile(r"\s*\[(?P<title>[^\[\]]+)\]\((?P<address>[^()\s]+)\)[\s,]*")


class BookSettings(Section):
    """What is shown, and how at first."""

    content: Path | None = Field(
        default=None, description="folder with book.toml; default: the book's own"
    )
    layout: Literal["numerator", "denominator"] | None = Field(
        default=None,
        description="layout for readers who have not chosen; default: as book.toml says",
    )


class CourseSettings(Section):
    """For which course the book is shown; it stands at the foot of every page."""

    title: str = Field(default="", max_length=200, description="title of the course")
    instructor: str = Field(default="", max_length=200, description="who teaches it")
    contact: str = Field(
        default="", max_length=300, description="mail address or web address for questions"
    )

    @field_validator("contact")
    @classmethod
    def _can_be_reached(cls, contact: str) -> str:
        if contact:
            web_address(f"mailto:{contact}" if _is_mail(contact) else contact)
        return contact


class CodeSettings(Section):
    """In which libraries the book shows programs."""

    languages: Words = Field(
        default=LANGUAGES,
        description="libraries of the programs, the first one first: numpy, pytorch, jax",
    )

    @field_validator("languages")
    @classmethod
    def _are_known(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        for language in languages:
            if language not in LANGUAGES:
                raise ValueError(f"“{language}” is none of {', '.join(LANGUAGES)}")
        if len(set(languages)) < len(languages):
            raise ValueError("each library stands once")
        if not languages:
            raise ValueError("at least one of numpy, pytorch and jax is shown")
        return languages


class Link(BaseModel):
    """A link to somewhere else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=60)
    address: str

    @field_validator("address")
    @classmethod
    def _is_a_web_address(cls, address: str) -> str:
        return web_address(address)


def _links(value: Any) -> Any:
    """Links as text: ``[Forum](https://forum.example) [Moodle](https://moodle.example)``."""
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    found, position = [], 0
    while position < len(value):
        link = _WRITTEN_LINK.match(value, position)
        if link is None:
            raise ValueError("links are written [Forum](https://forum.example), with blanks")
        found.append({"title": link["title"], "address": link["address"]})
        position = link.end()
    return tuple(found)


Links = Annotated[tuple[Link, ...], BeforeValidator(_links)]


class LinksSettings(Section):
    """Links out of the book: a list of title and address."""

    header: Links = Field(default=(), max_length=4, description="links at the head of every page")
    footer: Links = Field(default=(), max_length=12, description="links at the foot of every page")


class ReportSettings(Section):
    """Where a reader reports a problem of a page."""

    address: str = Field(
        default="",
        description="mail address or address of a tracker's form; empty: no link on the pages",
    )

    @field_validator("address")
    @classmethod
    def _can_be_reached(cls, address: str) -> str:
        return web_address(f"mailto:{address}" if _is_mail(address) else address) if address else ""


def _is_mail(address: str) -> bool:
    return "@" in address and ":" not in address


def web_address(address: str) -> str:
    """The address itself. Raises ValueError unless a page may link to it."""
    parts = urlsplit(address)
    there = parts.netloc if parts.scheme in ("http", "https") else parts.path
    plain = not re.search(r"[\s<>\"'\\]", address)
    if parts.scheme not in ("http", "https", "mailto") or not there or not plain:
        raise ValueError(f"“{address}” is no address; write https://… or mailto:…")
    return address


__all__ = [
    "LANGUAGES",
    "BookSettings",
    "CodeSettings",
    "CourseSettings",
    "Link",
    "LinksSettings",
    "ReportSettings",
    "web_address",
]
