"""The templates of a book: its own, and those by which overlays replace them.

A replacement is checked before anything is printed with it: its name, its syntax, and the names
that it uses.  If one of them cannot be used, the book's own templates are.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from app.diagnostics import Problem, did_you_mean
from app.lessons import Book
from app.pages.contexts import EVERY_CONTEXT
from app.resources import book_root
from app.web.addresses import Addresses
from app.web.templating import Templates


def templates_of(book: Book, addresses: Addresses) -> tuple[Templates, tuple[Problem, ...]]:
    """The templates, and what is wrong with those of overlays."""
    own = book_root() / "templates"
    overlays = [folder / "templates" for folder in book.folders if (folder / "templates").is_dir()]
    templates = Templates(own, addresses, overlays=overlays)
    problems = tuple(template_problems(templates, overlays))
    return (Templates(own, addresses), problems) if problems else (templates, ())


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
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
        texts = {name: path.read_text("utf-8", "replace") for name, path in files.items()}
        for name, path in sorted(files.items()):
            named = any(f'"{name}"' in text or f"'{name}'" in text for text in texts.values())
            if name not in builtin and not named:
                message = f"The book has no template “{name}”, so nothing uses this file."
                yield Problem("orphan", message, hint=did_you_mean(name, builtin), file=path)
            yield from _problems(templates, name, path, texts[name], fields.get(name, every))


def _problems(
    templates: Templates, name: str, path: Path, text: str, known: set[str]
) -> Iterator[Problem]:
    try:
        templates.environment.parse(text)
        used = templates.names_used(name)
    except TemplateSyntaxError as error:
        yield Problem(
            "template", f"{str(error.message).rstrip('.')}.", file=path, line=error.lineno
        )
        return
    except TemplateError as error:
        yield Problem("template", f"This uses a template that does not exist: {error}.", file=path)
        return
    # A template that is included stands where macros and loops may have set more names.
    for word in sorted(used - known) if name.startswith("pages/") else ():
        found = re.search(rf"\b{re.escape(word)}\b", text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        message = f"This page receives nothing called “{word}”."
        yield Problem("template", message, hint=did_you_mean(word, known), file=path, line=line)


__all__ = ["template_problems", "templates_of"]
