"""``{numerator}`` and ``{denominator}``: text for one layout; a style sheet shows one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    return f'<div class="layout-{call.name}">\n{body}</div>\n'


LAYOUTS = (
    Block(name="numerator", title="Numerator layout", render=_render),
    Block(name="denominator", title="Denominator layout", render=_render),
)
