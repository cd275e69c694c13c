"""``{note}``, ``{tip}``, ``{warning}``, ``{summary}``: a box beside the course of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, attributes
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    title = page.inline(call.argument, call.line) if call.argument else BY_NAME[call.name].title
    heading = f"{call.anchor}-title"
    return (
        f'<div class="admonition {call.name}" role="note"'
        f"{attributes(id=call.anchor, aria_labelledby=heading)}>\n"
        f'<p class="admonition-title" id="{heading}">{title}</p>\n{body}</div>\n'
    )


def _admonition(name: str, title: str) -> Block:
    return Block(
        name=name,
        title=title,
        render=_render,
        argument="optional",
        options=frozenset({"label"}),
        label_kind="section",
        anchor=name,
    )


ADMONITIONS = (
    _admonition("note", "Note"),
    _admonition("tip", "Tip"),
    _admonition("warning", "Warning"),
    _admonition("summary", "Summary"),
)
BY_NAME = {block.name: block for block in ADMONITIONS}
