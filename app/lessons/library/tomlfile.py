"""TOML as authors write it, with the line of everything; the library gives the data alone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.lessons.errors import Notebook
from app.lessons.sources import read_text
from app.lessons.yamlfile import Document

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([\w-]+))\s*=")

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TomlDocument(Document):
    """A TOML document: its data and the line of each key."""

    text: str = ""
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, path: Sequence[str | int] = ()) -> int:
        """The line of the value at ``path``, or of the nearest part above it that is written."""
        place, word = tuple(path), self._word(path)
        while place and place not in self.lines:
            place = place[:-1]
        start = self.lines.get(place, 1)
        return start if word is None or place == tuple(path) else self.line_of(word, start)

    def line_of(self, word: str, start: int = 1) -> int:
        """The first line from ``start`` on that holds ``word`` in quotes, else ``start``."""
        quoted = (f'"{word}"', f"'{word}'")
        rows = self.text.split("\n")
        for number in range(start, len(rows) + 1):
            if any(each in rows[number - 1] for each in quoted):
                return number
        return start

    def _word(self, path: Sequence[str | int]) -> str | None:
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value if isinstance(value, str) else None


def read_toml(path: Path, notebook: Notebook) -> TomlDocument | None:
    """The document in a file; None, with the problem noted, if there is none."""
    text = read_text(path, notebook)
    if text is None:
        return None
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        message = re.sub(r" \(at .*\)", "", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        notebook.note("toml", f"This is not TOML: {message}.", line)
        return None
    return TomlDocument(data, None, 1, text, _lines(text))


def _lines(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {}
    table: Place = ()
    counts: Counter[str] = Counter()
    for number, row in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(row), _KEY.match(row)
        if header:
            name = header[2].strip('"')
            table = (name, counts[name]) if header[1] == "[[" else (name,)
            counts[name] += header[1] == "[["
            found.setdefault(table, number)
        elif key:
            found.setdefault((*table, key[1] or key[2] or key[3]), number)
    return found


__all__ = ["TomlDocument", "read_toml"]
