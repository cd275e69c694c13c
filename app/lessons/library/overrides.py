"""Replaced lessons and the shipped versions that they were copied from.

``nabla override`` copies a lesson into an overlay.  ``overrides.toml`` remembers the digest of the
shipped text, ``.shipped/<slug>.md`` the text itself, so that after an upgrade one can see not only
that the shipped lesson has changed but how.  Figures are not copied: a lesson finds those of the
layers below, and one with the same name beside it takes their place.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.diagnostics import Problem, did_you_mean
from app.lessons.errors import ContentError, Notebook
from app.lessons.library.layers import Library
from app.lessons.library.tomlfile import TomlDocument, read_toml

RECORDS = "overrides.toml"
SHIPPED = ".shipped"
_HEAD = "# From which shipped text each lesson here was copied; kept by nabla override.\n"


@dataclass(frozen=True)
class Change:
    """A shipped lesson that is no longer what was copied. ``before`` is None when unknown."""

    slug: str
    file: Path
    before: str | None
    now: str

    def diff(self) -> str:
        """What has changed in the shipped lesson, or how it differs from the copy."""
        old = self.before if self.before is not None else self.file.read_text("utf-8", "replace")
        name = "as it was copied" if self.before is not None else str(self.file)
        lines = difflib.unified_diff(
            old.splitlines(keepends=True),
            self.now.splitlines(keepends=True),
            f"{self.slug} ({name})",
            f"{self.slug} (as it ships now)",
        )
        return "".join(lines)


def digest(text: str) -> str:
    """The digest of a text, whatever its line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def override(library: Library, slug: str, *, accept: bool = False) -> Path:
    """Copy a shipped lesson into the overlay; returns the copy.

    ``accept`` leaves an existing copy as it is and remembers the present shipped text as known.
    Raises ContentError when the book is no overlay, for an unknown lesson, and when the overlay has
    the lesson already (without ``accept``) or has it not (with it).
    """
    shipped = _shipped_file(library, slug)
    own = library.top.folder / "lessons" / slug / "lesson.md"
    exists = library.top.lessons.get(slug, own.parent) / "lesson.md"
    if exists.is_file() != accept:
        what = "has no copy of" if accept else "has already a lesson"
        hint = f"Run nabla override {slug}{'' if accept else ' --accept'}."
        raise ContentError(Problem("override", f"The overlay {what} “{slug}”.", hint=hint))
    text = shipped.read_text("utf-8", "replace")
    if not accept:
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(text, "utf-8")
    _remember(library.top.folder, slug, text)
    return exists if accept else own


def _shipped_file(library: Library, slug: str) -> Path:
    if library.below is None:
        message = f"“{library.top.folder}” is a whole book, no overlay: change its lesson itself."
        hint = "Make an overlay with nabla new overlay <folder>."
        raise ContentError(Problem("override", message, hint=hint))
    shipped = library.below.lesson(slug)
    if shipped is None:
        near = did_you_mean(slug, library.below.slugs)
        raise ContentError(Problem("override", f"There is no lesson “{slug}”.", hint=near))
    return shipped


def _remember(folder: Path, slug: str, text: str) -> None:
    records = _records(folder, Notebook(folder / RECORDS))
    known = {name: dict(record) for name, record in (records.data if records else {}).items()}
    known[slug] = {"sha256": digest(text), "version": __version__}
    lines = [_HEAD]
    for name, record in sorted(known.items()):
        lines.append(f"\n[{json.dumps(name)}]\n")
        lines += [f"{key} = {json.dumps(each)}\n" for key, each in record.items()]
    (folder / RECORDS).write_text("".join(lines), "utf-8")
    copy = folder / SHIPPED / f"{slug}.md"
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(text, "utf-8")


def _records(folder: Path, notes: Notebook) -> TomlDocument | None:
    return read_toml(folder / RECORDS, notes) if (folder / RECORDS).is_file() else None


def changes(library: Library, notes: Notebook) -> list[Change]:
    """The shipped lessons that have changed since they were copied; each is noted as well.

    ``notes`` is that of ``overrides.toml``.
    """
    folder = library.top.folder
    records = _records(folder, notes) if library.below else None
    found = []
    for slug, record in (records.data if records else {}).items():
        line = records.line([slug]) if records else 1
        shipped = library.below.lesson(slug) if library.below else None
        own = library.top.lessons.get(slug, folder) / "lesson.md"
        if shipped is None or not own.is_file():
            _note_gone(slug, shipped, line, notes)
            continue
        if not isinstance(record, dict):
            _note_broken(slug, line, notes)
            continue
        now, copy = shipped.read_text("utf-8", "replace"), folder / SHIPPED / f"{slug}.md"
        if digest(now) != record.get("sha256"):
            before = copy.read_text("utf-8", "replace") if copy.is_file() else None
            found.append(Change(slug, own, before, now))
    return found


def _note_broken(slug: str, line: int, notes: Notebook) -> None:
    hint = f"Remove it and run nabla override {slug} --accept."
    notes.note("override", f"This entry of “{slug}” is none of nabla override.", line, hint)


def _note_gone(slug: str, shipped: Path | None, line: int, notes: Notebook) -> None:
    gone = f"The book below no longer has a lesson “{slug}”."
    message = gone if shipped is None else f"The overlay no longer has its copy of “{slug}”."
    notes.note("override", message, line, "Remove this entry.")


def change_problem(change: Change) -> Problem:
    """What is said of a change."""
    return Problem(
        "shipped-changed",
        f"The shipped lesson “{change.slug}” has changed since it was copied.",
        hint=f"nabla check --diff shows how; nabla override {change.slug} --accept ends this.",
        file=change.file,
        level="warning",
    )


__all__ = ["RECORDS", "Change", "change_problem", "changes", "digest", "override"]
