"""Writing a copy to disk: what an earlier copy left behind goes, what is somebody else's stays."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.diagnostics import NablaError, Problem
from app.export.site import Exported

LIST: Final = ".nabla-export"
"""The names of all files of a copy: what the next one may replace and remove."""


def write(exported: Exported, folder: Path) -> None:
    """Write the copy; what has not changed keeps its time, for tools that upload what is newer.

    Raises NablaError when the folder holds something that is no earlier copy, or cannot be written.
    """
    check_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove(folder, _earlier(folder) - exported.files.keys())
        # The list comes first: a copy that was interrupted can be replaced as well.
        names = "\n".join(sorted(_earlier(folder) | exported.files.keys()))
        (folder / LIST).write_text(f"{names}\n", "utf-8")
        for name, body in exported.files.items():
            _write(folder / name, body)
        (folder / LIST).write_text("\n".join(sorted(exported.files)) + "\n", "utf-8")
    except OSError as error:
        message = f"The copy cannot be written to “{folder}”: {error.strerror}."
        raise NablaError(Problem("not-written", message)) from None


def check_folder(folder: Path) -> None:
    """Raises NablaError when the folder holds something that is no earlier copy."""
    if folder.exists() and not folder.is_dir():
        message = f"“{folder}” is a file."
        raise NablaError(Problem("not-a-folder", message, hint="Name a folder for the copy."))
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LIST).is_file():
        message = f"The folder “{folder}” holds files that are no copy of the book."
        hint = "Name an empty or a new folder; only an earlier copy is replaced."
        raise NablaError(Problem("folder-in-use", message, hint=hint))


def _earlier(folder: Path) -> set[str]:
    path = folder / LIST
    return set(path.read_text("utf-8").splitlines()) if path.is_file() else set()


def _remove(folder: Path, names: set[str]) -> None:
    inside = folder.resolve()
    for name in sorted(names):
        path = folder / name
        if not path.resolve().is_relative_to(inside):
            continue
        path.unlink(missing_ok=True)
        parent = path.parent
        while parent != folder and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent


def _write(path: Path, body: bytes) -> None:
    if path.is_file() and path.read_bytes() == body:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


__all__ = ["LIST", "check_folder", "write"]
