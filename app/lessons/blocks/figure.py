"""``{figure} file.svg``: a picture beside the lesson, in the page itself, with its caption."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, attributes, run_in
from app.lessons.calls import Call
from app.lessons.pictures import picture

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    alt = call.text("alt")
    drawn = picture(page.folders, call.argument, page.notebook, call.line, f"{call.anchor}-")
    number = f'<span class="caption-number">Figure {call.number}</span> '
    return (
        f'<figure class="figure"{attributes(id=call.anchor)}>\n'
        f'<div class="figure-picture" role="img" aria-label="{escape(alt)}">{drawn}</div>\n'
        f"<figcaption>{run_in(number, body)}</figcaption>\n</figure>\n"
    )


FIGURE = Block(
    name="figure",
    title="Figure",
    render=_render,
    argument="required",
    argument_is="file",
    options=frozenset({"alt", "label"}),
    required=frozenset({"alt"}),
    counter="figure",
    always_numbered=True,
    label_kind="figure",
    anchor="figure",
)
