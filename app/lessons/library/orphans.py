"""Files that nothing in the book uses: a misspelt name must not pass in silence.

In an overlay an orphan is an error, because its author expects it to replace or add something; in
a whole book a lesson that is not in the plan is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from app.diagnostics import did_you_mean
from app.lessons.errors import Notebook
from app.lessons.library.layers import Library

FILES = ("book.toml", "glossary.yaml", "bibliography.yaml", "overrides.toml", "nabla.toml")
FOLDERS = ("lessons", "chapters", "pages", "identities", "datasets", "presets", "templates")
# What a folder may hold besides: notes for people, and what makes it an installable package.
_PASSED = re.compile(r"[._].*|README.*|LICEN[CS]E.*|CHANGELOG.*|Makefile|.*\.(py|cfg|egg-info)")
_PACKAGING = ("pyproject.toml",)
_SUFFIXES = {
    "pages": (".md",),
    "identities": (".yaml",),
    "datasets": (".csv", ".md"),
    "presets": (".yaml",),
}


def note_orphans(
    library: Library, figures: Mapping[str, Collection[str]], widgets: Collection[str]
) -> list[Notebook]:
    """The files of the top layer that are not used, each in a notebook of its own.

    ``figures`` are the pictures that each lesson shows, ``widgets`` the names of all widgets.
    """
    if not library.top.overlay:
        return [_unlisted(library.top.lessons[slug], "warning") for slug in _not_shown(library)]
    found = [
        _note(path, hint)
        for path, hint in _strangers(library.top.folder, widgets)
        if not library.holds_below(path)
    ]
    found += [_unlisted(library.top.lessons[slug], "error") for slug in _not_shown(library)]
    found += _second_folders(library)
    for slug, folder in library.top.lessons.items():
        found += _in_lesson(folder, figures.get(slug, ()))
    return found


def _second_folders(library: Library) -> Iterator[Notebook]:
    """Folders of lessons whose name another folder of the overlay has as well."""
    top = library.top
    for path in sorted(
        (*top.folder.glob("chapters/*/*/lesson.md"), *top.folder.glob("lessons/*/lesson.md"))
    ):
        used = top.lessons.get(path.parent.name)
        if used is not None and used != path.parent:
            notes = Notebook(path)
            other = used.relative_to(top.folder).as_posix()
            message = f"The lesson “{path.parent.name}” stands twice; the one in {other} is shown."
            notes.note("duplicate-lesson", message, None, "Remove one of the two.")
            yield notes


def _not_shown(library: Library) -> Iterator[str]:
    shown = {*library.plan.lessons, *library.hidden}
    for slug, folder in library.top.lessons.items():
        if slug not in shown and (folder / "lesson.md").is_file():
            yield slug


def _unlisted(folder: Path, level: str) -> Notebook:
    notes = Notebook(folder / "lesson.md")
    notes.note(
        "unlisted-lesson",
        "This lesson is not in the book.",
        None,
        "Name it in book.toml, in a chapter or below [[insert]]."
        if level == "error"
        else "Name it in book.toml, in the chapter of its folder.",
        "error" if level == "error" else "warning",
    )
    return notes


def _strangers(folder: Path, widgets: Collection[str]) -> Iterator[tuple[Path, str | None]]:
    """Files and folders with a name that means nothing, and what may have been meant."""
    for path in sorted(folder.iterdir()):
        known = FOLDERS if path.is_dir() else (*FILES, *_PACKAGING)
        if path.name in known and not path.exists():
            yield path, "It leads to a file that does not exist."
        elif path.name not in known and not _PASSED.fullmatch(path.name):
            hint = did_you_mean(path.name, (*FOLDERS, *FILES))
            yield path, f"“{path.name}” is a file." if path.name in FILES else hint
    for name, suffixes in _SUFFIXES.items():
        for path in sorted((folder / name).glob("*")):
            if path.suffix not in suffixes and not _PASSED.fullmatch(path.name):
                yield path, f"Files in {name} end in {' or '.join(suffixes)}."
    for path in sorted((folder / "datasets").glob("*.md")):
        if not path.with_suffix(".csv").is_file() and not _PASSED.fullmatch(path.name):
            yield path, "It is named after the dataset that it tells of."
    for path in sorted((folder / "presets").glob("*.yaml")):
        if path.stem not in widgets:
            hint = did_you_mean(path.stem, widgets)
            yield path, hint or "It has to be named after a widget."


def _in_lesson(folder: Path, figures: Collection[str]) -> list[Notebook]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.name == "lesson.md" or path.name in figures or _PASSED.fullmatch(path.name):
            continue
        meant = did_you_mean(path.name, ["lesson.md", *figures])
        found.append(_note(path, meant or "The lesson shows no figure of that name."))
    return found


def _note(path: Path, hint: str | None) -> Notebook:
    notes = Notebook(path)
    notes.note("orphan", "Nothing in the book uses this file.", None, hint)
    return notes


__all__ = ["note_orphans"]
