"""``{table} Caption``: a table with a number and a caption around an ordinary pipe table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, attributes
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    caption = page.inline(call.argument, call.line)
    return (
        f'<figure class="table"{attributes(id=call.anchor)}>\n'
        f'<figcaption><span class="caption-number">Table {call.number}</span> {caption}'
        f"</figcaption>\n{body}</figure>\n"
    )


TABLE = Block(
    name="table",
    title="Table",
    render=_render,
    argument="required",
    argument_is="caption",
    options=frozenset({"label"}),
    counter="table",
    always_numbered=True,
    label_kind="table",
    anchor="table",
)
