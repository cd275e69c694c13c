"""``{math}``: a display formula as a directive; numbered when labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    tex = call.argument or call.body
    line = call.line if call.argument else call.body_line
    return page.equation(tex, line, call.anchor, call.number)


MATH = Block(
    name="math",
    title="Equation",
    render=_render,
    argument="optional",
    argument_is="formula",
    options=frozenset({"label"}),
    body="text",
    body_required=False,
    counter="equation",
    label_kind="equation",
)
