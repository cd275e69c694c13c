"""``{solution}``: folded away until the reader wants it; needs no JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    title = page.inline(call.argument, call.line) if call.argument else "Solution"
    return (
        f'<details class="solution">\n<summary>{title}</summary>\n'
        f'<div class="solution-body">\n{body}</div>\n</details>\n'
    )


SOLUTION = Block(name="solution", title="Solution", render=_render, argument="optional")
