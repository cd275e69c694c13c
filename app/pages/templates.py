"""The templates of a book: its own, and those by which overlays replace them.

A replacement is checked before anything is printed with it: its name, its syntax, its blocks and
the names that it uses.  What goes wrong only while a page is printed is found then
(``fault_of``).  If one of them cannot be used, the book's own templates are.
"""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from app.diagnostics import Problem, did_you_mean
from app.lessons import Book
from app.lessons.errors import Notebook
from app.lessons.sources import read_text
from app.pages.contexts import EVERY_CONTEXT
from app.resources import book_root
from app.web.addresses import Addresses
from app.web.templating import Templates

_PASSED = re.compile(r"[._].*|README.*")


def templates_of(book: Book, addresses: Addresses) -> tuple[Templates, tuple[Problem, ...]]:
    """The templates, and what is wrong with those of overlays."""
    overlays = replaced_in(book)
    templates = Templates(_own(), addresses, overlays=overlays)
    problems = tuple(template_problems(templates, overlays))
    return (own_templates(addresses), problems) if problems else (templates, ())


def own_templates(addresses: Addresses) -> Templates:
    """The book's own templates."""
    return Templates(_own(), addresses)


def replaced_in(book: Book) -> list[Path]:
    """The folders with templates of the book's overlays, the topmost first."""
    return [folder / "templates" for folder in book.folders if (folder / "templates").is_dir()]


def _own() -> Path:
    return book_root() / "templates"


def fault_of(error: Exception, overlays: Sequence[Path]) -> Problem | None:
    """What a replaced template did wrong while a page was printed; None for a defect of ours."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(path.is_relative_to(folder) for folder in overlays):
            message = f"A page cannot be printed with this template: {str(error).rstrip('.')}."
            return Problem("template", message, file=path, line=frame.lineno)
    return None


def template_problems(templates: Templates, overlays: Sequence[Path]) -> Iterator[Problem]:
    """Everything that is wrong with the templates in ``overlays``."""
    builtin = {
        name.removeprefix("builtin/")
        for name in templates.environment.list_templates()
        if name.startswith("builtin/")
    }
    fields = {
        kind.template: {field.name for field in dataclasses.fields(kind)} for kind in EVERY_CONTEXT
    }
    every = set().union(*fields.values())
    for folder in overlays:
        texts, problems = _texts(folder)
        yield from problems
        for name, text in sorted(texts.items()):
            named = any(f'"{name}"' in each or f"'{name}'" in each for each in texts.values())
            if name not in builtin and not named:
                message = f"The book has no template “{name}”, so nothing uses this file."
                hint = did_you_mean(name, builtin)
                yield Problem("orphan", message, hint=hint, file=folder / name)
            yield from _Replacement(templates, name, folder / name, text).problems(
                fields.get(name, every)
            )


def _texts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """The templates by name, and what is wrong with other files."""
    texts, problems = {}, []
    for path in sorted(folder.rglob("*")):
        notes = Notebook(path)
        if path.suffix == ".html":
            text = read_text(path, notes)
            if text is not None:
                texts[path.relative_to(folder).as_posix()] = text
        elif not path.is_dir() and not _PASSED.fullmatch(path.name):
            notes.note(
                "orphan", "Nothing in the book uses this file.", None, "Templates end in .html."
            )
        problems += notes.problems
    return texts, problems


@dataclass(frozen=True)
class _Replacement:
    """A template of an overlay."""

    templates: Templates
    name: str
    path: Path
    text: str

    def problems(self, known: set[str]) -> Iterator[Problem]:
        """What is wrong with it; ``known`` are the names that its page receives."""
        try:
            yield from (self._blocks() if not self._extends_itself else [self._itself()])
            used = self.templates.names_used(self.name)
        except TemplateSyntaxError as error:
            yield self._problem(f"{str(error.message).rstrip('.')}.", error.lineno)
            return
        except TemplateError as error:
            yield self._problem(f"This uses a template that does not exist: {error}.")
            return
        # A template that is included stands where macros and loops may have set more names.
        for word in sorted(used - known) if self.name.startswith("pages/") else ():
            message = f"This page receives nothing called “{word}”."
            yield self._problem(message, self._line(word), did_you_mean(word, known))

    def _problem(self, message: str, line: int | None = None, hint: str | None = None) -> Problem:
        return Problem("template", message, hint=hint, file=self.path, line=line)

    def _line(self, word: str) -> int | None:
        found = re.search(rf"\b{re.escape(word)}\b", self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else None

    @cached_property
    def _tree(self) -> nodes.Template:
        return self.templates.environment.parse(self.text)

    @property
    def _extends_itself(self) -> bool:
        return _parent(self._tree) == self.name

    def _itself(self) -> Problem:
        hint = f'Write {{% extends "builtin/{self.name}" %}}.'
        return self._problem("This template extends itself.", self._line("extends"), hint)

    def _blocks(self) -> Iterator[Problem]:
        """Blocks that the template below does not have: they would be shown nowhere."""
        known, parent, seen = set[str](), _parent(self._tree), set[str]()
        while parent and parent not in seen:
            seen.add(parent)
            tree = self.templates.tree(parent)
            known |= {block.name for block in tree.find_all(nodes.Block)}
            parent = _parent(tree)
        for node in self._tree.body if seen else ():
            if isinstance(node, nodes.Block) and node.name not in known:
                message = f"The page has no block “{node.name}”, so this is shown nowhere."
                hint = did_you_mean(node.name, known) or f"It has: {', '.join(sorted(known))}."
                yield self._problem(message, node.lineno, hint)


def _parent(tree: nodes.Template) -> str | None:
    """The template that one extends."""
    found = tree.find(nodes.Extends)
    name = found.template if found else None
    return str(name.value) if isinstance(name, nodes.Const) else None


__all__ = ["fault_of", "own_templates", "replaced_in", "template_problems", "templates_of"]
