"""The book as it ships and the example overlays, read and checked once in a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.lessons import Book
from app.lessons.check import Report, examine
from app.resources import book_root
from tests.support.server import REPOSITORY

SHIPPED = book_root() / "content"
EXAMPLES = REPOSITORY / "examples"


def report(example: str = "") -> Report:
    """What ``nabla check`` finds in the shipped book, or in an example."""
    return _examined(EXAMPLES / example if example else SHIPPED)


@cache
def _examined(folder: Path) -> Report:
    return examine(folder)


def book(example: str = "") -> Book:
    """The shipped book, or an example."""
    found = report(example).book
    assert found is not None
    return found
