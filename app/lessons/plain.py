"""The words of a page without its markup: for titles, search, and counting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token

from app.lessons.formulas import readable

_ROLE_TEXT = re.compile(r"^(.*?)\s*<[^<>]*>$", re.DOTALL)
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")


def plain_inline(children: Iterable[Token]) -> str:
    """Inline tokens as a line of text; formulas stand in ordinary characters."""
    return " ".join("".join(_word(token) for token in children).split())


def _word(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "math_inline" | "math_inline_double":
            return readable(token.content)
        case "softbreak" | "hardbreak":
            return " "
        case "myst_role":
            return role_words(token)
    return ""


def role_words(token: Token) -> str:
    """What a reader sees of a role, as far as it stands in the text itself."""
    name, content = token.meta["name"], token.content
    if name in ("eq", "cite"):
        return "…"
    if name == "layout":
        return content.split("|", 1)[0]
    shown = _ROLE_TEXT.match(content)
    if name == "ref":
        return shown[1] if shown else "…"
    return shown[1] if shown else content


def plain_markdown(markdown: str) -> str:
    """One line of Markdown as text, without parsing it."""
    formula = re.sub(r"\$([^$]+)\$", lambda found: readable(found[1]), markdown)
    return re.sub(r"[`*]", "", formula)


@dataclass(slots=True)
class Passage:
    """A stretch of a page: a heading (or the page's beginning) and what stands below it."""

    anchor: str
    title: str
    words: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(" ".join(self.words).split())


def passages(tokens: list[Token]) -> list[Passage]:
    """The page as passages, the first one before any heading."""
    found = [Passage("", "")]
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open":
            title = plain_inline(tokens[position + 1].children or [])
            found.append(Passage(token.meta.get("anchor", ""), title))
            position += 3
            continue
        _collect(token, found[-1])
        position += 1
    return found


def _collect(token: Token, passage: Passage) -> None:
    if token.type == "inline":
        passage.words.append(plain_inline(token.children or []))
        for child in token.children or []:
            if child.type.startswith("math_inline"):
                passage.formulas.append(child.content)
    elif token.type.startswith("math_block") or token.type == "amsmath":
        passage.formulas.append(token.content.strip())
    elif token.type == "fence":
        passage.words.append(token.content)
    elif token.type == "directive_open":
        call = token.meta["call"]
        if call.name in ("derivative", "math"):
            passage.formulas += [call.argument or call.body, call.text("claim")]
        elif call.name not in ("figure", "identity", "widget"):
            passage.words.append(plain_markdown(call.argument))


def count_words(tokens: Iterable[Token]) -> int:
    """The words of prose: what stands in sentences, without formulas and code."""
    return sum(
        len(_WORD.findall(child.content if child.type == "text" else role_words(child)))
        for token in tokens
        if token.type == "inline"
        for child in token.children or []
        if child.type in ("text", "myst_role")
    )
