"""Every address that lessons link to, built in one place.

``prefix`` is the path below which a proxy shows the book (empty, or ``/course``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Root-relative addresses of the book's pages."""

    prefix: str = ""

    def page(self, path: str, anchor: str = "") -> str:
        """The address of a page such as ``/lessons/jacobian``, with a fragment if there is one."""
        return f"{self.prefix}{path}" + (f"#{anchor}" if anchor else "")

    def lesson(self, slug: str, anchor: str = "") -> str:
        return self.page(f"/lessons/{slug}", anchor)

    def term(self, anchor: str) -> str:
        return self.page("/glossary", anchor)

    def work(self, anchor: str) -> str:
        return self.page("/bibliography", anchor)

    def identity(self, anchor: str) -> str:
        return self.page("/cheat-sheet", anchor)


def slugify(text: str) -> str:
    """Lowercase letters, digits and hyphens: a name for an address or an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"
