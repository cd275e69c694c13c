"""An author in the middle of a sentence: the book goes on with what was good."""

import pytest

from app.lessons import ContentError, check, load
from tests.lessons.support import BOOK, SmallBook


def test_a_lesson_that_breaks_keeps_its_last_good_version(book: SmallBook) -> None:
    book.load("The good text.")
    broken = book.load("The broken text $\\frac{$.").lessons[0]
    assert "The good text." in broken.html
    assert broken.stale
    assert not broken.broken
    assert "lesson.md, line 5: " in broken.notice_html
    assert [problem.line for problem in broken.problems] == [5]


def test_the_last_good_version_outlives_several_broken_ones(book: SmallBook) -> None:
    book.load("The good text.")
    book.load("{term}`x`")
    assert "The good text." in book.load("{ref}`y`").lessons[0].html


def test_a_mended_lesson_is_shown_at_once_and_without_notice(book: SmallBook) -> None:
    book.load("The good text.")
    book.load("{term}`x`")
    mended = book.load("The mended text.").lessons[0]
    assert "The mended text." in mended.html
    assert not mended.stale
    assert mended.notice_html == ""


def test_without_an_earlier_version_the_page_says_what_is_wrong(book: SmallBook) -> None:
    lesson = book.load("The rest is fine. $\\fra{a}{b}$").lessons[0]
    assert lesson.broken
    assert "TeX does not know the command “\\fra”" in lesson.notice_html
    assert "Did you mean" in lesson.notice_html
    assert "“\\frac”" in lesson.notice_html
    assert "The rest is fine." in lesson.html
    assert str(book.folder) not in lesson.notice_html


def test_a_broken_lesson_leaves_the_others_alone(book: SmallBook) -> None:
    loaded = book.load("---\nbroken")
    assert loaded.lessons[1].html
    assert not loaded.lessons[1].broken


def test_a_lesson_that_refers_to_a_label_that_went_keeps_its_version(book: SmallBook) -> None:
    book.load("See {eq}`eq-there`.")
    book.write("chapters/one/second/lesson.md", "---\ntitle: B\nsummary: C\n---\nText.")
    loaded = book.load()
    assert loaded.lessons[0].stale
    assert "(2.1)" in loaded.lessons[0].html
    assert not loaded.lessons[1].stale


def test_a_missing_lesson_leaves_the_rest_of_the_book(book: SmallBook) -> None:
    loaded = book.load()
    assert [lesson.slug for lesson in loaded.lessons] == ["second"]
    assert loaded.problems[0].code == "missing-lesson"


def test_a_file_that_is_not_utf8_is_a_problem_and_no_crash(book: SmallBook) -> None:
    book.load("Text.")
    path = book.folder / "chapters/one/first/lesson.md"
    path.write_bytes(b"---\ntitle: A\nsummary: B\n---\n\xff\xfe")
    loaded = book.load()
    assert [(p.code, p.line) for p in loaded.problems] == [("encoding", 5)]
    assert loaded.lessons[0].stale


def test_a_broken_plan_keeps_the_earlier_book(book: SmallBook) -> None:
    book.load("Text.")
    book.write("book.toml", BOOK + "[[chapters")
    loaded = book.load()
    assert len(loaded.lessons) == 2
    assert [(p.code, p.line) for p in loaded.problems] == [("toml", 6)]


def test_a_broken_plan_without_an_earlier_book_is_an_error_that_says_where(
    book: SmallBook,
) -> None:
    book.write("book.toml", 'title = "A"\nchapters = 3\n')
    with pytest.raises(ContentError, match="chapters"):
        load(book.folder)
    assert [problem.file for problem in check(book.folder)] == [book.folder / "book.toml"]


def test_a_lesson_outside_the_plan_is_a_warning(book: SmallBook) -> None:
    book.write("chapters/one/third/lesson.md", "---\ntitle: A\nsummary: B\n---\nText.")
    problems = book.problems("Text.")
    assert [(p.code, p.level) for p in problems] == [("unlisted-lesson", "warning")]


def test_all_links_stay_below_a_prefix(book: SmallBook) -> None:
    book.load("{ref}`second` {term}`gradient` {cite}`magnus-neudecker` [a](/calculator)")
    prefixed = load(book.folder, widgets=book.folder / "widgets", prefix="/course")
    html = prefixed.lessons[0].html
    assert html.count('href="/') == html.count('href="/course/') == 4
    assert prefixed.search("gradient")[0].address.startswith("/course/")
