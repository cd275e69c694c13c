"""What the search of a copy finds, as one file; ``static/page/places.js`` reads it.

The browser ranks as the server does (``static/search``); how a result looks is said here, by the
book's own template: it is rendered with signs in the place of what will be found.
"""

from __future__ import annotations

import json
from typing import Any

from app.export.addresses import Folders
from app.lessons.model import Book, Hit
from app.lessons.search import Entry, searchable
from app.pages.contexts import SearchFragment
from app.pages.edition import Edition

ADDRESS, TITLE, PLACE, EXCERPT, QUERY = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
MEANT = "\ue015"


def places_file(book: Book, edition: Edition, folders: Folders) -> bytes:
    """All places with their words, and how results look: none, misspelt, one of each shape."""
    entries = book.index.entries
    ones = {_shape(entry): _fragment(_hit(entry)) for entry in entries}
    content = {
        "none": folders.rewritten(edition.render(_fragment())),
        "meant": folders.rewritten(edition.render(_fragment(meant=MEANT))),
        "shapes": {shape: folders.rewritten(edition.render(ones[shape])) for shape in sorted(ones)},
        "places": [_place(entry, folders) for entry in entries],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _fragment(*hits: Hit, meant: str = "") -> SearchFragment:
    return SearchFragment(query=QUERY, meant=meant, hits=hits)


def _place(entry: Entry, folders: Folders) -> dict[str, Any]:
    address = folders.address(entry.address)
    return searchable(entry) | {"address": address, "place": entry.place, "shape": _shape(entry)}


def _shape(entry: Entry) -> str:
    """What decides how a result looks."""
    return f"{entry.kind}{' placed' if entry.place else ''}{' told' if entry.body else ''}"


def _hit(entry: Entry) -> Hit:
    place, excerpt = PLACE if entry.place else "", EXCERPT if entry.body else ""
    return Hit(entry.kind, ADDRESS, TITLE, place, excerpt)


__all__ = ["places_file"]
