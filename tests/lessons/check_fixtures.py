"""The small book that the fixtures of ``nabla check`` are laid over.

``tests/fixtures/check/<name>.md`` is the lesson ``first`` of an overlay; ``<name>/`` holds files of
that overlay instead.  ``<name>.txt`` beside it is what the check says, line by line.  The overlay
extends a small book that has four lessons, of which one is hidden.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from app.diagnostics import Problem
from app.lessons.check import examine
from tests.lessons.support import SmallBook
from tests.support.server import REPOSITORY

FIXTURES = REPOSITORY / "tests/fixtures/check"
BASE_PLAN = """\
title = "A small book"
[[chapters]]
id = "one"
title = "One"
lessons = ["first", "second", "absent"]
"""
OVERLAY_PLAN = 'extends = "../base"\nhide = ["absent"]\n'
PLAIN = "---\ntitle: First lesson\nsummary: What it is about.\n---\nText.\n"
ABSENT = """\
---
title: The absent lesson
summary: It is hidden.
---
(sec-absent)=
## Away

$$
a
$$ (eq-absent)
"""
IDENTITIES = """\
group: small
title: Small
identities:
  - id: trace
    title: Trace
    expr: "tr(A*X)"
    wrt: X
    claim: "A'"
"""


def names() -> list[str]:
    """The fixtures, by the names of their expectations."""
    return sorted(path.stem for path in FIXTURES.glob("*.txt"))


def problems_of(name: str, folder: Path) -> list[Problem]:
    """What the check finds when the fixture is laid over the small book in ``folder``."""
    base, top = folder / "base", folder / "book"
    book = SmallBook(base)
    book.write("book.toml", BASE_PLAN)
    book.write("chapters/one/first/lesson.md", PLAIN)
    book.write("chapters/one/absent/lesson.md", ABSENT)
    book.write("identities/small.yaml", IDENTITIES)
    lesson = top / "lessons/first/lesson.md"
    lesson.parent.mkdir(parents=True)
    (top / "book.toml").write_text(OVERLAY_PLAN, "utf-8")
    fixture = FIXTURES / name
    if fixture.is_dir():
        shutil.copytree(fixture, top, dirs_exist_ok=True)
        if not any(lesson.parent.iterdir()):
            lesson.parent.rmdir()
    else:
        shutil.copyfile(fixture.with_suffix(".md"), lesson)
    return list(examine(top, widgets=base / "widgets").problems)


def said(problems: list[Problem], folder: Path) -> str:
    """The problems as text, files named from the book's folder."""
    return "".join(f"{problem}\n" for problem in problems).replace(f"{folder}/book/", "")
