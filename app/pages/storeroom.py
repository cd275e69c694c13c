"""Printed editions, kept on disk by the content of all that went into them.

Printing the whole book takes some seconds: thousands of formulas are typeset, every identity is
derived and checked.  The result depends on nothing but files and settings, so it is kept below the
user's cache folder under their digest; a server that starts again with the same book reads it back
in some twenty milliseconds.  Change one character of a lesson, a template or the program, and the
digest is another one and the book is printed anew.

What is kept is read with pickle, as Python reads its own bytecode: from a folder that belongs to
this user and that nobody else may write to.  A file that is damaged, foreign or of another version
is not used.  Nothing here imports the framework or the lessons: a first page does not need them.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from app.diagnostics import Problem
from app.pages.edition import Edition, Layouts, in_layout
from app.resources import PACKAGE, book_root, layer_folders
from app.web.prepared import Prepared
from app.web.static_tree import StaticTree

if TYPE_CHECKING:
    from app.lessons import Book

EDITIONS: Final = 4
"""How many are kept; the one not used for longest goes first."""
# The libraries whose output stands in the pages.
MAKERS: Final = (
    *("brotli", "jinja2", "markdown-it-py", "mdit-py-plugins", "numpy"),
    *("pygments", "quickjs-ng", "ruamel.yaml"),
)
_SUFFIX: Final = ".edition"


@dataclass(frozen=True)
class Kept:
    """An edition as it is kept; ``book`` is opened later, by those who have the lessons."""

    layout: str
    pages: Mapping[str, Layouts]
    embeds: Mapping[str, Layouts]
    errors: Mapping[int, Prepared]
    static: StaticTree
    problems: tuple[Problem, ...]
    book: bytes

    @classmethod
    def of(cls, edition: Edition, book: Book) -> Kept:
        """An edition with the book that it was printed from."""
        return cls(
            edition.layout,
            edition.pages,
            edition.embeds,
            edition.errors,
            edition.static,
            edition.problems,
            pickled(book),
        )

    def opened(self) -> Book:
        """The book; imports the lessons."""
        book: Book = pickle.loads(self.book)
        return book

    def page(self, path: str, layout: str | None) -> Prepared | None:
        """The page at a path within the book."""
        return in_layout(self.pages.get(path), layout, self.layout)

    def embed(self, widget: str, layout: str | None) -> Prepared | None:
        """The page that shows one widget alone."""
        return in_layout(self.embeds.get(widget), layout, self.layout)

    def file(self, path: str) -> tuple[Prepared, bool] | None:
        """A static file, and whether its address never changes."""
        return self.static.handed_out(path)

    def answer(self, path: str, query: bytes) -> tuple[Prepared, str] | None:
        """Nothing yet: answers are given by the application, which is being put together."""


class Storeroom:
    """The folder in which editions are kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def find(self, digest: str) -> Kept | None:
        """The edition with this digest, or None when there is none that can be trusted."""
        path = self.folder / f"{digest}{_SUFFIX}"
        with contextlib.suppress(Exception):  # whatever is wrong with it: the book is printed anew
            if not _is_private(self.folder) or not _is_private(path):
                return None
            whole = path.read_bytes()
            checksum, content = whole[:32], memoryview(whole)[32:]
            if hashlib.sha256(content).digest() == checksum:
                kept = pickle.loads(content)
                os.utime(path)
                return kept if isinstance(kept, Kept) else None
        return None

    def keep(self, digest: str, kept: Kept) -> bool:
        """Keep an edition; False where that is not possible, for the book does not depend on it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = pickled(kept)
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                try:
                    file.write(hashlib.sha256(content).digest())
                    file.write(content)
                    file.flush()
                    os.replace(file.name, self.folder / f"{digest}{_SUFFIX}")
                except BaseException:
                    os.unlink(file.name)
                    raise
            self._clear_up()
        except OSError:
            return False
        return True

    def _clear_up(self) -> None:
        """Remove all but the newest editions."""
        found = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
        for path in found[:-EDITIONS]:
            path.unlink(missing_ok=True)


def default_folder() -> Path:
    """``nabla`` in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nabla" / "editions"


def _is_private(path: Path) -> bool:
    """Whether this user owns it and nobody else may write to it."""
    status = path.stat()
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.getuid() and not others_write


# ------------------------------------------------------------------------------- digest


def digest_of(settings: Mapping[str, Any]) -> str:
    """What an edition depends on: settings with the folders they name, the program, the book."""
    whole = hashlib.sha256(repr((sys.version_info[:3], list(map(_version, MAKERS)))).encode())
    whole.update(repr(settings).encode())
    root = book_root()
    layers = (layer for path in _paths(settings) for layer in layer_folders(path))
    folders = [root / "content", root / "templates", root / "static", *layers]
    for path in (*_files(folders), *sorted(PACKAGE.rglob("*.py"))):
        body = path.read_bytes()
        whole.update(f"{path}\0{len(body)}\0".encode())
        whole.update(body)
    return whole.hexdigest()[:32]


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_file():
            yield folder
        for path in sorted(folder.rglob("*")):
            # What is hidden, such as a repository or an environment, is no part of a book.
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.is_file() and not hidden:
                yield path


def _paths(value: Any) -> Iterator[Path]:
    """All paths within settings, whatever they are for."""
    if isinstance(value, Path):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _paths(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _paths(inner)


# ------------------------------------------------------------------------------- pickle


def pickled(value: Any) -> bytes:
    """The value as bytes, read-only mappings included."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=5).dump(value)
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)
