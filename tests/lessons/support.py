"""A small book in a folder, for tests that want to see what one lesson becomes."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from app.diagnostics import Problem
from app.lessons import Book, load

FRONT = """\
---
title: First lesson
summary: What it is about.
---
"""

BOOK = """\
title = "A small book"
[[chapters]]
id = "one"
title = "One"
lessons = ["first", "second"]
"""

SECOND = """\
---
title: Second $x$ lesson
summary: The other one.
---
(sec-there)=
## There

$$
a = b
$$ (eq-there)
"""

GLOSSARY = """\
- term: Jacobian
  aliases: [Jacobians, Jacobian matrix]
  definition: |
    The matrix of all $\\partial f_i/\\partial x_j$, see {term}`gradient`.
  see: first
- term: gradient
  definition: The column of partial derivatives.
"""

BIBLIOGRAPHY = """\
- key: magnus-neudecker
  authors: [Jan R. Magnus, Heinz Neudecker]
  year: 2019
  title: Matrix Differential Calculus
  publisher: Wiley
  note: The standard work.
- key: golub-van-loan
  authors: [Gene H. Golub, Charles F. Van Loan]
  year: 2013
  title: Matrix Computations
  doi: 10.56021/9781421407944
"""

WIDGET = {
    "title": "Jacobian as linearization",
    "options": {
        "f": {"type": "string", "language": "scalar", "description": "A map of the plane."},
        "vars": {"type": "array", "items": {"type": "string"}, "default": ["x", "y"]},
        "at": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        "size": {"type": "number", "minimum": 0.1, "maximum": 2},
        "grid": {"type": "boolean"},
        "note": {"type": "string"},
        "mode": {"type": "string", "enum": ["fast", "slow"]},
        "example": {"type": "string", "names": "example"},
        "dataset": {"type": "string", "names": "dataset"},
        "csv": {"type": "string", "names": "table"},
        "columns": {"type": "array", "names": "columns", "also": ["offset"]},
    },
    "presets": {"source": {"type": "string"}},
}

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10">
<defs><marker id="tip"><path d="M0 0"/></marker></defs>
<line class="accent" x1="0" y1="0" x2="9" y2="9" marker-end="url(#tip)"/>
</svg>
"""


class SmallBook:
    """A content folder with two lessons; ``first`` is the one that tests write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book: Book | None = None
        for path, text in {
            "book.toml": BOOK,
            "glossary.yaml": GLOSSARY,
            "bibliography.yaml": BIBLIOGRAPHY,
            "chapters/one/second/lesson.md": SECOND,
            "chapters/one/first/picture.svg": SVG,
            "presets/jacobian.yaml": "- id: square\n  title: Square\n  at: [1, 1]\n",
            "widgets/jacobian/options.json": json.dumps(WIDGET),
        }.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        """Write a file of the content folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def load(self, lesson: str | None = None, front: str = FRONT) -> Book:
        """Load the book, with ``lesson`` as the text of the first lesson below its front matter."""
        if lesson is not None:
            self.write("chapters/one/first/lesson.md", front + lesson)
        self.book = load(self.folder, widgets=self.folder / "widgets", previous=self.book)
        return self.book

    def html(self, lesson: str) -> str:
        """What a lesson becomes, formulas shortened to their TeX."""
        return shortened(self.load(lesson).lessons[0].html)

    def problems(self, lesson: str, front: str = FRONT) -> list[Problem]:
        """What is wrong with a lesson."""
        return list(self.load(lesson, front).problems)


def shortened(html: str) -> str:
    """``html`` with each formula as ``⟦TeX⟧`` (``⟦⟦TeX⟧⟧`` on a line of its own)."""

    def formula(found: re.Match[str]) -> str:
        note = re.search(r"x-tex\">(.*?)</annotation>", found[0], re.DOTALL)
        tex = unescape(note[1]) if note else "?"
        return f"⟦⟦{tex}⟧⟧" if "display=" in found[0] else f"⟦{tex}⟧"

    return re.sub(r"<math\b.*?</math>", formula, html, flags=re.DOTALL)
