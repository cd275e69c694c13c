"""Code with a class for each kind of token; the colours are in ``static/styles/code.css``."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import find_lexer_class_by_name, get_all_lexers
from pygments.util import ClassNotFound

PREFIX = "code-"
PLAIN = frozenset({"", "text", "output", "plain"})


@lru_cache(maxsize=1024)
def highlighted(code: str, language: str) -> str | None:
    """``code`` as HTML; None when the language is unknown."""
    if language in PLAIN:
        return escape(code, quote=False)
    try:
        lexer = find_lexer_class_by_name(language)()
    except ClassNotFound:
        return None
    formatter = HtmlFormatter(nowrap=True, classprefix=PREFIX)
    return str(pygments_highlight(code, lexer, formatter))


def languages() -> list[str]:
    """All names of languages, for the hint of a misspelt one."""
    return [alias for _, aliases, _, _ in get_all_lexers() for alias in aliases]
