"""What an author begins with passes the check; what is copied is compared with what ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.diagnostics import Problem
from app.lessons import scaffold
from app.lessons.check import examine
from app.lessons.errors import ContentError
from app.lessons.library.overrides import Change, override
from app.lessons.scaffold import NewIdentity
from tests.lessons.support import BOOK, FRONT, SmallBook

SHIPPED = FRONT + "One.\n\nTwo.\n"


class Course:
    """An overlay of a small book, made by the scaffold."""

    def __init__(self, folder: Path) -> None:
        self.base = SmallBook(folder / "base")
        self.base.write("chapters/one/first/lesson.md", SHIPPED)
        self.folder = folder / "course"
        scaffold.new_overlay(self.folder, "Our course", "../base")

    def problems(self) -> list[Problem]:
        widgets = self.base.folder / "widgets"
        found = examine(self.folder, widgets=widgets).problems
        return [problem for problem in found if problem.level != "note"]

    def changes(self) -> tuple[Change, ...]:
        return examine(self.folder, widgets=self.base.folder / "widgets").changes

    def override(self, slug: str, *, accept: bool = False) -> Path:
        return override(scaffold.opened(self.folder), slug, accept=accept)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def test_whatever_is_begun_passes_the_check(course: Course) -> None:
    scaffold.new_lesson(course.folder, "our-laboratory")
    scaffold.new_lesson(course.folder, "another", chapter="one", title='With "quotes": $x$')
    scaffold.new_chapter(course.folder, "week-9", "Week 9")
    scaffold.new_identity(course.folder, NewIdentity("our-trace"))
    norm = NewIdentity("our-norm", "norm2(A*x-b)^2", "x", "A: m,n; b: m")
    scaffold.new_identity(course.folder, norm)
    assert [str(problem) for problem in course.problems()] == []
    library = scaffold.opened(course.folder)
    assert library.plan.title == "Our course"
    lessons = ["first", "second", "our-laboratory", "another", "week-9-first-lesson"]
    assert library.plan.lessons == lessons
    written = (course.folder / "identities/own.yaml").read_text("utf-8")
    assert 'claim: "2*A\'*(A*x - b)"' in written


@pytest.mark.parametrize("written", ['["first", "second"]', '[\n  "first",\n  "second",\n]'])
def test_a_whole_book_is_extended_in_its_list(tmp_path: Path, written: str) -> None:
    book = SmallBook(tmp_path)
    book.write("book.toml", BOOK.replace('["first", "second"]', written) + "# a comment\n")
    book.write("chapters/one/first/lesson.md", SHIPPED)
    scaffold.new_lesson(tmp_path, "third")
    assert scaffold.opened(tmp_path).plan.lessons == ["first", "second", "third"]
    assert "# a comment" in (tmp_path / "book.toml").read_text("utf-8")
    assert (tmp_path / "chapters/one/third/lesson.md").is_file()


@pytest.mark.parametrize(
    ("name", "chapter", "expected"),
    [
        ("first", "", "There is a lesson “first” already. Choose another name, or copy that one"),
        ("Our Lab", "", "“Our Lab” cannot be a name."),
        ("lab", "oen", "There is no chapter “oen”. Did you mean “one”?"),
    ],
)
def test_a_lesson_that_cannot_be_begun(
    course: Course, name: str, chapter: str, expected: str
) -> None:
    with pytest.raises(ContentError, match=expected):
        scaffold.new_lesson(course.folder, name, chapter)
    assert course.problems() == []


def test_nothing_is_overwritten(course: Course) -> None:
    with pytest.raises(ContentError, match="is there already"):
        scaffold.new_overlay(course.folder)
    scaffold.new_identity(course.folder, NewIdentity("twice"))
    with pytest.raises(ContentError, match="There is an identity “twice” already"):
        scaffold.new_identity(course.folder, NewIdentity("twice"))


def test_an_overlay_extends_a_book_that_is_there(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.folder.parent)
    scaffold.new_overlay(Path("over/upper"), extends=course.folder.name)
    assert scaffold.opened(Path("over/upper")).folders[1].resolve() == course.folder.resolve()
    with pytest.raises(ContentError, match=r"There is no book “bultin”\. Did you mean “builtin”"):
        scaffold.new_overlay(Path("other"), extends="bultin")
    assert not Path("other").exists()
    scaffold.new_overlay(Path(), extends=course.folder.name)
    assert scaffold.opened(Path()).folders[1].resolve() == course.folder.resolve()


def test_what_cannot_be_added_to_is_left_as_it_is(course: Course) -> None:
    plan = 'extends = "../base"\ninsert = []\n'
    (course.folder / "book.toml").write_text(plan, "utf-8")
    with pytest.raises(ContentError, match="written in a way that cannot be added to"):
        scaffold.new_lesson(course.folder, "lab")
    assert (course.folder / "book.toml").read_text("utf-8") == plan
    assert not (course.folder / "lessons").exists()
    own = course.folder / "identities/own.yaml"
    own.parent.mkdir()
    own.write_text("group: own\ntitle: O\nidentities: []\n", "utf-8")
    with pytest.raises(ContentError, match="written in a way that cannot be added to"):
        scaffold.new_identity(course.folder, NewIdentity("mine"))
    own.write_bytes(b"\xe9")
    with pytest.raises(ContentError, match="not UTF-8"):
        scaffold.new_identity(course.folder, NewIdentity("mine"))


def test_an_identity_that_the_engine_cannot_derive_is_not_written(course: Course) -> None:
    with pytest.raises(ContentError, match="sinn"):
        scaffold.new_identity(course.folder, NewIdentity("wrong", "sinn(x)", "x"))
    assert not (course.folder / "identities").exists()


class TestOverride:
    def test_a_copy_is_the_shipped_text_and_says_nothing(self, course: Course) -> None:
        path = course.override("first")
        assert path.read_text("utf-8") == SHIPPED
        assert course.problems() == []
        path.write_text(SHIPPED.replace("One", "Our own"), "utf-8")
        assert course.problems() == []

    def test_an_upgrade_is_told_with_what_has_changed(self, course: Course) -> None:
        path = course.override("first")
        path.write_text(SHIPPED.replace("One", "Our own"), "utf-8")
        course.base.write("chapters/one/first/lesson.md", SHIPPED.replace("Two", "Two and a half"))
        (problem,) = course.problems()
        assert (problem.code, problem.level, problem.file) == ("shipped-changed", "warning", path)
        (change,) = course.changes()
        lines = change.diff().splitlines()
        assert "-Two." in lines
        assert "+Two and a half." in lines
        assert not any("Our own" in line for line in lines), "one's own changes are not news"
        course.override("first", accept=True)
        assert course.problems() == []
        assert "Our own" in path.read_text("utf-8")

    def test_without_the_remembered_text_the_copy_is_compared(self, course: Course) -> None:
        path = course.override("first")
        path.write_text(SHIPPED.replace("One", "Our own"), "utf-8")
        course.base.write("chapters/one/first/lesson.md", SHIPPED.replace("Two", "2"))
        (course.folder / ".shipped/first.md").unlink()
        assert "-Our own." in course.changes()[0].diff().splitlines()

    @pytest.mark.parametrize(
        ("slug", "accept", "expected"),
        [
            ("frist", False, "There is no lesson “frist”. Did you mean “first”"),
            ("second", True, "The overlay has no copy of “second”"),
            ("first", False, "The overlay has already a lesson “first”"),
        ],
    )
    def test_what_cannot_be_copied(
        self, course: Course, slug: str, accept: bool, expected: str
    ) -> None:
        course.override("first")
        with pytest.raises(ContentError, match=expected):
            course.override(slug, accept=accept)

    def test_a_whole_book_has_nothing_to_copy(self, course: Course) -> None:
        with pytest.raises(ContentError, match="is a whole book, no overlay"):
            override(scaffold.opened(course.base.folder), "first")
