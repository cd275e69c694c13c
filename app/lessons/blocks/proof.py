"""``{proof}``: the text between "Proof" and the little square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, run_in
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    title = page.inline(call.argument, call.line) if call.argument else "Proof"
    opening = f'<em class="proof-title">{title}.</em> '
    return f'<div class="proof">\n{run_in(opening, body)}</div>\n'


PROOF = Block(name="proof", title="Proof", render=_render, argument="optional")
