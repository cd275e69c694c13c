"""Where the book's own files lie, and the folders of a book that extends another.

In a checkout they stand beside the package; an installed wheel carries them inside it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
BUILTIN = "builtin"
MOST_LAYERS = 8


@cache
def book_root() -> Path:
    """The folder that holds ``content``, ``templates`` and ``static``.

    Raises FileNotFoundError when neither a checkout nor an installed wheel holds them.
    """
    for candidate in (PACKAGE / "_book", PACKAGE.parent):
        if (candidate / "content").is_dir() and (candidate / "templates").is_dir():
            return candidate
    raise FileNotFoundError("The book's content, templates and static files are not installed.")


def extended_folder(name: str, content: Path) -> Path | None:
    """The folder that ``extends = name`` means in the ``book.toml`` of the folder ``content``.

    ``builtin`` is the book's own content, a word an installed package (which is not imported),
    anything else a path from ``content``.  None when there is no ``book.toml``.
    """
    if name == BUILTIN:
        folder: Path | None = book_root() / "content"
    else:
        is_word = re.fullmatch(r"[A-Za-z_]\w*", name)
        folder = _package(name) if is_word else Path(os.path.normpath(content / name))
    return folder if folder is not None and (folder / "book.toml").is_file() else None


def layer_folders(content: Path) -> tuple[Path, ...]:
    """The folder of a book and those that it extends, the topmost first; reads ``extends`` alone.

    Whoever needs to know what a book is made of, without loading it, asks here.  A ``book.toml``
    that cannot be read ends the list.
    """
    found = [content]
    while len(found) <= MOST_LAYERS:
        try:
            name = tomllib.loads((found[-1] / "book.toml").read_text("utf-8-sig")).get("extends")
        except (OSError, ValueError):
            break
        folder = extended_folder(name, found[-1]) if isinstance(name, str) else None
        if folder is None or folder in found:
            break
        found.append(folder)
    return tuple(found)


def _package(name: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None
