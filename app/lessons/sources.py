"""The shapes of the files that authors write, and how they are read.

Lessons: front matter first.  Glossary, bibliography and identities: YAML lists, each entry checked
by itself, so that one broken entry does not take the others with it.  ``book.toml``: see
``app.lessons.library``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, field_validator

from app.lessons.errors import Notebook
from app.lessons.model import LayoutName
from app.lessons.yamlfile import Document, Strict, read_yaml, validated


class FrontMatter(Strict):
    """What stands between the ``---`` lines at the head of a lesson.

    ``uses`` are labels of rules in other lessons, ``identities`` names of entries of the cheat
    sheet; ``time`` is in minutes.
    """

    title: str = Field(min_length=1)
    summary: str = Field(min_length=1)
    prerequisites: list[str] = Field(default_factory=list)
    uses: list[str] = Field(default_factory=list)
    identities: list[str] = Field(default_factory=list)
    objectives: list[str] = Field(default_factory=list)
    time: int | None = Field(None, ge=1, le=600)


class TermEntry(Strict):
    """An entry of ``glossary.yaml``."""

    term: str = Field(min_length=1)
    aliases: list[str] = Field(default_factory=list)
    definition: str = Field(min_length=1)
    see: str | None = None


class WorkEntry(Strict):
    """An entry of ``bibliography.yaml``."""

    key: str
    authors: list[str] = Field(min_length=1)
    year: int
    title: str
    edition: str | None = None
    publisher: str | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    isbn: str | None = None
    url: str | None = None
    note: str = ""

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError("should begin with https://")
        return value


class IdentityEntry(Strict):
    """One identity of a file in ``identities/``.

    ``claim`` is in denominator layout for a scalar's derivative and in numerator layout otherwise,
    unless ``claim-layout`` says so; ``source`` begins with a key of the bibliography.
    """

    id: str
    title: str
    expr: str
    wrt: str
    given: str = ""
    claim: str
    claim_layout: LayoutName | None = None
    note: str = ""
    source: str = ""


class IdentityFile(Strict):
    """A file of ``identities/``: one group. The entries are checked one by one.

    ``rules`` are labels of the places in lessons whose rules the identities follow from.
    """

    group: str
    title: str
    summary: str = ""
    rules: list[str] = Field(default_factory=list)
    order: int = 0
    identities: list[Any]


Entry = TypeVar("Entry", bound=Strict)
LONGEST_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_text(path: Path, notebook: Notebook) -> str | None:
    """A file's text with ``\\n`` line ends; None, with the problem noted, if it cannot be read."""
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        notebook.note("missing-file", "This file does not exist.")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        notebook.note("encoding", "The file is not UTF-8.", line, "Save it in UTF-8.")
    except OSError as error:
        notebook.note("unreadable", f"The file cannot be read: {error.strerror}.")
    return None


def read_entries(
    path: Path, model: type[Entry], notebook: Notebook
) -> Iterator[tuple[Entry, Document, int]]:
    """The valid entries of a YAML list, each with the document and its index."""
    text = read_text(path, notebook)
    document = read_yaml(text, notebook) if text is not None else None
    if document is None:
        return
    if not isinstance(document.data, list):
        notebook.note("yaml", "The file must be a list of entries.", 1, "Begin each with “- ”.")
        return
    for index, data in enumerate(document.data):
        entry = validated(model, data, document, notebook, [index])
        if entry is not None:
            yield entry, document, index


def read_front_matter(text: str, notebook: Notebook) -> FrontMatter | None:
    """The front matter of a lesson's text."""
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    if found is None:
        notebook.note(
            "front-matter",
            "The lesson does not begin with front matter.",
            1,
            "Begin with a line “---”, then title and summary, then a line “---”.",
        )
        return None
    document = read_yaml(found[1], notebook, first_line=2)
    if document is None:
        return None
    return validated(FrontMatter, document.data or {}, document, notebook)


def is_slug(text: str) -> bool:
    """Whether ``text`` can be the last part of an address."""
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None
