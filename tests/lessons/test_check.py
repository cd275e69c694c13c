"""``nabla check``: every message by a fixture, all of them at once, in three formats."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.formats import as_github, as_json, as_text
from app.diagnostics import Problem
from app.lessons.check import check, examine
from tests.lessons.check_fixtures import FIXTURES, names, problems_of, said
from tests.lessons.support import BOOK, SmallBook
from tests.support.server import REPOSITORY

# What no overlay can bring about, and the test that does.
ELSEWHERE = {
    "derivative-defect": "a defect of the engine",
    "json": "tests/lessons/test_mistakes.py",
    "length": "test_a_whole_book_is_held_to_its_standards",
    "missing-file": "tests/lessons/test_mistakes.py",
    "scaffold": "tests/lessons/test_scaffold.py",
    "unreadable": "a file that the system refuses to read",
}


@pytest.mark.parametrize("name", names())
def test_what_is_said_of_a_mistake(name: str, tmp_path: Path) -> None:
    expected = (FIXTURES / f"{name}.txt").read_text("utf-8")
    assert said(problems_of(name, tmp_path), tmp_path) == expected


def test_every_kind_of_problem_has_a_fixture(tmp_path: Path) -> None:
    found = {problem.code for name in names() for problem in problems_of(name, tmp_path / name)}
    assert set(_codes()) - found == set(ELSEWHERE)


def _codes() -> Iterator[str]:
    """The codes of all problems that ``app.lessons`` can note."""
    for path in (REPOSITORY / "app/lessons").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else ""
                name = function.id if isinstance(function, ast.Name) else name
                code = node.args[0]
                if name in ("note", "unknown", "Problem") and isinstance(code, ast.Constant):
                    yield str(code.value)


def test_every_fixture_has_its_expectation() -> None:
    fixtures = {path.stem for path in FIXTURES.iterdir() if path.suffix != ".txt"}
    assert fixtures == set(names())


def test_a_whole_book_is_held_to_its_standards(book: SmallBook) -> None:
    book.write("chapters/one/first/lesson.md", "---\ntitle: A\nsummary: B\n---\nText.\n")
    codes = {(p.code, p.level) for p in check(book.folder, widgets=book.folder / "widgets")}
    assert {("length", "warning"), ("no-summary", "warning"), ("no-references", "warning")} <= codes


def test_a_note_is_no_problem_of_the_book(book: SmallBook) -> None:
    book.write("chapters/one/first/lesson.md", "---\ntitle: A\nsummary: B\n---\nText.\n")
    levels = {p.level for p in examine(book.folder, widgets=book.folder / "widgets").problems}
    assert "note" in levels
    assert "note" not in {p.level for p in check(book.folder, widgets=book.folder / "widgets")}


def test_a_book_that_cannot_be_read_is_one_problem(book: SmallBook) -> None:
    book.write("book.toml", BOOK + "[[chapters")
    assert [p.code for p in check(book.folder)] == ["toml"]


class TestFormats:
    problems = (
        Problem("tex", "No “x”: 100 %.", hint="Write,\ny.", file=Path("a:b.md"), line=3),
        Problem("orphan", "Unused.", file=Path("c.md"), level="warning"),
        Problem("unused-label", "Unused.", file=Path("c.md"), line=1, level="note"),
    )

    def test_text_has_a_problem_a_line(self) -> None:
        lines = as_text(self.problems[1:]).splitlines()
        assert lines == ["c.md: warning: Unused.", "c.md:1: note: Unused."]

    def test_json_has_all_that_is_known(self) -> None:
        shown = json.loads(as_json(self.problems))
        assert (shown["errors"], shown["warnings"], shown["notes"]) == (1, 1, 1)
        assert shown["problems"][0] == {
            "file": "a:b.md",
            "line": 3,
            "level": "error",
            "code": "tex",
            "message": "No “x”: 100 %.",
            "hint": "Write,\ny.",
        }

    def test_github_gets_commands_that_it_can_read(self) -> None:
        lines = as_github(self.problems).splitlines()
        assert lines == [
            "::error file=a%3Ab.md,line=3,title=tex::No “x”: 100 %25. Write,%0Ay.",
            "::warning file=c.md,title=orphan::Unused.",
            "::notice file=c.md,line=1,title=unused-label::Unused.",
        ]
        assert all(re.fullmatch(r"::\w+ [^:]*::.*", line) for line in lines)
