"""The glossary: ``content/glossary.yaml``, each entry found by its name and its aliases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.lessons.errors import Notebook
from app.lessons.links import slugify
from app.lessons.model import LessonLink, Term
from app.lessons.sources import TermEntry, read_entries
from app.lessons.yamlfile import Document


def folded(name: str) -> str:
    """A name as it is compared: in lower case, one blank between words, one kind of hyphen."""
    return " ".join(name.casefold().replace("‐", "-").replace("‑", "-").split())


class GlossarySource:
    """The entries of the file; ``terms`` maps every folded name to its (empty) term."""

    def __init__(self, path: Path) -> None:
        self.notebook = Notebook(path)
        self.entries: list[tuple[TermEntry, Document, int]] = []
        self.terms: dict[str, Term] = {}
        if not path.is_file():
            return
        self.entries = list(read_entries(path, TermEntry, self.notebook))
        for entry, document, index in self.entries:
            self._register(entry, document, index)

    @property
    def complete(self) -> bool:
        """Whether every entry could be read."""
        return not self.notebook.problems

    def _register(self, entry: TermEntry, document: Document, index: int) -> None:
        anchor = f"term-{slugify(entry.term)}"
        term = Term(entry.term, anchor, tuple(entry.aliases), "", "")
        for name in (entry.term, *entry.aliases):
            first = self.terms.setdefault(folded(name), term)
            if first is not term:
                self.notebook.note(
                    "duplicate-term",
                    f"“{name}” is already a name of “{first.term}”.",
                    document.line([index]),
                    "A name leads to one entry.",
                )

    def lesson(
        self, entry: TermEntry, line: int, links: Mapping[str, LessonLink]
    ) -> LessonLink | None:
        """The lesson that introduces the term."""
        if entry.see is not None and entry.see not in links:
            self.notebook.unknown("unknown-lesson", "lesson", entry.see, links, line)
        return links.get(entry.see) if entry.see else None
