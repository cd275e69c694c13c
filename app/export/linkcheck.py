"""Every address in a copy leads somewhere: to a file of the copy, and to a place in it.

Pages are asked for links, images, scripts, style sheets and preloads, style sheets for what they
load, modules for what they import, the search for what it finds.  What leads out of the book
(https://…) is not followed.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from app.diagnostics import Problem
from app.export.markup import without_formulas

_LEADING = {
    "a": ("href",),
    "area": ("href",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src",),
    "link": ("href",),
    "script": ("src",),
    "use": ("href",),
}
_OWN_META = ("nabla-answers", "nabla-places", "nabla-offline")
_LOADED = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)["']?\s*\)""")
_BESIDE = re.compile(
    r"""(?:\bnew[ ]URL\(|\bimport\(|^(?:import|export)\b(?:[^;"'()]*?\bfrom)?)
        \s*["'](\.{1,2}/[^"'`]+)["']""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass
class _Page(HTMLParser):
    """The ids of a page, and where it leads, with the line."""

    ids: set[str] = field(default_factory=set)
    targets: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if named.get("id"):
            self.ids.add(str(named["id"]))
        for name in _LEADING.get(tag, ()):
            if named.get(name) is not None:
                self.targets.append((str(named[name]), self.getpos()[0]))
        if tag == "meta" and named.get("name") in _OWN_META:
            self.targets.append((str(named.get("content")), self.getpos()[0]))


@dataclass(frozen=True)
class LinkCheck:
    """The files of a copy by their names, shown below ``prefix``."""

    files: Mapping[str, bytes]
    prefix: str

    def problems(self) -> list[Problem]:
        """Every address that leads nowhere, with file and line."""
        pages = {name: _read(body) for name, body in self.files.items() if name.endswith(".html")}
        found: dict[tuple[str, str], Problem] = {}
        for name, page in pages.items():
            for target, line in page.targets:
                reason = self._fault(name, target, pages)
                if reason:
                    problem = _problem(name, target, reason, line)
                    found.setdefault((name, target), problem)
        return [*found.values(), *self._in_sheets_and_modules(), *self._in_search(pages)]

    def _fault(self, name: str, target: str, pages: Mapping[str, _Page]) -> str:
        """Why an address in a file leads nowhere; empty when it leads somewhere."""
        parts = urlsplit(urljoin(self._address(name), target))
        if parts.scheme or parts.netloc:
            return ""
        path = unquote(parts.path)
        if path != f"{self.prefix}/" and not path.startswith(f"{self.prefix}/"):
            return f"it leads out of the book, which stands below {self.prefix}/"
        there = path.removeprefix(f"{self.prefix}/")
        there = f"{there}index.html" if not there or there.endswith("/") else there
        if there not in self.files:
            return "there is no such file in the copy"
        anchor = unquote(parts.fragment)
        if anchor and there in pages and anchor not in pages[there].ids:
            return f"{there} has no place called “{anchor}”"
        return ""

    def _address(self, name: str) -> str:
        return f"{self.prefix}/{name.removesuffix('index.html')}"

    def _in_sheets_and_modules(self) -> Iterator[Problem]:
        for name, body in self.files.items():
            pattern = {".css": _LOADED, ".js": _BESIDE}.get(posixpath.splitext(name)[1])
            if pattern is None or "/vendor/" in name:
                continue
            text = body.decode()
            for loaded in pattern.finditer(text):
                if reason := self._fault(name, loaded[1], {}):
                    line = text.count("\n", 0, loaded.start()) + 1
                    yield _problem(name, loaded[1], reason, line)

    def _in_search(self, pages: Mapping[str, _Page]) -> Iterator[Problem]:
        name = "search/places.json"
        for place in json.loads(self.files[name])["places"] if name in self.files else ():
            if reason := self._fault(name, place["address"], pages):
                yield _problem(name, place["address"], reason, None)


def _read(body: bytes) -> _Page:
    page = _Page()
    page.feed(without_formulas(body.decode()))
    page.close()
    return page


def _problem(name: str, target: str, reason: str, line: int | None) -> Problem:
    message = f"“{target}” leads nowhere: {reason}."
    return Problem("broken-link", message, file=Path(name), line=line)
