"""The folders of a book, the topmost first, and what is found in them by name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.diagnostics import did_you_mean, nearest
from app.lessons.errors import Notebook
from app.lessons.library.merging import Merging
from app.lessons.library.plan import BookPlan, OverlayPlan
from app.lessons.library.tomlfile import TomlDocument, read_toml
from app.lessons.yamlfile import validated
from app.resources import BUILTIN, MOST_LAYERS, extended_folder
from app.typeset import MACROS, TexError, tex_commands, to_mathml, using


@dataclass(frozen=True)
class Layer:
    """One folder of a book. ``lessons`` finds the folder of each lesson by its slug."""

    folder: Path
    overlay: bool
    lessons: Mapping[str, Path]

    @property
    def written(self) -> list[str]:
        """The lessons whose text is here; of others there may be figures."""
        return [slug for slug, folder in self.lessons.items() if (folder / "lesson.md").is_file()]


@dataclass(frozen=True)
class Library:
    """All that a book is made of. ``below`` is what an overlay extends."""

    layers: tuple[Layer, ...]
    plan: BookPlan
    document: TomlDocument
    notebooks: tuple[Notebook, ...]
    below: Library | None = None

    @property
    def top(self) -> Layer:
        """The uppermost layer: what an instructor or author writes."""
        return self.layers[0]

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of all layers, the topmost first."""
        return tuple(layer.folder for layer in self.layers)

    @property
    def overlays(self) -> tuple[Path, ...]:
        """The folders of the overlays, the topmost first."""
        return tuple(layer.folder for layer in self.layers if layer.overlay)

    def lesson(self, slug: str) -> Path | None:
        """The file of a lesson in the topmost layer that has it."""
        for layer in self.layers:
            folder = layer.lessons.get(slug)
            if folder is not None and (folder / "lesson.md").is_file():
                return folder / "lesson.md"
        return None

    def lesson_folders(self, slug: str) -> tuple[Path, ...]:
        """The folders of a lesson, the topmost first: where its figures are looked for."""
        return tuple(layer.lessons[slug] for layer in self.layers if slug in layer.lessons)

    @property
    def slugs(self) -> list[str]:
        """The names of all lessons in any layer, shown or not."""
        return sorted({slug for layer in self.layers for slug in layer.written})

    @property
    def hidden(self) -> tuple[str, ...]:
        """The lessons of the book below that are not shown."""
        if self.below is None:
            return ()
        shown, before = set(self.plan.lessons), (*self.below.plan.lessons, *self.below.hidden)
        return tuple(slug for slug in dict.fromkeys(before) if slug not in shown)

    @property
    def replaced(self) -> tuple[Path, ...]:
        """The files of lessons that stand in a layer below another one's lesson of that name."""
        if self.below is None:
            return ()
        found = (self.below.lesson(slug) for slug in self.top.written)
        return (*(path for path in found if path), *self.below.replaced)

    def files(self, name: str) -> tuple[Path, ...]:
        """The files of that name in all layers, the lowest first."""
        found = (layer.folder / name for layer in reversed(self.layers))
        return tuple(path for path in found if path.is_file())

    def named(self, folder: str, suffix: str) -> dict[str, Path]:
        """The files in a folder by their stem; where layers share a name, the topmost counts."""
        found: dict[str, Path] = {}
        for layer in reversed(self.layers):
            found |= {path.stem: path for path in (layer.folder / folder).glob(f"*{suffix}")}
        return dict(sorted(found.items()))

    def groups(self, folder: str, suffix: str) -> tuple[tuple[Path, ...], ...]:
        """The files in a folder, layer by layer, the lowest first."""
        folders = (layer.folder / folder for layer in reversed(self.layers))
        return tuple(tuple(sorted(each.glob(f"*{suffix}"))) for each in folders)

    def is_own(self, path: Path) -> bool:
        """Whether a file belongs to the topmost layer.

        A book may lie in a folder of its overlay or the other way round: the inner one counts.
        """
        here, folders = _absolute(path), [_absolute(folder) for folder in self.folders]
        holding = [folder for folder in folders if here.is_relative_to(folder)]
        return max(holding, key=lambda folder: len(folder.parts), default=None) == folders[0]

    def holds_below(self, folder: Path) -> bool:
        """Whether a book that is extended lies in a folder."""
        holder = _absolute(folder)
        return any(_absolute(below).is_relative_to(holder) for below in self.folders[1:])


def _absolute(path: Path) -> Path:
    """From the root and without dots; links are not followed."""
    return Path(os.path.abspath(path))


