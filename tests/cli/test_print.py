"""``nabla print``: what it keeps is what a server of the same settings begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.opening import open_book
from app.settings import load_with_origins
from app.web.later import Later
from tests.cli.support import run
from tests.lessons.support import FRONT, SmallBook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallBook:
    """A book of one lesson; its editions are kept in ``tmp_path / "cache"``."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book = SmallBook(tmp_path / "small")
    book.write("chapters/one/first/lesson.md", FRONT + "Some words.\n")
    return book


def begins_with_pages(**server: object) -> bool:
    """Whether a server opens with pages before there is an application."""
    flags = {"book": {"content": "small"}, "server": dict(server)}
    opening = open_book(load_with_origins(None, flags)[0])
    opening.close()
    return isinstance(opening.application.app, Later)


def test_a_server_with_the_same_settings_begins_with_it(
    book: SmallBook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("print", "--content", "small", "--prefix", "/course") == 0
    assert capsys.readouterr().out.startswith("The book is printed;")
    assert begins_with_pages(prefix="/course", port=8123)
    book.write("chapters/one/first/lesson.md", FRONT + "Other words.\n")
    assert run("print", "--content", "small", "--prefix", "/course") == 0
    assert begins_with_pages(prefix="/course")


def test_its_problems_are_told_each_time(
    book: SmallBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("chapters/one/first/lesson.md", FRONT + "{ref}`nowhere`\n")
    for _ in range(2):
        assert run("print", "--content", "small") == 0
        assert "lesson.md:5" in capsys.readouterr().err


@pytest.mark.usefixtures("book")
def test_a_place_where_nothing_can_be_kept_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert run("print", "--content", "small") == 2
    told = capsys.readouterr().err
    assert f"cannot be kept in “{tmp_path}/file/nabla/editions”" in told
    assert "XDG_CACHE_HOME" in told
