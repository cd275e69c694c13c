"""``{proof}``: the text between "Proof" and the little square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    title = page.inline(call.argument, call.line) if call.argument else "Proof"
    opening = f'<em class="proof-title">{title}.</em> '
    rest = body.removeprefix("<p>")
    joint = "" if body.startswith("<p>") else "</p>\n"
    return f'<div class="proof">\n<p>{opening}{joint}{rest}</div>\n'


PROOF = Block(name="proof", title="Proof", render=_render, argument="optional")
