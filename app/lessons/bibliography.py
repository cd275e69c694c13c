"""The bibliography: ``content/bibliography.yaml`` as references in one style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from app.lessons.errors import Notebook
from app.lessons.links import slugify
from app.lessons.model import Work
from app.lessons.sources import WorkEntry, read_entries


class BibliographySource:
    """The works of the files, by first author and year; a later file replaces by key."""

    def __init__(self, paths: Sequence[Path], inline: Callable[[str, int, Notebook], str]) -> None:
        """``inline`` renders one line of Markdown: (text, line, notebook)."""
        self._inline = inline
        self.notebooks = [Notebook(path) for path in paths]
        found: dict[str, tuple[tuple[str, int], Work]] = {}
        for notebook in self.notebooks:
            found |= self._read(notebook)
        ordered = sorted(found.values(), key=lambda pair: pair[0])
        self.works = {work.key: work for _, work in ordered}

    @property
    def complete(self) -> bool:
        """Whether every entry could be read."""
        return not any(notebook.problems for notebook in self.notebooks)

    def _read(self, notebook: Notebook) -> dict[str, tuple[tuple[str, int], Work]]:
        found: dict[str, tuple[tuple[str, int], Work]] = {}
        for entry, document, index in read_entries(notebook.file, WorkEntry, notebook):
            if entry.key in found:
                notebook.note(
                    "duplicate-key",
                    f"The work “{entry.key}” stands twice.",
                    document.line([index]),
                    "Rename one.",
                )
            note = self._inline(entry.note, document.text_line([index, "note"]), notebook)
            found[entry.key] = (_order(entry), _work(entry, note))
        return found


def _order(entry: WorkEntry) -> tuple[str, int]:
    return _family(entry.authors[0]).casefold(), entry.year


def _work(entry: WorkEntry, note: str) -> Work:
    return Work(entry.key, f"work-{slugify(entry.key)}", _label(entry), _reference(entry), note)


def _family(author: str) -> str:
    """The family name, with what belongs to it, such as "Van Loan"."""
    parts = author.split()
    particles = {"van", "von", "de", "der", "den", "la", "le"}
    start = len(parts) - 1
    while start > 1 and parts[start - 1].lower() in particles:
        start -= 1
    return " ".join(parts[start:])


def _label(entry: WorkEntry) -> str:
    names = [escape(_family(author)) for author in entry.authors]
    if len(names) > 3:
        shown = f"{names[0]} et&nbsp;al."
    elif len(names) > 1:
        shown = f"{', '.join(names[:-1])} &amp; {names[-1]}"
    else:
        shown = names[0]
    return f"{shown}&nbsp;{entry.year}"


def _reference(entry: WorkEntry) -> str:
    parts = [f"{escape(', '.join(entry.authors))} ({entry.year})."]
    parts.append(f"<cite>{escape(entry.title)}</cite>.")
    details = [entry.edition, entry.venue, entry.publisher]
    shown = ", ".join(escape(detail) for detail in details if detail)
    if shown:
        parts.append(f"{shown}.")
    if entry.isbn:
        parts.append(f"ISBN&nbsp;{escape(entry.isbn)}.")
    parts += [_link(href, text) for href, text in _addresses(entry)]
    return " ".join(parts)


def _addresses(entry: WorkEntry) -> list[tuple[str, str]]:
    found = []
    if entry.doi:
        found.append((f"https://doi.org/{entry.doi}", f"doi:{entry.doi}"))
    if entry.arxiv:
        found.append((f"https://arxiv.org/abs/{entry.arxiv}", f"arXiv:{entry.arxiv}"))
    if entry.url:
        found.append((entry.url, entry.url.removeprefix("https://").rstrip("/")))
    return found


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}" rel="external">{escape(text)}</a>'
