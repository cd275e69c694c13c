"""From tokens to HTML: one ``Rendering`` per page, which notes what it cannot understand.

``References`` is what a page may refer to; it is the same for all pages of a book.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from app.diagnostics import Problem
from app.lessons import render_rules
from app.lessons.blocks import BLOCKS
from app.lessons.blocks.base import check_call
from app.lessons.calls import Call
from app.lessons.errors import Notebook
from app.lessons.glossary import folded
from app.lessons.links import Links
from app.lessons.markdown import parse_inline, parser
from app.lessons.model import Identity, Term, Widget, Work
from app.lessons.numbering import Target
from app.lessons.roles import ROLES, wrong
from app.lessons.widgets import KnownWidget
from app.typeset import TexError, to_mathml

SPELT_OUT = "sin|cos|tan|exp|log|ln|det|tr|rank|diag|max|min|sup|lim|arg"  # printed as a word
LONG_FORMULA = 20  # signs; from there on an inline formula may scroll in itself on a phone


@dataclass(frozen=True, slots=True)
class Hidden:
    """A label that the book does not show; ``lesson`` is the title of the lesson that has it.

    Either that lesson is not in the book, or it is ``replaced`` by one that has no such label.
    """

    target: Target
    lesson: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """All that a page may name: labels, terms, works, identities, widgets.

    ``hidden`` are the labels of lessons that this book does not show, those of replaced lessons
    included, ``places`` the anchors of each page (None as long as they are not known); ``used``
    collects the labels that pages refer to; ``own`` tells which files are the overlay's, if there
    is one.  The ``complete_…`` flags are False when a file could not be read: then a missing name
    is not the lesson's mistake.
    """

    links: Links
    labels: Mapping[str, Target] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    widgets: Mapping[str, KnownWidget] = field(default_factory=dict)
    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    places: Mapping[str, frozenset[str]] | None = None
    used: set[str] = field(default_factory=set, compare=False)
    own: Callable[[Path], bool] | None = None
    complete_glossary: bool = True
    complete_works: bool = True
    complete_identities: bool = True

    def is_below(self, file: Path) -> bool:
        """Whether a file belongs to the book that an overlay extends."""
        return self.own is not None and not self.own(file)

    def term(self, name: str) -> Term | None:
        """The glossary entry with this name or alias, in any case, singular or plural."""
        key = folded(name)
        return self.terms.get(key) or self.terms.get(key.removesuffix("s"))

    def term_names(self) -> list[str]:
        """All names and aliases."""
        return list(self.terms)


@dataclass(slots=True)
class Rendering:
    """One page being rendered. ``path`` is its address, ``folders`` hold its figures."""

    book: References
    notebook: Notebook
    path: str
    folders: tuple[Path, ...]
    cited: frozenset[str] = frozenset()
    terms: dict[str, Term] = field(default_factory=dict)
    widgets: list[Widget] = field(default_factory=list)

    def html(self, tokens: Sequence[Token]) -> str:
        """Block tokens as HTML."""
        parts: list[str] = []
        chunk: list[Token] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "directive_open":
                parts.append(self._markdown(chunk))
                chunk = []
                end = _closing(tokens, position)
                parts.append(self._directive(token.meta["call"], tokens[position + 1 : end]))
                position = end
            else:
                chunk.append(token)
            position += 1
        return "".join(parts) + self._markdown(chunk)

    def inline(self, text: str, line: int) -> str:
        """One line of Markdown, such as a title, as HTML."""
        env = {"page": self, "line": line}
        return str(renderer().renderInline(parse_inline(text), parser().options, env))

    def formula(self, tex: str, line: int, *, display: bool = False) -> str:
        """A formula as MathML; broken TeX is noted with its line and shown as it is."""
        try:
            return to_mathml(tex, display=display)
        except TexError as error:
            self.notebook.add(_tex_problem(error, tex, line))
            return wrong(tex.strip())

    def inline_formula(self, tex: str, line: int) -> str:
        """A formula in the course of a sentence."""
        html = self.formula(tex, line)
        return f'<span class="long-formula">{html}</span>' if is_long(tex) else html

    def equation(self, tex: str, line: int, anchor: str = "", number: str = "") -> str:
        """A display formula with its number, if it has one."""
        return equation_html(self.formula(tex, line, display=True), anchor, number)

    def target(self, label: str, line: int, kind: str | None = None) -> Target | None:
        """What a label stands for; an unknown one is noted."""
        known = self.book.labels
        found = known.get(label)
        self.book.used.add(label)
        if found is None:
            labels = [t.label for t in known.values() if kind is None or t.kind == kind]
            self.notebook.unknown("unknown-label", kind or "label", label, labels, line)
        elif kind and found.kind != kind:
            self.notebook.note(
                "wrong-label", f"“{label}” is no {kind}.", line, f"Write {{ref}}`{label}`."
            )
            return None
        return found

    def hidden(self, label: str, line: int) -> Hidden | None:
        """What a label stands for in a lesson that the book hides; it is noted."""
        found = None if label in self.book.labels else self.book.hidden.get(label)
        if found is not None:
            self.note_hidden(found, line)
        return found

    @property
    def is_own(self) -> bool:
        """Whether the page belongs to the overlay, if there is one."""
        return self.book.own is not None and self.book.own(self.notebook.file)

    def note_hidden(self, hidden: Hidden, line: int) -> None:
        """Take down a reference to a label that the book does not show."""
        own, label = self.is_own, hidden.target.label
        if hidden.replaced:
            message = f"This refers to “{label}” of the lesson “{hidden.lesson}” that was replaced."
            mend = "Give that label to a place in the replacement, or "
        else:
            message = f"This refers to the lesson “{hidden.lesson}”, which the book does not show."
            mend = "Show that lesson, or "
        rest = "leave the reference out." if own else "override this page and mend the sentence."
        self.notebook.note("hidden-reference", message, line, mend + rest)

    def role(self, name: str, content: str, line: int) -> str:
        """A role as HTML; an unknown one is noted and its content shown."""
        role = ROLES.get(name)
        if role is None:
            self.notebook.unknown("unknown-role", "role", name, ROLES, line)
            return wrong(content)
        return role(content, self, line)

    def _directive(self, call: Call, body: Sequence[Token]) -> str:
        block = BLOCKS.get(call.name)
        if block is None:
            self.notebook.unknown("unknown-directive", "directive", call.name, BLOCKS, call.line)
            return self.html(body)
        inner = self.html(body)
        return block.render(call, self, inner) if check_call(call, block, self) else inner

    def _markdown(self, tokens: list[Token]) -> str:
        if not tokens:
            return ""
        return str(renderer().render(tokens, parser().options, {"page": self, "line": 1}))


def is_long(tex: str) -> bool:
    """Whether a formula may be wider than a phone."""
    words = re.sub(rf"\\(?:{SPELT_OUT})(?![A-Za-z])", "xxx", tex)
    signs = re.sub(r"\\[A-Za-z]+|\\.", "x", words)
    return len(re.sub(r"[{}^_&\s]", "", signs)) > LONG_FORMULA


def equation_html(mathml: str, anchor: str = "", number: str = "") -> str:
    """A display formula as it stands in every page; it scrolls in itself."""
    formula = f'<div class="formula">{mathml}</div>'
    if not number:
        return f'<div class="equation">{formula}</div>\n'
    name = f' id="{anchor}"' if anchor else ""
    link = (
        f'<a class="equation-number" href="#{anchor}" aria-label="Equation {number}">({number})</a>'
    )
    return f'<div class="equation"{name}>{formula}{link}</div>\n'


def _tex_problem(error: TexError, tex: str, line: int) -> Problem:
    problem = error.problem
    start = problem.span.start if problem.span else 0
    excerpt = " ".join(tex[max(0, start - 20) : start + 20].split())
    return Problem(
        "tex",
        f"In the formula “{excerpt}”: {problem.message}",
        hint=problem.hint,
        line=line + tex.count("\n", 0, start),
    )


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the directive that opens at ``start`` closes."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += (tokens[position].type == "directive_open") - (
            tokens[position].type == "directive_close"
        )
        if depth == 0:
            return position
    return len(tokens)


def _line_breaks(token: Token) -> int:
    if token.type in ("softbreak", "hardbreak"):
        return 1
    return 0 if token.type == "text" else token.content.count("\n")


class _Renderer(RendererHTML):
    """The library's renderer; it tells the rules at which line they are (``env["line"]``)."""

    def renderInline(self, tokens: Sequence[Token], options: Any, env: Any) -> str:  # noqa: N802
        parts = []
        for position, token in enumerate(tokens):
            rule = self.rules.get(token.type)
            if rule is None:
                parts.append(self.renderToken(tokens, position, options, env))
            else:
                parts.append(rule(tokens, position, options, env))
            env["line"] += _line_breaks(token)
        return "".join(parts)

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        parts = []
        for position, token in enumerate(tokens):
            if token.type == "inline":
                env["line"] = token.map[0] + 1 if token.map else env["line"]
                parts.append(self.renderInline(token.children or [], options, env))
            elif token.type in self.rules:
                parts.append(self.rules[token.type](tokens, position, options, env))
            else:
                parts.append(self.renderToken(tokens, position, options, env))
        return "".join(parts)


@cache
def renderer() -> RendererHTML:
    """The renderer with the rules of ``render_rules``; it keeps nothing between calls."""
    made = _Renderer(parser())
    rules: dict[str, Any] = {**made.rules, **render_rules.RULES}
    made.rules = rules
    return made
