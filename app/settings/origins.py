"""Where each value of the settings was written: file and line, environment, flag or default."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. ``name`` is that of the variable or flag."""

    kind: Literal["default", "file", "environment", "flag"]
    file: Path | None = None
    line: int | None = None
    name: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "file":
                return f"{self.file}:{self.line}"
            case "environment" | "flag":
                return self.name
        return "default"


DEFAULT = Origin("default")
Origins = Mapping[tuple[str, str], Origin]


def lines_of_keys(text: str) -> dict[tuple[str, str], int]:
    """The line of each ``section.key`` in a TOML text, whichever of its spellings is used.

    Sections themselves stand under (section, "").
    """
    found: dict[tuple[str, str], int] = {}
    section: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            section = _parts(header[1])
        elif not key:
            continue
        path = [*section, *(_parts(key[1]) if key and not header else [])]
        found.setdefault((path[0], ""), number)
        if len(path) > 1:
            found.setdefault((path[0], path[1]), number)
        elif key and not header:
            _inline(line, path[0], number, found)
    return found


def line_of_item(text: str, section: str, key: str, place: Sequence[str]) -> int | None:
    """The line of a part of a list that is written as tables, such as [[links.header]].

    ``place`` is the number of the table, from 0, and perhaps a key in it; None for other lists.
    """
    number, name = (*place, "", "")[:2]
    count, found = -1, None
    for at, line in enumerate(text.split("\n"), 1):
        header, written = _HEADER.match(line), _KEY.match(line)
        if header:
            here = line.lstrip().startswith("[[") and _parts(header[1]) == [section, key]
            count += here
            if found:
                break
            found = at if here and str(count) == number else None
        elif found and written and _parts(written[1]) == [name]:
            return at
    return found


def _parts(name: str) -> list[str]:
    return name.replace('"', "").split(".")


def _inline(line: str, section: str, number: int, found: dict[tuple[str, str], int]) -> None:
    """``section = {key = value}`` on one line."""
    for key in re.findall(r"[{,]\s*([\w-]+)\s*=", line):
        found.setdefault((section, key), number)


__all__ = ["DEFAULT", "Origin", "Origins", "line_of_item", "lines_of_keys"]
