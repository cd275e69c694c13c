"""What ``nabla doctor`` looks at first: Python, the libraries, the files of the book.

Nothing here needs a library, so that one that is missing can be named instead of being stumbled
over.  What was installed is held against the lists that the installer keeps of it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from typing import Final, Literal

DISTRIBUTION: Final = "nabla-textbook"
OLDEST_PYTHON: Final = (3, 11)
AGAIN: Final = "Install the book again, such as from its folder: pip install --force-reinstall ."
MOST_NAMES: Final = 5
# A row of static/vendor/README.md: the file comes first, its SHA-256 last.
VENDORED: Final = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
_REQUIRED: Final = re.compile(r"(?P<name>[\w.-]*\w)")
_OLDEST: Final = re.compile(r"(?:>=|==|~=)\s*(?P<oldest>\d[\d.]*)")
_RUN: Final = (".py", ".so", ".pyd")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``hint`` says what to do where it is not right."""

    name: str
    message: str
    level: Literal["ok", "warning", "error"] = "ok"
    hint: str = ""


def python() -> Iterator[Finding]:
    """The interpreter is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        hint = f"Install Python {wanted} or newer and create the environment with it."
        yield Finding("python", f"Python {found} is too old.", "error", hint)
    else:
        yield Finding("python", f"Python {found}.")


def libraries() -> Iterator[Finding]:
    """Every library is installed, whole, and new enough; also those that libraries need."""
    try:
        book = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        hint = "Install it with pip, also from a checkout: pip install -e ."
        message = "The book runs from its files and is not installed, so libraries are not known."
        yield Finding("libraries", message, "warning", hint)
        return
    seen: dict[str, str] = {}
    wrong: list[str] = []
    for requirement in _required(book):
        wrong += _faults(requirement, seen)
    if wrong:
        yield Finding("libraries", f"{_some(wrong, '; ')}.", "error", AGAIN)
    else:
        yield Finding("libraries", f"All {len(seen)} libraries are installed.")


def _required(library: Distribution) -> list[str]:
    """What it needs under all circumstances."""
    return [each for each in library.requires or () if ";" not in each]


def _faults(requirement: str, seen: dict[str, str]) -> Iterator[str]:
    """What is wrong with a library, and with those that it needs; ``seen`` has their versions."""
    read = _REQUIRED.match(requirement)
    if read is None:
        return
    name, oldest = read["name"], _OLDEST.search(requirement)
    if name not in seen:
        try:
            library = distribution(name)
        except PackageNotFoundError:
            seen[name] = ""
            yield f"{name} is missing"
            return
        seen[name] = library.version
        gone = [file for file in _files(library) if not Path(str(file.locate())).exists()]
        if gone:
            yield f"{name} is incomplete ({gone[0]})"
        for further in _required(library):
            yield from _faults(further, seen)
    if oldest and seen[name] and _numbers(seen[name]) < _numbers(oldest["oldest"]):
        yield f"{name} {seen[name]} is older than {oldest['oldest']}"


def _files(library: Distribution) -> Iterator[PackagePath]:
    """The programs of a library, where its installer has left a list."""
    return (file for file in library.files or () if file.suffix in _RUN)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers with which a version begins; 2.0 is 2."""
    start = re.match(r"[\d.]*", version)
    numbers = [int(part) for part in (start[0] if start else "").split(".") if part]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def files() -> Iterator[Finding]:
    """Content, templates, static files and programs are there, and are as they were shipped."""
    from app.resources import book_root

    try:
        vendor = book_root() / "static" / "vendor"
        table = VENDORED.findall((vendor / "README.md").read_text("utf-8"))
    except OSError as error:
        yield Finding("files", f"Files of the book are missing: {words(error)}.", "error", AGAIN)
        return
    expected = {vendor / name: digest for name, digest in table} | _installed()
    found = {path: _digest(path) for path in expected}
    missing = [_shown(path) for path, digest in found.items() if not digest]
    changed = [_shown(path) for path, digest in found.items() if digest not in ("", expected[path])]
    if missing:
        yield Finding("files", f"Missing: {_some(missing)}.", "error", AGAIN)
    if changed:
        hint = f"{AGAIN} What you want to change in the book belongs in an overlay."
        yield Finding("files", f"Not as shipped: {_some(changed)}.", "error", hint)
    if not missing and not changed:
        yield Finding("files", f"{len(expected)} files have the checksums they should have.")


def _installed() -> dict[Path, str]:
    """What the installer has put down for the book, with checksums; a checkout has next to none."""
    try:
        listed = distribution(DISTRIBUTION).files or ()
    except PackageNotFoundError:
        return {}
    return {
        Path(str(file.locate())): base64.urlsafe_b64decode(f"{file.hash.value}==").hex()
        for file in listed
        if file.hash is not None and file.hash.mode == "sha256" and ".." not in file.parts
    }


def _digest(path: Path) -> str:
    """The SHA-256 of a file, empty when there is none that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _shown(path: Path) -> str:
    """The last parts of a path: enough to find the file."""
    return "/".join(path.parts[-3:])


def _some(names: list[str], between: str = ", ") -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES
    return between.join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def words(error: OSError) -> str:
    """What the system says, as part of a sentence."""
    return (error.strerror or str(error)).rstrip(".").lower()


def examine_installation() -> Iterator[Finding]:
    """What all of these find."""
    for examination in (python, libraries, files):
        try:
            yield from examination()
        except Exception as error:  # whatever breaks here is itself a finding
            message = f"This could not be examined: {type(error).__name__}."
            yield Finding(examination.__name__, message, "error", AGAIN)


__all__ = ["DISTRIBUTION", "VENDORED", "Finding", "examine_installation", "words"]
