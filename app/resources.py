"""Where the book's own files lie: lessons, templates and browser files.

In a checkout they stand beside the package; an installed wheel carries them inside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def book_root() -> Path:
    """The folder that holds ``content``, ``templates`` and ``static``.

    Raises FileNotFoundError when neither a checkout nor an installed wheel holds them.
    """
    for candidate in (PACKAGE / "_book", PACKAGE.parent):
        if (candidate / "content").is_dir() and (candidate / "templates").is_dir():
            return candidate
    raise FileNotFoundError("The book's content, templates and static files are not installed.")
