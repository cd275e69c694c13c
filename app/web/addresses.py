"""Every address of the book, built in one place.

``prefix`` is the path below which a proxy shows the book (empty, or ``/course``); whoever needs a
link asks here, so that a book behind a prefix has no link that leads out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode


def _unhashed(path: str) -> str:
    return path


@dataclass(frozen=True, slots=True)
class Addresses:
    """Builds addresses below ``prefix``; ``hashed`` puts a static file's digest into its path."""

    prefix: str = ""
    hashed: Callable[[str], str] = _unhashed

    def page(self, path: str) -> str:
        """A page by its path within the book, such as ``/glossary``."""
        return f"{self.prefix}{path}"

    def cover(self) -> str:
        return self.page("/")

    def lesson(self, slug: str, fragment: str = "") -> str:
        return self.page(f"/lessons/{quote(slug)}") + (f"#{quote(fragment)}" if fragment else "")

    def cheat_sheet(self, fragment: str = "") -> str:
        return self.page("/cheat-sheet") + (f"#{quote(fragment)}" if fragment else "")

    def derivations(self, group: str, fragment: str = "") -> str:
        """A group of the cheat sheet with all derivations."""
        return self.page(f"/cheat-sheet/{quote(group)}") + (
            f"#{quote(fragment)}" if fragment else ""
        )

    def glossary(self, fragment: str = "") -> str:
        return self.page("/glossary") + (f"#{quote(fragment)}" if fragment else "")

    def notation(self) -> str:
        return self.page("/notation")

    def privacy(self) -> str:
        return self.page("/privacy")

    def bibliography(self, fragment: str = "") -> str:
        return self.page("/bibliography") + (f"#{quote(fragment)}" if fragment else "")

    def calculator(self) -> str:
        return self.page("/calculator")

    def search(self, query: str = "") -> str:
        return self.page("/search") + (f"?{urlencode({'q': query})}" if query else "")

    def embed(self, widget: str) -> str:
        return self.page(f"/embed/{quote(widget)}")

    def api(self) -> str:
        return self.page("/api")

    def changes(self) -> str:
        """The stream of changes, there in watch mode only."""
        return self.page("/changes")

    def worker(self) -> str:
        """The worker that keeps the book for reading offline; its folder is what it may keep."""
        return self.page("/sw.js")

    def static(self, path: str) -> str:
        """A file of the static tree, by a name that changes with the tree."""
        return self.page(f"/static/{quote(self.hashed(path))}")
