"""``{identity} name``: one entry of the cheat sheet, shown in the course of a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block, attributes
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    identity = page.book.identities.get(call.argument)
    if identity is None:
        if page.book.complete_identities:
            page.notebook.unknown(
                "unknown-identity", "identity", call.argument, page.book.identities, call.line
            )
        return ""
    address = page.book.links.identity(identity.anchor)
    return (
        f'<div class="identity"{attributes(id=call.anchor)}>\n'
        f'<p class="identity-title"><a href="{address}">{identity.title_html}</a></p>\n'
        f"{identity.html}{body}</div>\n"
    )


IDENTITY = Block(
    name="identity",
    title="Identity",
    render=_render,
    argument="required",
    argument_is="name",
    options=frozenset({"label"}),
    body_required=False,
    label_kind="section",
    anchor="identity",
)
