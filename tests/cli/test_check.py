"""``nabla check`` on a small book: the whole one is checked in tests/content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import run
from tests.lessons.support import FRONT, SmallBook


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A lesson of an overlay, with a label that nothing refers to."""
    book = SmallBook(tmp_path / "base")
    book.write("chapters/one/first/lesson.md", FRONT + "$$\na\n$$ (eq-base)\n")
    path = tmp_path / "course/lessons/first/lesson.md"
    path.parent.mkdir(parents=True)
    (tmp_path / "course/book.toml").write_text('extends = "../base"\n', "utf-8")
    path.write_text(FRONT + "$$\na\n$$ (eq-own)\n", "utf-8")
    return path


def check(capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, list[str]]:
    code = run("check", *flags)
    return code, capsys.readouterr().out.splitlines()


def test_labels_of_an_overlay_that_nothing_refers_to_are_listed(
    lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = check(capsys, "--content", "course", "--strict")
    assert (code, len(lines)) == (0, 2)
    assert lines[0].startswith("course/lessons/first/lesson.md:7: note: Nothing refers to the")
    assert lines[1] == "no errors, no warnings, 1 note."


def test_those_of_a_whole_book_are_listed_on_demand(
    lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "(nabla check --notes lists them)" in check(capsys, "--content", "base")[1][-1]
    listed = check(capsys, "--content", "base", "--notes")[1]
    assert any(": note: Nothing refers to the label “eq-base”" in line for line in listed)


def test_mistakes_fail_it_with_file_and_line_in_every_format(
    lesson: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson.write_text(FRONT + "```{nonsense}\n```\n", "utf-8")
    monkeypatch.chdir(lesson.parents[2])  # whoever stands there need not name it
    code, lines = check(capsys)
    assert (code, lines[-1]) == (1, "1 error, no warnings.")
    assert lines[0].startswith("lessons/first/lesson.md:5: error: There is no directive “nons")
    code, lines = check(capsys, "--format", "github")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("::error file=lessons/first/lesson.md,line=5,title=unknown-dire")
    code, lines = check(capsys, "--format", "json")
    assert (code, json.loads("".join(lines))["errors"]) == (1, 1)


def test_templates_are_tried(
    lesson: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    template = tmp_path / "course/templates/parts/book-contents.html"
    template.parent.mkdir(parents=True)
    template.write_text("\n{{ 1 / 0 }}", "utf-8")
    code, lines = check(capsys, "--content", "course")
    assert code == 1
    assert any("book-contents.html:2: error: A page cannot be printed" in line for line in lines)
