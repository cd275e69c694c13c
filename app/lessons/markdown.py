"""The Markdown of lessons as a flat stream of tokens with the line of each.

CommonMark with tables, dollar and AMS mathematics, definition lists, footnotes, attributes, roles,
and directives as fences of backticks or colons; raw HTML stays text.  Two rules of our own run
between block and inline parsing: ``directives`` replaces fences by ``directive_open`` … content …
``directive_close`` (``token.meta["call"]`` is the ``Call``), and ``labels`` turns a paragraph
``(sec-name)=`` into the label of the heading below it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from app.lessons.blocks import BLOCKS
from app.lessons.calls import read_call
from app.lessons.errors import Notebook

ATTRIBUTES = ("id", "class", "width", "height", "alt", "lang")
LABEL = re.compile(r"^\((?P<label>[^()\s]+)\)=[ \t]*$")
DEEPEST = 12  # directives inside directives


@cache
def parser() -> MarkdownIt:
    """The one parser; its renderer is never used (``rendering`` has its own)."""
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True, "maxNesting": 40})
    markdown.enable(["table", "smartquotes"])
    markdown.use(front_matter_plugin)
    markdown.use(
        dollarmath_plugin,
        allow_labels=True,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
        label_normalizer=str.strip,
    )
    markdown.use(amsmath_plugin)
    markdown.use(colon_fence_plugin)
    markdown.use(deflist_plugin)
    markdown.use(footnote_plugin)
    markdown.use(attrs_plugin, spans=True, allowed=ATTRIBUTES)
    markdown.use(attrs_block_plugin, allowed=ATTRIBUTES)
    markdown.use(myst_role_plugin)
    markdown.core.ruler.after("block", "directives", _directives)
    markdown.core.ruler.after("directives", "labels", _labels)
    return markdown


def parse(text: str, notebook: Notebook, first_line: int = 1) -> list[Token]:
    """The tokens of ``text``, whose first line is ``first_line`` (from 1) of the notebook's file.

    ``token.map[0]`` is the line of each block token, counted from 0 in the file.
    """
    clean = text.replace("\x00", "\ufffd")
    return parser().parse(clean, {"notebook": notebook, "first_line": first_line})


def parse_inline(text: str) -> list[Token]:
    """The inline tokens of one line of text, such as a title."""
    env = {"notebook": Notebook(Path()), "first_line": 1}
    tokens = parser().parseInline(" ".join(text.split()), env)
    return tokens[0].children or []


def _directives(state: StateCore) -> None:
    offset = state.env["first_line"] - 1
    _shift(state.tokens, offset)
    state.tokens = _expanded(state.tokens, state, 0)


def _shift(tokens: list[Token], lines: int) -> None:
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + lines, token.map[1] + lines]


def _expanded(tokens: list[Token], state: StateCore, depth: int) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        if token.type in ("fence", "colon_fence"):
            found += _expand(token, state, depth)
        else:
            found.append(token)
    return found


def _expand(token: Token, state: StateCore, depth: int) -> list[Token]:
    """A fence as itself, or as a directive around its parsed body."""
    notebook: Notebook = state.env["notebook"]
    assert token.map is not None
    call = read_call(token.info, token.content, token.map[0] + 1, notebook)
    if call is None:
        if token.type == "colon_fence":
            notebook.note(
                "unknown-directive",
                "A block of colons needs a directive.",
                token.map[0] + 1,
                "Write for example :::{note}; close it with as many colons.",
            )
        _check_closed(token, "The program", notebook)
        return [token]
    _check_closed(token, f"The directive “{call.name}”", notebook)
    if depth >= DEEPEST:
        notebook.note("nesting", "Directives are nested too deeply.", call.line)
        return []
    block = BLOCKS.get(call.name)
    inner: list[Token] = []
    if block is None or block.body == "markdown":
        state.md.block.parse(call.body, state.md, state.env, inner)
        _shift(inner, call.body_line - 1)
        inner = _expanded(inner, state, depth + 1)
    opening = Token("directive_open", "", 1, map=token.map, meta={"call": call}, block=True)
    closing = Token("directive_close", "", -1, map=token.map, meta={"call": call}, block=True)
    return [opening, *inner, closing]


def _check_closed(token: Token, what: str, notebook: Notebook) -> None:
    assert token.map is not None
    start, end = token.map
    if end - start == token.content.count("\n") + 1:
        notebook.note(
            "not-closed",
            f"{what} is never closed.",
            start + 1,
            f"Close it with a line {token.markup}",
        )


def _labels(state: StateCore) -> None:
    """Take label paragraphs out and hang them on the heading that follows."""
    notebook: Notebook = state.env["notebook"]
    kept: list[Token] = []
    waiting: list[tuple[str, int]] = []
    position = 0
    tokens = state.tokens
    while position < len(tokens):
        label = _label_paragraph(tokens, position)
        if label:
            line = (tokens[position].map or [0])[0] + 1
            waiting.append((label, line))
            position += 3
            continue
        token = tokens[position]
        if waiting:
            _attach(token, waiting, notebook)
        kept.append(token)
        position += 1
    for label, line in waiting:
        _note_loose(label, line, notebook)
    state.tokens = kept


def _label_paragraph(tokens: list[Token], position: int) -> str | None:
    if tokens[position].type != "paragraph_open" or position + 1 >= len(tokens):
        return None
    found = LABEL.match(tokens[position + 1].content)
    return found["label"] if found else None


def _attach(token: Token, waiting: list[tuple[str, int]], notebook: Notebook) -> None:
    if token.type == "heading_open":
        token.meta["labels"] = list(waiting)
    else:
        for label, line in waiting:
            _note_loose(label, line, notebook)
    waiting.clear()


def _note_loose(label: str, line: int, notebook: Notebook) -> None:
    notebook.note(
        "loose-label",
        f"The label “{label}” does not stand before a heading.",
        line,
        "Directives take their label as an option :label:, equations after the closing $$.",
    )
