"""What widgets exist, which options each takes, and the element by which a page holds one.

``static/widgets/<name>/options.json`` describes a widget: title, description, and its options in a
subset of JSON Schema (type, items, minItems, maxItems, enum, minimum, maximum, default), with
``language`` for those that hold expressions and ``names`` for those that name something.
``presets/<name>.yaml`` lists its examples: options, and what is described below ``presets``.
Besides its own options every widget takes ``state``: the state at the start, in the words of its
links, as its share dialog writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from app.diagnostics import Problem, did_you_mean
from app.lessons.calls import Call
from app.lessons.datasets import Columns
from app.lessons.errors import Notebook
from app.lessons.expressions import expression_problems
from app.lessons.option_names import name_problems
from app.lessons.sources import read_text
from app.lessons.yamlfile import read_yaml

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}

_EVERY_PRESET = {name: {"type": "string"} for name in ("id", "title", "look")}
_NEEDED = ("id", "title")
STATE = "state"
_STATE_TEXT = re.compile(r"\d{1,4}(~\w+\.[^~]*)*")


@dataclass(frozen=True, slots=True)
class KnownWidget:
    """A widget that lessons can show."""

    name: str
    title: str
    options: Mapping[str, Mapping[str, Any]]
    presets: tuple[Any, ...] = field(default=(), repr=False)
    columns: Columns = field(default_factory=dict, repr=False)

    @property
    def examples(self) -> list[str]:
        """The ids of its presets."""
        return [str(preset["id"]) for preset in self.presets if "id" in preset]


def known_widgets(
    folder: Path, presets: Callable[[str], Sequence[Path]], columns: Columns
) -> tuple[dict[str, KnownWidget], list[Notebook]]:
    """The widgets whose description stands in ``folder``, with their presets.

    ``presets`` finds the files for a name, such as ``presets/jacobian.yaml``, the lowest layer
    first: an example replaces the one with its id in a lower layer.  ``columns`` are those of the
    book's datasets.
    """
    found: dict[str, KnownWidget] = {}
    notebooks = []
    for path in sorted(folder.glob("*/options.json")):
        notebook = Notebook(path)
        notebooks.append(notebook)
        described = _described(path, notebook)
        if described:
            name, options = path.parent.name, described.get("options", {})
            keys = {**_EVERY_PRESET, **options, **described.get("presets", {})}
            files = [Notebook(each) for each in presets(f"presets/{name}.yaml")]
            notebooks += files
            examples: dict[str, Any] = {}
            for each in files:
                examples |= _presets(each, keys, columns)
            title = str(described.get("title", name))
            found[name] = KnownWidget(name, title, options, tuple(examples.values()), columns)
    return found, notebooks


def _described(path: Path, notebook: Notebook) -> dict[str, Any] | None:
    try:
        described = json.loads(read_text(path, notebook) or "")
    except json.JSONDecodeError as error:
        notebook.note("json", f"This is not JSON: {error.msg}.", error.lineno)
        return None
    if not isinstance(described, dict) or not isinstance(described.get("options", {}), dict):
        notebook.note("json", "A widget's description has a title and options.", 1)
        return None
    return described


def _presets(
    notebook: Notebook, keys: Mapping[str, Mapping[str, Any]], columns: Columns
) -> dict[str, Mapping[str, Any]]:
    """The examples of a file by their id; those that do not fit ``keys`` are noted."""
    text = read_text(notebook.file, notebook)
    document = read_yaml(text, notebook) if text is not None else None
    if document is None:
        return {}
    if not isinstance(document.data, list):
        notebook.note("yaml", "The file must be a list of presets.", 1, "Begin each with “- id:”.")
        return {}
    found: dict[str, Mapping[str, Any]] = {}
    for index, preset in enumerate(document.data):
        line = document.line([index])
        if not isinstance(preset, dict):
            notebook.note("yaml", "A preset has keys with values, such as id and title.", line)
            continue
        name = str(preset.get("id", f"{notebook.file}-{index}"))
        if name in found:
            notebook.note("duplicate-id", f"The preset “{name}” stands twice.", line)
        for key, problem in _preset_problems(preset, keys, columns):
            notebook.add(problem, document.line([index, key]))
        found[name] = preset
    return found


def _preset_problems(
    preset: Mapping[str, Any], keys: Mapping[str, Mapping[str, Any]], columns: Columns
) -> Iterator[tuple[str, Problem]]:
    """What is wrong with an example, each with its key."""
    for key in _NEEDED:
        if key not in preset:
            yield key, Problem("missing-key", f"The key “{key}” is missing.")
    for key, value in preset.items():
        if key not in keys:
            hint = did_you_mean(str(key), keys) or f"Known: {', '.join(keys)}."
            yield str(key), Problem("unknown-key", f"There is no key “{key}”.", hint=hint)
        elif mistake := _mistake(value, keys[key]):
            yield key, Problem("option", f"“{key}” {mistake}.")
    yield from expression_problems(preset, keys)
    yield from name_problems(preset, keys, columns, ())


def options_of(call: Call, widget: KnownWidget, notebook: Notebook) -> dict[str, Any]:
    """The call's options, checked against the widget's description."""
    options: dict[str, Any] = {}
    for name, value in call.options.items():
        if name == "label":
            continue
        line = call.option_lines[name]
        schema = widget.options.get(name)
        if name == STATE:
            options[name] = _state(value, line, notebook)
            continue
        if schema is None:
            what = f"option of the widget “{widget.name}” called"
            notebook.unknown("unknown-option", what, name, (*widget.options, STATE), line)
            continue
        converted = _converted(value, schema)
        mistake = _mistake(converted, schema)
        if mistake:
            hint = str(schema.get("description", "")) or None
            notebook.note("option", f"“{name}” {mistake}.", line, hint)
        options[name] = converted
    for name, problem in (
        *expression_problems(options, widget.options),
        *name_problems(options, widget.options, widget.columns, widget.examples),
    ):
        notebook.add(problem, call.option_lines[name])
    return options


def _state(value: Any, line: int, notebook: Notebook) -> str:
    text = str(value)
    if not _STATE_TEXT.fullmatch(text):
        hint = "The button “Share” of a widget writes the state that it is in."
        notebook.note("option", "“state” should be a version and fields: 1~x.1.25~y.2.", line, hint)
    return text


def _converted(value: Any, schema: Mapping[str, Any]) -> Any:
    """Options are text; a number or a truth value is read where the description wants one."""
    if not isinstance(value, str) or schema.get("type") not in ("number", "integer", "boolean"):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _mistake(value: Any, schema: Mapping[str, Any]) -> str | None:
    kind = str(schema.get("type", ""))
    types = _TYPES.get(kind)
    if types and (not isinstance(value, types) or (isinstance(value, bool) and kind != "boolean")):
        return f"should be of type {kind}"
    if "enum" in schema and value not in schema["enum"]:
        return f"should be one of {', '.join(map(str, schema['enum']))}"
    if isinstance(value, (int, float)):
        return _range_mistake(value, schema)
    if isinstance(value, list):
        return _list_mistake(value, schema)
    return None


def _range_mistake(value: float, schema: Mapping[str, Any]) -> str | None:
    if value < schema.get("minimum", value):
        return f"should be at least {schema['minimum']}"
    if value > schema.get("maximum", value):
        return f"should be at most {schema['maximum']}"
    return None


def _list_mistake(value: list[Any], schema: Mapping[str, Any]) -> str | None:
    fewest, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < fewest or (most is not None and len(value) > most):
        wanted = fewest if fewest == most else f"{fewest} to {most or 'any number of'}"
        return f"should have {wanted} entries"
    items = schema.get("items")
    if isinstance(items, Mapping):
        for item in value:
            mistake = _mistake(item, items)
            if mistake:
                return f"has an entry that {mistake}"
    return None


def widget_element(
    widget: KnownWidget, anchor: str, options: Mapping[str, Any], fallback: str
) -> str:
    """The element that ``boot.js`` brings to life; its content is the text alternative."""
    return (
        f'<figure class="widget" data-widget="{widget.name}" id="{anchor}"'
        f' aria-label="{escape(widget.title)}"'
        f' data-options="{_json(options)}" data-presets="{_json(widget.presets)}">\n'
        f"{fallback}</figure>\n"
    )


def shown_alone(widget: KnownWidget, folder: Path) -> str | None:
    """The element of a widget that no lesson shows, by its own example; None where it has none."""
    path = folder / widget.name / "example.json"
    if not path.is_file():
        return None
    example = json.loads(path.read_text("utf-8"))
    words = f"<p>{escape(example['alternative'])}</p>\n"
    return widget_element(widget, f"widget-{widget.name}", example["options"], words)


def _json(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))
