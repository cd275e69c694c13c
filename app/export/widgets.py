"""The widgets of a page with their options, read from the page itself: so nothing is missed that
any lesson, reference page or template shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from app.export.markup import without_formulas


class _Widgets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, Any]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if name := named.get("data-widget"):
            self.found.append((name, json.loads(named.get("data-options") or "{}")))


def widgets_in(html: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Names and options of all widgets in a page."""
    parser = _Widgets()
    parser.feed(without_formulas(html))
    parser.close()
    yield from parser.found


__all__ = ["widgets_in"]
