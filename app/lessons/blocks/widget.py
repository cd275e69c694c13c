"""``{widget} name``: something to drag; the body is what it says to those who cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call
from app.lessons.model import Widget
from app.lessons.widgets import options_of, widget_element

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering


def _render(call: Call, page: Rendering, body: str) -> str:
    catalogue = page.book.widgets
    known = catalogue.get(call.argument)
    if known is None:
        page.notebook.unknown("unknown-widget", "widget", call.argument, catalogue, call.line)
        return body
    options = options_of(call, known, page.notebook)
    html = widget_element(known, call.anchor, options, body)
    page.widgets.append(Widget(known.name, known.title, html))
    return html


WIDGET = Block(
    name="widget",
    title="Widget",
    render=_render,
    argument="required",
    argument_is="name",
    any_options=True,
    label_kind="section",
    anchor="widget",
)
