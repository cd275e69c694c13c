"""The roles: what ``{name}`content` `` means in the course of a sentence, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.lessons.numbering import Target

if TYPE_CHECKING:
    from app.lessons.rendering import Hidden, Rendering

Role = Callable[[str, "Rendering", int], str]
"""Receives the content, the page under way and the line; returns HTML, notes problems."""

_SHOWN = re.compile(r"^(?P<shown>.*?)\s*<(?P<name>[^<>]+)>$", re.DOTALL)


def _split(content: str) -> tuple[str, str]:
    """``text <name>`` as (text, name); without angle brackets the name alone, text ""."""
    words = " ".join(content.split())
    found = _SHOWN.match(words)
    return (found["shown"], found["name"].strip()) if found else ("", words)


def _equation(content: str, page: Rendering, line: int) -> str:
    shown, label = _split(content)
    if hidden := page.hidden(label, line):
        return _absent(page, hidden, shown, line)
    target = page.target(label, line, kind="equation")
    if target is None:
        return wrong(content)
    text = page.inline(shown, line) if shown else f"({target.number})"
    return _reference(page, target, text)


def _ref(content: str, page: Rendering, line: int) -> str:
    shown, label = _split(content)
    if hidden := page.hidden(label, line):
        return _absent(page, hidden, shown, line)
    target = page.target(label, line)
    if target is None:
        return wrong(content)
    return _reference(page, target, page.inline(shown, line) if shown else _words(target))


def _words(target: Target) -> str:
    match target.kind:
        case "equation":
            return f"equation&nbsp;({target.number})"
        case "lesson":
            return f"Lesson&nbsp;{target.number}, {escape(target.title)}"
        case "section" | "page":
            return escape(target.title or target.name)
    return f"{target.name}&nbsp;{target.number}"


def _absent(page: Rendering, hidden: Hidden, shown: str, line: int) -> str:
    """Words in the place of a link to what the book does not show."""
    target, lesson = hidden.target, f"“{escape(hidden.lesson)}”"
    match target.kind:
        case "lesson":
            words = lesson
        case "section":
            words = f"“{escape(target.title)}” in {lesson}"
        case _:
            article = "an" if target.name[:1] in "AEIOU" else "a"
            words = f"{article} {target.name.lower()} of {lesson}"
    text = page.inline(shown, line) if shown else words
    return f'<span class="reference-absent" title="Not part of this edition">{text}</span>'


def _reference(page: Rendering, target: Target, text: str) -> str:
    here = target.path == page.path
    href = f"#{target.anchor}" if here else page.book.links.page(target.path, target.anchor)
    title = f' title="{escape(target.title)}"' if target.title and target.kind != "lesson" else ""
    return f'<a class="reference" href="{href}"{title}>{text}</a>'


def _term(content: str, page: Rendering, line: int) -> str:
    shown, name = _split(content)
    text = page.inline(shown, line) if shown else escape(name)
    term = page.book.term(name)
    if term is None:
        if page.book.complete_glossary:
            page.notebook.unknown("unknown-term", "term", name, page.book.term_names(), line)
            return wrong(content)
        return text
    page.terms.setdefault(term.anchor, term)
    href = page.book.links.term(term.anchor)
    return f'<a class="term" href="{href}" data-term="{term.anchor}">{text}</a>'


def _cite(content: str, page: Rendering, line: int) -> str:
    found = []
    for key in (part.strip() for part in content.split(",")):
        work = page.book.works.get(key)
        if work is None:
            if page.book.complete_works:
                page.notebook.unknown("unknown-work", "work", key, page.book.works, line)
            found.append(wrong(key))
            continue
        href = page.book.links.work(work.anchor)
        found.append(f'<a class="citation" href="{href}">{work.label}</a>')
    return "[" + "; ".join(found) + "]"


def _layout(content: str, page: Rendering, line: int) -> str:
    halves = split_outside_formulas(content)
    if len(halves) != 2:
        page.notebook.note(
            "layout-role",
            "The role “layout” takes two texts with one “|” between them.",
            line,
            "Write {layout}`a row|a column`: numerator layout first.",
        )
        return wrong(content)
    numerator, denominator = (page.inline(half, line) for half in halves)
    return (
        f'<span class="layout-numerator">{numerator}</span>'
        f'<span class="layout-denominator">{denominator}</span>'
    )


def split_outside_formulas(content: str) -> list[str]:
    """The parts between the bars that stand in no formula."""
    parts, formula = [""], False
    for index, sign in enumerate(content):
        escaped = content[index - 1 : index] == "\\"
        if sign == "$" and not escaped:
            formula = not formula
        if sign == "|" and not formula and not escaped:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def wrong(text: str) -> str:
    """What stands in the page where something could not be understood."""
    return f'<span class="content-error">{escape(text)}</span>'


ROLES: Mapping[str, Role] = MappingProxyType(
    {"eq": _equation, "ref": _ref, "term": _term, "cite": _cite, "layout": _layout}
)
