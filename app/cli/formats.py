"""How a list of problems is printed: for people, for programs, for GitHub's checks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.diagnostics import Problem

Format = Callable[[Sequence[Problem]], str]
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def as_text(problems: Sequence[Problem]) -> str:
    """One problem a line: ``file:line: level: text``."""
    return "".join(f"{replace(each, file=_shown(each.file))}\n" for each in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """An object with the problems and how many there are of each level."""
    levels = Counter(each.level for each in problems)
    content = {
        "errors": levels["error"],
        "warnings": levels["warning"],
        "notes": levels["note"],
        "problems": [_object(each) for each in problems],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands: GitHub shows them beside the lines that they are about."""
    return "".join(_command(each) for each in problems)


def _object(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(_shown(problem.file)) if problem.file else None,
        "line": problem.line,
        "level": problem.level,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _command(problem: Problem) -> str:
    place = {"file": _shown(problem.file), "line": problem.line, "title": problem.code}
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items() if value)
    text = f"{problem.message} {problem.hint or ''}".strip()
    return f"::{_GITHUB[problem.level]} {properties}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")


def _shown(file: Path | None) -> Path | None:
    """The file from the current folder if it lies below, as a click in an editor needs it."""
    if file is None or not file.is_absolute():
        return file
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def count(number: int, word: str) -> str:
    """``no errors``, ``1 error``, ``2 errors``."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github}
)

__all__ = ["FORMATS", "count"]
