"""A directive as it stands in a lesson: ``{name} argument``, option lines, body.

    ```{figure} bent-grid.svg
    :alt: A square and its image.
    :label: fig-bent-grid
    The caption.
    ```

An option's value is plain text; where it begins like a YAML value (quote, bracket, brace) it is
read as YAML.  Lines indented below an option continue it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from app.lessons.errors import Notebook
from app.lessons.yamlfile import read_yaml

_HEADER = re.compile(r"^\{(?P<name>[^}\s]*)\}[ \t]*(?P<argument>.*)$")
_OPTION = re.compile(r"^:(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?$")


@dataclass(slots=True)
class Call:
    """One use of a directive.

    ``line`` is that of its opening fence, ``option_lines`` say where each option stands.
    ``number`` (such as "4.2") and ``anchor`` are filled in when the page is numbered.
    """

    name: str
    argument: str
    line: int
    options: dict[str, Any] = field(default_factory=dict)
    option_lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 0
    number: str = ""
    anchor: str = ""

    @property
    def label(self) -> str:
        """What the author calls it, or "" ."""
        return str(self.options.get("label", ""))

    def text(self, option: str, default: str = "") -> str:
        """An option as text."""
        return str(self.options.get(option, default))


def header(info: str) -> tuple[str, str] | None:
    """Name and argument of a directive's opening line, or None for an ordinary fence."""
    found = _HEADER.match(info.strip())
    return (found["name"], found["argument"].strip()) if found else None


def read_call(info: str, content: str, line: int, notebook: Notebook) -> Call | None:
    """The call that a fence with this info string and content is, or None for ordinary code."""
    opening = header(info)
    if opening is None:
        return None
    call = Call(*opening, line)
    lines = content.split("\n")
    position = 0
    while position < len(lines) and (found := _OPTION.match(lines[position])):
        start, value = position, found["value"] or ""
        position += 1
        while position < len(lines) and re.match(r"[ \t]{2,}\S", lines[position]):
            value += "\n" + lines[position]
            position += 1
        _take(call, found["name"], value, line + 1 + start, notebook)
    call.body = "\n".join(lines[position:])
    call.body_line = line + 1 + position
    return call


def _take(call: Call, name: str, value: str, line: int, notebook: Notebook) -> None:
    if name in call.options:
        notebook.note("duplicate-option", f"The option “{name}” stands twice.", line)
    call.option_lines[name] = line
    call.options[name] = _value(value.strip(), line, notebook)


def _value(text: str, line: int, notebook: Notebook) -> Any:
    if not text.startswith(('"', "'", "[", "{")):
        return " ".join(text.split())
    document = read_yaml(text, notebook, line)
    return text if document is None else document.data
