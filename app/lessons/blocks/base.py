"""What a directive is: its name, what it takes, and how it becomes HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from app.lessons.calls import Call
from app.lessons.errors import Notebook

if TYPE_CHECKING:
    from app.lessons.numbering import Kind
    from app.lessons.rendering import Rendering

Render = Callable[[Call, "Rendering", str], str]
"""Receives the call, the page under way and the body as HTML; returns HTML, notes problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A directive.

    ``argument`` says whether text may or must follow the name, and ``argument_is`` what that text
    is, for messages.  ``options`` are the allowed ones, ``required`` those that must be there;
    ``any_options`` leaves the check to ``render``.  ``body`` is Markdown, plain text, or nothing.
    What has a ``counter`` is numbered when labelled, or always; ``label_kind`` says what a label on
    it means, and ``anchor`` begins the id of what has no label.
    """

    name: str
    title: str
    render: Render
    argument: Literal["required", "optional", "none"] = "none"
    argument_is: str = "title"
    options: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    any_options: bool = False
    body: Literal["markdown", "text", "none"] = "markdown"
    body_required: bool = True
    counter: str = ""
    always_numbered: bool = False
    label_kind: Kind | None = None
    anchor: str = ""


def check_call(call: Call, block: Block, page: Rendering) -> bool:
    """Whether the call is as the block wants it; every mistake is noted."""
    notebook, before = page.notebook, len(page.notebook.problems)
    _check_argument(call, block, notebook)
    _check_options(call, block, notebook)
    _check_body(call, block, notebook)
    return len(notebook.problems) == before


def _check_argument(call: Call, block: Block, notebook: Notebook) -> None:
    if block.argument == "required" and not call.argument:
        notebook.note(
            "missing-argument",
            f"The directive “{call.name}” needs its {block.argument_is} after the name.",
            call.line,
        )
    if block.argument == "none" and call.argument:
        notebook.note(
            "argument",
            f"The directive “{call.name}” takes nothing after its name.",
            call.line,
            "Put the text into the body.",
        )


def _check_options(call: Call, block: Block, notebook: Notebook) -> None:
    if not block.any_options:
        for name in call.options.keys() - block.options:
            what = f"option of “{call.name}” called"
            line = call.option_lines[name]
            notebook.unknown("unknown-option", what, name, block.options, line)
    for name in sorted(block.required):
        if not call.text(name).strip():
            notebook.note(
                "missing-option",
                f"The directive “{call.name}” needs the option “{name}”.",
                call.line,
                f"Add a line :{name}: below its name.",
            )


def _check_body(call: Call, block: Block, notebook: Notebook) -> None:
    if block.body != "none" and block.body_required and not call.body.strip():
        notebook.note(
            "missing-body",
            f"The directive “{call.name}” is empty.",
            call.line,
            "Write its text between the opening and the closing line.",
        )
    if block.body == "none" and call.body.strip():
        notebook.note(
            "body", f"The directive “{call.name}” takes no body.", call.body_line, "Leave it empty."
        )


def attributes(**values: str) -> str:
    """HTML attributes from names and values; empty values are left out, ``class_`` is class."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value
    )


def run_in(opening: str, body: str) -> str:
    """``opening`` at the beginning of the body's first paragraph."""
    joint = "" if body.startswith("<p>") else "</p>\n"
    return f"<p>{opening}{joint}{body.removeprefix('<p>')}"
