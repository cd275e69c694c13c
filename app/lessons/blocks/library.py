"""``{library} jax``: text for one library of programs, shown where the course uses that library.

The settings name the libraries (``[code] languages``), the page carries them in
``data-libraries``, and the style sheet hides the others: the same lesson serves every course.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.lessons.blocks.base import Block
from app.lessons.calls import Call

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering

LIBRARIES = ("numpy", "pytorch", "jax")


def _render(call: Call, page: Rendering, body: str) -> str:
    if call.argument not in LIBRARIES:
        page.notebook.unknown("unknown-library", "library", call.argument, LIBRARIES, call.line)
        return body
    return f'<div class="library-{call.argument}">\n{body}</div>\n'


LIBRARY = Block(
    name="library",
    title="Library",
    render=_render,
    argument="required",
    argument_is="library",
)
