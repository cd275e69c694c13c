"""A book with six lessons and an overlay above it, for tests of what overlays do."""

from __future__ import annotations

from pathlib import Path

from app.lessons import Book, load
from app.lessons.errors import Notebook
from app.lessons.library import open_library
from tests.lessons.support import FRONT, SmallBook

PLAN = """\
title = "The book below"
[[chapters]]
id = "one"
title = "One"
lessons = ["first", "second"]
[[chapters]]
id = "two"
title = "Two"
lessons = ["third", "fourth"]
[[chapters]]
id = "guide"
title = "Guide"
appendix = true
lessons = ["fifth", "sixth"]
"""


class Overlay:
    """A book with six lessons and an overlay above it."""

    def __init__(self, folder: Path) -> None:
        self.base = SmallBook(folder / "base")
        self.base.write("book.toml", PLAN)
        for name in ("first", "third", "fourth", "fifth", "sixth"):
            chapter = {"first": "one", "third": "two", "fourth": "two"}.get(name, "guide")
            text = FRONT.replace("First", name) + f"About {name}.\n"
            self.base.write(f"chapters/{chapter}/{name}/lesson.md", text)
        self.folder = folder / "book"
        self.write("book.toml", 'extends = "../base"\n')

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def plan(self, text: str) -> dict[str, list[str]]:
        """The lessons of each chapter under a plan without mistakes."""
        self.write("book.toml", f'extends = "../base"\n{text}')
        notes = Notebook(self.folder / "book.toml")
        library = open_library(self.folder, notes)
        assert library is not None
        assert notes.problems == []
        return {chapter.id: chapter.lessons for chapter in library.plan.chapters}

    def load(self, plan: str = "") -> Book:
        """The book, which must have no errors."""
        if plan:
            self.write("book.toml", f'extends = "../base"\n{plan}')
        book = load(self.folder, widgets=self.base.folder / "widgets")
        assert [str(p) for p in book.problems if p.level == "error"] == []
        return book
