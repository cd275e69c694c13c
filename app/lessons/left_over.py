r"""What was meant as a formula, a footnote or a link, and stayed text.

Markdown knows no mistakes: a ``$$`` that is never closed, an environment without its ``\end``, a
footnote or a link without its definition are words like others.  Nobody means them as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from app.lessons.errors import Notebook

# What is looked for in text, what is said of it, and what to do.
_MEANT = (
    (
        re.compile(r"\$\$"),
        "A display formula is opened and never closed.",
        "Close it with $$; no empty line may stand in it.",
    ),
    (
        re.compile(r"\\(?:begin|end)\{(?P<name>[A-Za-z]+\*?)\}"),
        "The environment “{name}” is not closed, or stands outside a formula.",
        r"Write \begin{{{name}}} … \end{{{name}}} without an empty line, or put it between $$.",
    ),
    (
        re.compile(r"\[\^(?P<name>[^\]\s]+)\]"),
        "There is no footnote “{name}”.",
        "Write [^{name}]: and its text in a paragraph of its own.",
    ),
    (
        re.compile(r"(?<!\w)\[[^\[\]]+\]\[(?P<name>[^\[\]]+)\]"),
        "There is no link called “{name}”.",
        "Write [{name}]: and its address in a paragraph of its own.",
    ),
)
_ESCAPED = re.compile(r"\\[$\\\[]")


def note_left_over(tokens: Iterable[Token], notebook: Notebook) -> None:
    """Take down what stayed text in a page."""
    for token in tokens:
        # Who escapes such a sign wants the sign itself.
        if token.type == "inline" and token.map and not _ESCAPED.search(token.content):
            for text, line in _texts(token):
                _note(text, line, notebook)


def _texts(token: Token) -> Iterator[tuple[str, int]]:
    """The plain text of a paragraph, each stretch with its line."""
    assert token.map is not None
    line = token.map[0] + 1
    for child in token.children or []:
        if child.type == "text":
            yield child.content, line
        line += child.type in ("softbreak", "hardbreak") or child.content.count("\n")


def _note(text: str, line: int, notebook: Notebook) -> None:
    for pattern, message, hint in _MEANT:
        if found := pattern.search(text):
            words = found.groupdict()
            notebook.note("left-over", message.format(**words), line, hint.format(**words))


__all__ = ["note_left_over"]
