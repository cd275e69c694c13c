"""Layers: overlays above overlays, in folders and in packages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.lessons import load
from app.lessons.errors import Notebook
from app.lessons.library import Library, open_library
from app.resources import layer_folders
from tests.lessons.library.support import Overlay


def opened(folder: Path) -> Library:
    notes = Notebook(folder / "book.toml")
    library = open_library(folder, notes)
    assert library is not None, notes.problems
    return library


def test_overlays_stand_above_one_another(overlay: Overlay, tmp_path: Path) -> None:
    overlay.write("book.toml", 'extends = "../base"\nhide = ["first"]\n')
    upper = tmp_path / "upper"
    upper.mkdir()
    (upper / "book.toml").write_text('extends = "../book"\ntitle = "Upper"\n', "utf-8")
    library = opened(upper)
    assert library.folders == (upper, overlay.folder, overlay.base.folder)
    assert layer_folders(upper) == library.folders
    assert library.plan.title == "Upper"
    assert "first" not in library.plan.lessons
    assert library.hidden == ("first",)


def test_a_tower_of_overlays_is_refused(overlay: Overlay, tmp_path: Path) -> None:
    for storey in range(10):
        folder = tmp_path / f"storey-{storey}"
        folder.mkdir()
        below = f"../storey-{storey - 1}" if storey else "../book"
        (folder / "book.toml").write_text(f'extends = "{below}"\n', "utf-8")
    opened(tmp_path / "storey-6")
    notes = Notebook(tmp_path / "storey-9/book.toml")
    assert open_library(tmp_path / "storey-9", notes) is None
    assert "More than 8 overlays" in notes.problems[0].message


@pytest.mark.parametrize("content", [".", "below/../../book", "{book}"])
def test_files_of_the_book_below_are_not_ones_own(
    overlay: Overlay, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.chdir(overlay.folder)
    overlay.base.folder.rename("below")
    overlay.write("book.toml", 'extends = "./below"\n')
    overlay.write("lessons/own/lesson.md", "")
    library = opened(Path(content.format(book=overlay.folder)))
    below = library.lesson("first")
    assert below is not None
    assert not library.is_own(below)
    assert library.is_own(library.top.lessons["own"] / "lesson.md")
    found = load(library.top.folder, widgets=overlay.base.folder / "widgets").problems
    assert [problem.code for problem in found] == ["unlisted-lesson"], "below/ is no stranger"


def test_an_installed_package_is_extended_without_being_imported(
    overlay: Overlay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "our_course"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
    (package / "book.toml").write_text('extends = "../../base"\ntitle = "Ours"\n', "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    overlay.write("book.toml", 'extends = "our_course"\n')
    assert opened(overlay.folder).plan.title == "Ours"
    assert "our_course" not in sys.modules


def test_the_builtin_book(overlay: Overlay) -> None:
    overlay.write("book.toml", 'extends = "builtin"\nonly = ["derivatives"]\n')
    assert "jacobian" in opened(overlay.folder).plan.lessons
