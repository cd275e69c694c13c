"""A book with a damaged file opens: readers of everything else notice nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.main import create_app
from app.settings import BookSettings, Settings
from tests.lessons.support import SmallBook
from tests.support.reader import Reader

DAMAGED = {
    "no text": b"\xff\xfe\x00\x01" * 50,
    "a formula that ends too soon": b"---\ntitle: A\nsummary: B\n---\n$$\n\\frac{1}{\n$$",
    "cut in a widget": b"---\ntitle: A\nsummary: B\n---\n```{widget} jacobian\n:f: [x",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_lesson_is_told_in_its_place(tmp_path: Path, damage: str) -> None:
    book = SmallBook(tmp_path)
    book.load("Text.")
    (tmp_path / "chapters/one/first/lesson.md").write_bytes(DAMAGED[damage])
    application = create_app(Settings(book=BookSettings(content=tmp_path)))
    with Reader(application, raise_server_exceptions=False) as reader:
        told = reader.get("/lessons/first")
        assert told.status_code == 200
        assert "This page has mistakes that its author has to mend." in told.text
        assert str(tmp_path) not in told.text
        other = reader.get("/lessons/second")
        assert (other.status_code, "has mistakes" in other.text) == (200, False)
        assert reader.get("/").status_code == reader.get("/healthz").status_code == 200
    problems = application.state.desk.problems()
    assert {"first/lesson.md" in str(problem.file) for problem in problems} == {True}
    assert all(problem.line for problem in problems)
