"""Ordinary Markdown links, checked: pages and places within the book must exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering

# Pages that are no text of the book; what stands below the last ones is not looked at.
FIXED = (
    *("/", "/api/docs", "/bibliography", "/calculator", "/cheat-sheet", "/glossary", "/privacy"),
    "/search",
)
_BEHIND = ("/api/", "/static/", "/embed/")


def check_link(page: Rendering, href: str, line: int) -> None:
    """Take down what is wrong with the address of a link."""
    if href.startswith("#"):
        _check_anchor(page, page.path, href[1:], line)
    elif href.startswith("/") and not href.startswith("//"):
        _check_page(page, href, line)
    elif not re.match(r"https?://[^/]|mailto:.", href):
        page.notebook.note(
            "link",
            f"“{href}” leads nowhere.",
            line,
            "Refer to lessons and sections with {ref}`label`; other addresses begin with https://.",
        )


def _check_page(page: Rendering, href: str, line: int) -> None:
    places, parts = page.book.places, urlsplit(href)
    if places is None or parts.path.startswith(_BEHIND):
        return
    slug = parts.path.removeprefix("/lessons/")
    if parts.path not in places and slug in page.book.hidden:
        page.note_hidden(page.book.hidden[slug], line)
    elif parts.path not in places:
        page.notebook.unknown("unknown-page", "page", parts.path, places, line)
    elif parts.fragment:
        _check_anchor(page, parts.path, parts.fragment, line)


def _check_anchor(page: Rendering, path: str, anchor: str, line: int) -> None:
    known = (page.book.places or {}).get(path)
    page.book.used.add(anchor)
    if known is None or anchor in known:
        return
    hidden = page.book.hidden.get(anchor)
    if hidden is not None and hidden.target.path == path:
        page.note_hidden(hidden, line)
    else:
        where = "this page" if path == page.path else path
        page.notebook.unknown("unknown-anchor", f"place on {where} called", anchor, known, line)


__all__ = ["FIXED", "check_link"]
