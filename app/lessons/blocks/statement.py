"""``{definition}``, ``{theorem}``, ``{example}``, ``{exercise}``: numbered, perhaps named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, attributes
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    name = f"{BY_NAME[call.name].title} {call.number}"
    title = page.inline(call.argument, call.line) if call.argument else ""
    heading = f"{call.anchor}-title"
    named = f' <span class="statement-topic">{title}</span>' if title else ""
    return (
        f'<div class="statement {call.name}" role="group"'
        f"{attributes(id=call.anchor, aria_labelledby=heading)}>\n"
        f'<p class="statement-title" id="{heading}">'
        f'<span class="statement-name">{name}</span>{named}</p>\n{body}</div>\n'
    )


def _statement(name: str, title: str, counter: str = "statement") -> Block:
    return Block(
        name=name,
        title=title,
        render=_render,
        argument="optional",
        options=frozenset({"label"}),
        counter=counter,
        always_numbered=True,
        label_kind="exercise" if counter == "exercise" else "statement",
        anchor=name,
    )


STATEMENTS = (
    _statement("definition", "Definition"),
    _statement("theorem", "Theorem"),
    _statement("example", "Example"),
    _statement("exercise", "Exercise", "exercise"),
)
BY_NAME = {block.name: block for block in STATEMENTS}
