"""New lessons, chapters, identities and overlays, as an author begins them.

What is written here passes ``nabla check``; existing files are never overwritten.  ``book.toml`` is
changed by adding text, so that its comments and its order stay as they are.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.diagnostics import Problem, did_you_mean
from app.lessons.derivation import Request, derive
from app.lessons.errors import ContentError, Notebook
from app.lessons.library import Library, open_library
from app.lessons.scaffold_texts import CHAPTER, IDENTITY, IDENTITY_FILE, INSERT, LESSON, OVERLAY
from app.lessons.sources import is_slug, read_text
from app.lessons.yamlfile import read_yaml
from app.resources import BUILTIN, extended_folder

OWN_IDENTITIES = "own"


def opened(content: Path) -> Library:
    """The book in a folder. Raises ContentError when there is none."""
    notes = Notebook(content / "book.toml")
    library = open_library(content, notes)
    if library is None:
        raise ContentError(notes.problems[0])
    return library


def new_overlay(folder: Path, title: str = "", extends: str = "builtin") -> list[Path]:
    """A folder with a ``book.toml`` that extends a book: builtin, one at a path, or a package.

    Raises ContentError if there is a ``book.toml`` already, or none in what is extended.
    """
    path, near = folder / "book.toml", Path(extends)
    if extends != BUILTIN and (near / "book.toml").is_file():  # seen from here, not from there
        extends = Path(os.path.relpath(near.resolve(), folder.resolve())).as_posix()
        extends = extends if extends.startswith(".") else f"./{extends}"  # a word is a package
    elif extended_folder(extends, folder) is None:
        hint = did_you_mean(extends, [BUILTIN]) or (
            "Name builtin, a folder with a book.toml, or an installed package that holds one."
        )
        raise ContentError(Problem("scaffold", f"There is no book “{extends}”.", hint=hint))
    shown = title or folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    text = OVERLAY.format(title=_quoted(shown), extends=_quoted(extends))
    return [_written(path, text)]


def new_lesson(content: Path, slug: str, chapter: str = "", title: str = "") -> list[Path]:
    """A lesson and its place in the plan: at the end of a chapter, the last one unless named.

    Raises ContentError for a name that is taken or cannot be an address, and an unknown chapter.
    """
    library = opened(content)
    _check_name(slug, library.slugs, "lesson")
    chapters = [part.id for part in library.plan.chapters if not part.appendix]
    home = chapter or chapters[-1]
    every = [part.id for part in library.plan.chapters]
    if home not in every:
        hint = did_you_mean(home, every) or f"There are: {', '.join(every)}."
        raise ContentError(Problem("scaffold", f"There is no chapter “{home}”.", hint=hint))
    folder = content / "lessons" if library.below else content / "chapters" / home
    _check_free(folder / slug / "lesson.md")
    if library.below:
        _append(content, INSERT.format(lesson=_quoted(slug), chapter=_quoted(home)))
    else:
        _list_lesson(content, home, slug)
    path = _written(folder / slug / "lesson.md", _lesson_text(slug, title))
    return [path, content / "book.toml"]


def new_chapter(content: Path, name: str, title: str = "") -> list[Path]:
    """A chapter with a first lesson, at the end of the book.

    Raises ContentError for a name that is taken or cannot be one.
    """
    library = opened(content)
    _check_name(name, [part.id for part in library.plan.chapters], "chapter")
    slug = f"{name}-first-lesson"
    _check_name(slug, library.slugs, "lesson")
    folder = content / "lessons" if library.below else content / "chapters" / name
    _check_free(folder / slug / "lesson.md")
    text = CHAPTER.format(id=_quoted(name), title=_quoted(title or _title(name)), lesson=slug)
    _append(content, text)
    path = _written(folder / slug / "lesson.md", _lesson_text(slug, ""))
    return [path, content / "book.toml"]


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """An identity to be added: its claim is what the engine derives."""

    id: str
    expression: str = "tr(A*X)"
    wrt: str = "X"
    given: str = ""
    title: str = ""


def new_identity(content: Path, identity: NewIdentity) -> list[Path]:
    """An identity in ``identities/own.yaml``, its claim derived by the engine.

    Raises ContentError for a name that cannot be one, and for what the engine cannot derive.
    """
    library = opened(content)
    known = re.findall(r"^\s*- id: (\S+)", _all_identities(library), re.MULTILINE)
    _check_name(identity.id, known, "identity")
    derived = derive(Request(identity.expression, identity.wrt, identity.given))
    if isinstance(derived, Problem):
        raise ContentError(derived)
    source = derived.source
    claim = source.denominator.text if derived.scalar else source.numerator.text
    path = content / "identities" / f"{OWN_IDENTITIES}.yaml"
    path.parent.mkdir(exist_ok=True)
    before = _read(path) if path.is_file() else IDENTITY_FILE
    text = IDENTITY.format(
        id=identity.id,
        title=_quoted(identity.title or _title(identity.id)),
        expression=_quoted(identity.expression),
        wrt=_quoted(identity.wrt),
        given=_quoted(identity.given),
        claim=_quoted(claim),
    )
    whole = before.rstrip("\n") + "\n" + text
    if read_yaml(whole, Notebook(path)) is None:
        raise _not_understood("The file", "Write its identities one below the other", path)
    path.write_text(whole, "utf-8")
    return [path]


def _read(path: Path) -> str:
    """A file's text. Raises ContentError."""
    notes = Notebook(path)
    text = read_text(path, notes)
    if text is None:
        raise ContentError(notes.problems[0])
    return text


