"""The glossary: ``glossary.yaml``, each entry found by its name and its aliases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.lessons.errors import Notebook
from app.lessons.links import slugify
from app.lessons.model import Term
from app.lessons.sources import TermEntry, read_entries
from app.lessons.yamlfile import Document

Placed = tuple[TermEntry, Document, int, Notebook]


def folded(name: str) -> str:
    """A name as it is compared: in lower case, one blank between words, one kind of hyphen."""
    return " ".join(name.casefold().replace("‐", "-").replace("‑", "-").split())


class GlossarySource:
    """The entries of the files, a later one replacing what has its name in an earlier file.

    ``entries`` are found by their folded term; ``terms`` maps every folded name to its (empty)
    term.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self.notebooks = [Notebook(path) for path in paths]
        self.entries: dict[str, Placed] = {}
        self.terms: dict[str, Term] = {}
        for notebook in self.notebooks:
            self._read(notebook)
        for placed in self.entries.values():
            self._register(*placed)

    @property
    def complete(self) -> bool:
        """Whether every entry could be read."""
        return not any(notebook.problems for notebook in self.notebooks)

    def _read(self, notebook: Notebook) -> None:
        here: set[str] = set()
        for entry, document, index in read_entries(notebook.file, TermEntry, notebook):
            name = folded(entry.term)
            if name in here:
                _note_twice(
                    notebook, entry.term, self.entries[name][0].term, document.line([index])
                )
                continue
            here.add(name)
            self.entries[name] = (entry, document, index, notebook)

    def _register(
        self, entry: TermEntry, document: Document, index: int, notebook: Notebook
    ) -> None:
        anchor = f"term-{slugify(entry.term)}"
        term = Term(entry.term, anchor, tuple(entry.aliases), "", "")
        for name in (entry.term, *entry.aliases):
            first = self.terms.setdefault(folded(name), term)
            if first is not term:
                _note_twice(notebook, name, first.term, document.line([index]))


def _note_twice(notebook: Notebook, name: str, first: str, line: int) -> None:
    message = f"“{name}” is already a name of “{first}”."
    notebook.note("duplicate-term", message, line, "A name leads to one entry.")
