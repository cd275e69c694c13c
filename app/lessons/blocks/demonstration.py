"""``{demonstration}``: Markdown as it is written and below it what becomes of it.

The authors' guide is made of these: what is shown is what was read, so an example cannot be wrong
without being told.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call
from app.lessons.highlight import highlighted

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    text = call.body.strip("\n") + "\n"
    code = highlighted(text, "markdown") or escape(text, quote=False)
    return (
        '<div class="demonstration">\n<div class="code"><pre><code class="language-markdown">'
        f'{code}</code></pre></div>\n<div class="demonstration-result">\n{body}</div>\n</div>\n'
    )


DEMONSTRATION = Block(name="demonstration", title="Demonstration", render=_render)
