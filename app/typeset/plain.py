r"""TeX as another program understands it: what a reader gets who copies a formula."""

from __future__ import annotations

import re

from app.typeset.macros import notation

LONGEST = 100_000  # a circle of macros, which is noted where they are defined, grows no further
_MARK = re.compile(r"\\(?:class|data)\s*\{[^{}]*\}\s*")


def plain_tex(tex: str) -> str:
    r"""``tex`` without ``\class`` and ``\data``, and with the book's macros written out.

    The braces of a mark go as well, unless a script stands before or after them.
    """
    unmarked = tex
    while found := _MARK.search(unmarked):
        unmarked = _unwrapped(unmarked, found.start(), found.end())
    return _written_out(unmarked).strip()


def _written_out(tex: str) -> str:
    """``tex`` without macros; these may use one another, though not in a circle."""
    macros = notation()
    for _ in macros:
        before = tex
        tex = re.sub(r"\\[A-Za-z]+", lambda name: macros.get(name[0], name[0]), before)
        if tex == before or len(tex) > LONGEST:
            break
    return tex


def _unwrapped(tex: str, start: int, opening: int) -> str:
    before, rest = tex[:start], tex[opening:]
    closing = _closing_brace(rest)
    if closing is None:
        return before + rest
    inner, after = rest[1:closing], rest[closing + 1 :]
    if before.rstrip().endswith(("^", "_")) or after.lstrip().startswith(("^", "_", "'")):
        return f"{before}{{{inner}}}{after}"
    return _joined(_joined(before, inner), after)


def _joined(left: str, right: str) -> str:
    """The two side by side, with a blank where a command would swallow a letter."""
    swallows = re.search(r"\\[A-Za-z]+$", left) and re.match(r"[A-Za-z]", right)
    return f"{left} {right}" if swallows else left + right


def _closing_brace(tex: str) -> int | None:
    """Where the brace that opens ``tex`` is closed; None when it does not open with one."""
    if not tex.startswith("{"):
        return None
    depth = 0
    for index, sign in enumerate(tex):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return index
    return None