def open_library(content: Path, notes: Notebook, seen: tuple[Path, ...] = ()) -> Library | None:
    """The book in a folder with ``book.toml``; None if it cannot be used, problems noted."""
    document = read_toml(content / "book.toml", notes)
    if document is None:
        return None
    if "extends" in document.data:
        return _overlay(content, document, notes, (*seen, content.resolve()))
    if "chapters" not in document.data:
        _note_unextended(document, notes)
        return None
    plan = validated(BookPlan, document.data, document, notes)
    if plan is None:
        return None
    _check_macros(plan.macros, {}, document, notes)
    layer = Layer(content, False, _lesson_folders(content))
    return Library((layer,), plan, document, (notes,))


def _note_unextended(document: TomlDocument, notes: Notebook) -> None:
    """Note a plan that is neither that of a whole book nor that of an overlay."""
    meant = nearest("extends", document.data, 1)
    if meant:
        line = document.line(meant)
        notes.unknown("unknown-key", "key", meant[0], ["extends"], line)
        return
    hint = f'Write extends = "{BUILTIN}", or the [[chapters]] of a book of your own.'
    notes.note("extends", "It is not said which book this extends.", 1, hint)


def _overlay(
    content: Path, document: TomlDocument, notes: Notebook, seen: tuple[Path, ...]
) -> Library | None:
    own = validated(OverlayPlan, document.data, document, notes)
    folder = _extended(own.extends, content, document, notes) if own else None
    if own is None or folder is None:
        return None
    if folder.resolve() in seen or len(seen) > MOST_LAYERS:
        message = "The overlay extends itself."
        if folder.resolve() not in seen:
            message = f"More than {MOST_LAYERS} overlays stand above one another."
        line = document.line(["extends"])
        notes.note("extends", message, line, "Extend “builtin” in the end.")
        return None
    below_notes = Notebook(folder / "book.toml")
    below = open_library(folder, below_notes, seen)
    if below is None:
        notes.problems += below_notes.problems
        return None
    _check_macros(own.macros, below.plan.macros, document, notes)
    layer = Layer(content, True, _lesson_folders(content))
    slugs = {*below.slugs, *layer.written}
    plan = Merging(below.plan, own, document, slugs, notes).plan()
    return Library((layer, *below.layers), plan, document, (notes, *below.notebooks), below)


def _lesson_folders(content: Path) -> dict[str, Path]:
    """The folders of a layer's lessons; one with figures alone counts as well."""
    found = [*content.glob("chapters/*/*"), *content.glob("lessons/*")]
    return {path.name: path for path in sorted(found) if path.is_dir()}


def _extended(name: str, content: Path, document: TomlDocument, notes: Notebook) -> Path | None:
    """The folder that ``extends`` names."""
    folder = extended_folder(name, content)
    if folder is not None:
        return folder
    is_word = re.fullmatch(r"[A-Za-z_]\w*", name)
    what = (
        f"There is no installed package “{name}” with a book.toml."
        if is_word
        else f"There is no book.toml in “{name}”."
    )
    hint = did_you_mean(name, [BUILTIN]) or (
        "Write builtin, a path such as ../book, or the name of an installed package."
    )
    notes.note("extends", what, document.line(["extends"]), hint)
    return None


def _check_macros(
    own: Mapping[str, str], below: Mapping[str, str], document: TomlDocument, notes: Notebook
) -> None:
    """Note the macros that cannot be used; they may use one another, and those of ``below``."""
    for name in own:
        if not re.fullmatch(r"\\[A-Za-z]+", name):
            hint = r"Write it as '\E' = '\mathbb{E}'."
            line = document.line(["macros", name])
            notes.note("macro", f"“{name}” is no name of a macro.", line, hint)
    with using({**below, **{name: own[name] for name in own if name.startswith("\\")}}):
        for name, tex in own.items():
            line = document.line(["macros", name])
            if name in tex_commands() and name not in MACROS:
                hint = "Choose a name of your own."
                notes.note("macro", f"“{name}” already means something in TeX.", line, hint)
            else:
                _check_macro(tex, line, notes)


def _check_macro(tex: str, line: int, notes: Notebook) -> None:
    if "#" in tex:
        notes.note("macro", "Macros take no arguments.", line, "Write the formula out.")
        return
    try:
        to_mathml(tex)
    except TexError as error:
        notes.add(error.problem, line)


__all__ = ["Layer", "Library", "open_library"]