def _not_understood(what: str, hint: str, path: Path) -> ContentError:
    message = f"{what} is written in a way that cannot be added to."
    return ContentError(Problem("scaffold", message, hint=f"{hint}.", file=path))


def _all_identities(library: Library) -> str:
    every = (path for paths in library.groups("identities", ".yaml") for path in paths)
    return "\n".join(map(_read, every))


def _check_name(name: str, taken: list[str], what: str) -> None:
    if not is_slug(name):
        hint = "Use a-z, 0-9 and hyphens."
        raise ContentError(Problem("scaffold", f"“{name}” cannot be a name.", hint=hint))
    if name in taken:
        hint = "Choose another name."
        if what == "lesson":
            hint = f"Choose another name, or copy that one with nabla override {name}."
        article = "an" if what == "identity" else "a"
        message = f"There is {article} {what} “{name}” already."
        raise ContentError(Problem("scaffold", message, hint=hint))


def _lesson_text(slug: str, title: str) -> str:
    return LESSON.format(title=_quoted(title or _title(slug)), label=slug)


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _quoted(text: str) -> str:
    """A string of YAML and of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _check_free(path: Path) -> None:
    if path.exists():
        hint = "Nothing was changed. Choose another name."
        raise ContentError(Problem("scaffold", f"“{path}” is there already.", hint=hint))


def _written(path: Path, text: str) -> Path:
    _check_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _append(content: Path, text: str) -> None:
    """Add tables to the end of ``book.toml``."""
    path = content / "book.toml"
    whole = _read(path).rstrip("\n") + "\n\n" + text
    try:
        tomllib.loads(whole)
    except tomllib.TOMLDecodeError:
        hint = f"Write its lists as tables: {text.split(maxsplit=1)[0]}"
        raise _not_understood("The plan", hint, path) from None
    path.write_text(whole, "utf-8")


def _list_lesson(content: Path, chapter: str, slug: str) -> None:
    """Add a lesson to the list of its chapter in the ``book.toml`` of a whole book."""
    path = content / "book.toml"
    text = _read(path)
    pattern = rf"(id\s*=\s*\"{re.escape(chapter)}\".*?lessons\s*=\s*\[)(.*?)(\s*\])"
    found = re.search(pattern, text, re.DOTALL)
    changed = ""
    if found:
        items = found[2].rstrip().rstrip(",")
        comma = "," if items.strip() else ""
        joint = "\n    " if "\n" in items else " " if items else ""
        changed = f'{text[: found.start()]}{found[1]}{items}{comma}{joint}"{slug}"'
        changed += f"{found[3]}{text[found.end() :]}"
    if not changed or not _lists(changed, chapter, slug):
        hint = f'Add "{slug}" to its lessons by hand'
        raise _not_understood(f"The chapter “{chapter}”", hint, path)
    path.write_text(changed, "utf-8")


def _lists(text: str, chapter: str, slug: str) -> bool:
    try:
        chapters = tomllib.loads(text)["chapters"]
    except (tomllib.TOMLDecodeError, KeyError):
        return False
    return any(each["id"] == chapter and slug in each["lessons"] for each in chapters)


__all__ = ["NewIdentity", "new_chapter", "new_identity", "new_lesson", "new_overlay"]
