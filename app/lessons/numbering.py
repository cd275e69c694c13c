"""Numbers and labels: one walk over a page before anything is rendered.

Equations (where labelled), figures, tables, statements (definitions, theorems and examples share
one count) and exercises are numbered within their lesson, such as 4.2.  What carries a label
becomes a ``Target``; the labels of the whole book are one namespace, so that lessons can refer to
one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from markdown_it.token import Token

from app.lessons.blocks import BLOCKS
from app.lessons.blocks.base import Block
from app.lessons.calls import Call
from app.lessons.errors import Notebook
from app.lessons.links import slugify
from app.lessons.plain import plain_inline, plain_markdown

# What a directive calls its argument when that is a title.
TITLES = ("title", "caption")

Kind = Literal["lesson", "page", "section", "equation", "figure", "table", "statement", "exercise"]
_LABEL = re.compile(r"[a-z0-9]+([-.:_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a reference can lead to.

    ``name`` is what its kind is called in the text ("Figure", "Theorem"), ``path`` the page that
    holds it, ``line`` where its label stands.
    """

    label: str
    kind: Kind
    name: str
    number: str
    title: str
    path: str
    anchor: str
    line: int


@dataclass(slots=True)
class Outline:
    """What the walk found on one page."""

    path: str
    number: str
    notebook: Notebook
    targets: list[Target] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    anchors: set[str] = field(default_factory=set)

    def next_number(self, counter: str) -> str:
        """The next number of a count, within the lesson if the page is one."""
        self.counts[counter] += 1
        return f"{self.number}.{self.counts[counter]}" if self.number else str(self.counts[counter])

    def anchor(self, wanted: str) -> str:
        """``wanted`` as an id that is unique on the page."""
        anchor, count = wanted, 1
        while anchor in self.anchors:
            count += 1
            anchor = f"{wanted}-{count}"
        self.anchors.add(anchor)
        return anchor

    def add(self, label: str, kind: Kind, name: str, number: str, title: str, line: int) -> str:
        """Register a label; returns its anchor."""
        if not _LABEL.fullmatch(label):
            self.notebook.note(
                "label",
                f"“{label}” cannot be a label.",
                line,
                "Labels are lowercase letters, digits and hyphens, such as “eq-chain-rule”.",
            )
        anchor = self.anchor(slugify(label) if not _LABEL.fullmatch(label) else label)
        self.targets.append(Target(label, kind, name, number, title, self.path, anchor, line))
        return anchor


def outline(tokens: list[Token], path: str, number: str, notebook: Notebook) -> Outline:
    """Number everything on a page; fills in ``Call.number``, ``Call.anchor`` and ``token.meta``."""
    found = Outline(path, number, notebook)
    level = 1
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            level = _heading(token, tokens[position + 1], level, found)
        elif token.type == "math_block_label":
            _equation(token, found)
        elif token.type == "directive_open":
            _directive(token.meta["call"], found)
    return found


def _heading(token: Token, inline: Token, previous: int, found: Outline) -> int:
    level, line = int(token.tag[1]), _line(token)
    if level == 1:
        found.notebook.note(
            "heading", "Headings begin at the second level.", line, "The title stands above: ##."
        )
    elif level > previous + 1:
        found.notebook.note(
            "heading",
            f"A heading of level {level} follows one of level {previous}.",
            line,
            f"Write {'#' * (previous + 1)} instead, or add the heading between them.",
        )
    title = plain_inline(inline.children or [])
    labels = token.meta.get("labels", [])
    anchors = [found.add(label, "section", "Section", "", title, at) for label, at in labels]
    token.meta["anchor"] = anchors[-1] if anchors else found.anchor("sec-" + slugify(title))
    token.meta["more_anchors"] = anchors[:-1]
    return max(level, 2)


def _equation(token: Token, found: Outline) -> None:
    number = found.next_number("equation")
    line = token.map[1] if token.map else 1
    token.meta["number"] = number
    token.meta["anchor"] = found.add(token.info, "equation", "Equation", number, "", line)


def _directive(call: Call, found: Outline) -> None:
    block = BLOCKS.get(call.name)
    if block is None:
        return
    if block.counter and (call.label or block.always_numbered):
        call.number = found.next_number(block.counter)
    line = call.option_lines.get("label", call.line)
    if call.label and block.label_kind:
        call.anchor = found.add(
            call.label, block.label_kind, block.title, call.number, _plain_title(call, block), line
        )
    elif block.anchor:
        name = call.number or call.argument
        call.anchor = found.anchor(f"{block.anchor}-{slugify(name)}" if name else block.anchor)


def _plain_title(call: Call, block: Block) -> str:
    return plain_markdown(call.argument) if block.argument_is in TITLES else ""


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def label_table(
    outlines: Iterable[Outline],
    lessons: Iterable[Target],
    is_own: Callable[[Path], bool] = lambda _: True,
) -> dict[str, Target]:
    """All labels of the book; a label that stands twice is noted where it stands again.

    ``is_own`` says of a file whether its author is the one who is told: of two labels in different
    layers the one in the overlay is the mistake.
    """
    table = {target.label: target for target in lessons}
    pages: dict[str, Outline] = {}
    for page in outlines:
        for target in page.targets:
            first = table.setdefault(target.label, target)
            if first is target:
                pages[target.label] = page
                continue
            other = pages.get(target.label)
            if other and is_own(other.notebook.file) and not is_own(page.notebook.file):
                _note_twice(other, first, target)
            else:
                _note_twice(page, target, first)
    return table


def _note_twice(page: Outline, target: Target, other: Target) -> None:
    where = f"line {other.line}" if other.path == page.path else other.path
    page.notebook.note(
        "duplicate-label",
        f"The label “{target.label}” stands twice; also at {where}.",
        target.line,
        "Labels are unique in the whole book.",
    )


def walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """All tokens, inline ones included."""
    for token in tokens:
        yield token
        if token.type == "inline":
            yield from token.children or []
