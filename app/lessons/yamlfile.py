"""YAML as authors write it, with the line of everything.

YAML 1.2 (``no`` is a word, not a truth value), duplicate keys refused, no tags that build objects;
then a strict pydantic model.  Every mistake becomes a problem with its line and, for a misspelt
key, the nearest right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.lessons.errors import Notebook


class Strict(BaseModel):
    """The base of all that authors write as YAML or TOML: no unknown keys, no conversions."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
    )


Model = TypeVar("Model", bound=Strict)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: its data, and where each part of it stands."""

    data: Any
    root: Node | None
    first_line: int

    def line(self, path: Sequence[str | int] = ()) -> int:
        """The line of the value at ``path``, or of the nearest part above it that exists."""
        node, line = self.root, self.first_line
        for step in path:
            node, found = _child(node, step)
            if found is None:
                break
            line = self.first_line + found
        return line

    def text_line(self, path: Sequence[str | int]) -> int:
        """The line on which the text of a string value begins (after the ``|`` of a block)."""
        node = self.root
        for step in path:
            node, _ = _child(node, step)
        if not isinstance(node, ScalarNode):
            return self.line(path)
        return self.first_line + int(node.start_mark.line) + (node.style in ("|", ">"))


def read_yaml(text: str, notebook: Notebook, first_line: int = 1) -> Document | None:
    """The document in ``text``, whose first line is ``first_line`` of the file; None if broken."""
    parsed = _parse(text)
    if isinstance(parsed, tuple):
        return Document(*parsed, first_line)
    mark = getattr(parsed, "problem_mark", None)
    line = first_line + (mark.line if mark is not None else 0)
    notebook.note("yaml", f"This is not YAML: {_words(parsed)}.", line, _yaml_hint(parsed))
    return None


@lru_cache(maxsize=512)
def _parse(text: str) -> tuple[Any, Node | None] | YAMLError:
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        return (yaml.constructor.construct_document(node) if node else None), node
    except YAMLError as error:
        return error
    except (ValueError, RecursionError) as error:
        return YAMLError(str(error))


def _words(error: YAMLError) -> str:
    problem = error.problem if isinstance(error, MarkedYAMLError) else None
    return " ".join(str(problem or error).split())[:200].rstrip(".")


def _yaml_hint(error: YAMLError) -> str | None:
    words = _words(error)
    if "duplicate key" in words:
        return "Each key stands once."
    if "mapping values are not allowed" in words:
        return "Put the value into double quotes: it has a colon followed by a blank."
    if "escape" in words:
        return "Inside double quotes a backslash is doubled; single quotes take it as it is."
    return "Values with special characters stand in quotes."


def _child(node: Node | None, step: str | int) -> tuple[Node | None, int | None]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, int(key.start_mark.line)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, int(item.start_mark.line)
    return None, None


def validated(
    model: type[Model],
    data: Any,
    document: Document,
    notebook: Notebook,
    path: Sequence[str | int] = (),
) -> Model | None:
    """``data`` as ``model``; every mistake is noted at its line and None returned."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            _note(detail, model, document, notebook, path)
        return None


def _note(
    detail: Any, model: type[Strict], document: Document, notebook: Notebook, path: Sequence[Any]
) -> None:
    place = [step for step in detail["loc"] if isinstance(step, (str, int))]
    line = document.line([*path, *place])
    name = ".".join(str(step) for step in place)
    match detail["type"]:
        case "extra_forbidden":
            known = _keys(_part(model, place[:-1]))
            notebook.unknown("unknown-key", "key", str(place[-1]), known, line)
        case "missing":
            notebook.note("missing-key", f"The key “{name}” is missing.", line)
        case "model_type" | "dict_type":
            keys = ", ".join(_keys(_part(model, place)))
            hint = f"Keys: {keys}." if keys else "Write key = value, one a line."
            notebook.note("yaml", "Here must stand keys with values.", line, hint)
        case _:
            words = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
            words = _WORDS.get(detail["type"], words)
            notebook.note("value", f"“{name}” {words}.", line)


_WORDS = {
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "list_type": "should be a list",
    "string_too_short": "should not be empty",
    "too_short": "should not be empty",
}


def _part(model: Any, place: Sequence[Any]) -> Any:
    """The model of what stands at ``place``; None where there is none."""
    for step in place:
        if isinstance(step, int):
            continue
        fields = {field.alias or key: field for key, field in _fields(model)}
        kind = fields[step].annotation if step in fields else None
        model = next((each for each in (kind, *get_args(kind)) if _fields(each)), None)
    return model


def _fields(model: Any) -> list[tuple[str, FieldInfo]]:
    return list(getattr(model, "model_fields", {}).items())


def _keys(model: Any) -> list[str]:
    return [field.alias or key for key, field in _fields(model)]


__all__ = ["Document", "Strict", "read_yaml", "validated"]
