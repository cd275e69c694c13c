"""``{references}``: the works that the lesson cites, in the order of the bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    works = [work for work in page.book.works.values() if work.key in page.cited]
    if not works:
        page.notebook.note(
            "no-references",
            "The lesson lists references but cites nothing.",
            call.line,
            "Cite with {cite}`key`; the keys stand in bibliography.yaml.",
        )
    items = "".join(
        f'<li><a class="reference-link" href="{page.book.links.work(work.anchor)}">'
        f"{work.label}</a>: {work.reference_html}</li>\n"
        for work in works
    )
    return f'<ul class="references">\n{items}</ul>\n'


REFERENCES = Block(
    name="references", title="References", render=_render, body="none", body_required=False
)
