"""The plan of an overlay: what it hides, reorders and inserts, and that everything follows."""

from __future__ import annotations

import pytest

from tests.lessons.library.support import Overlay
from tests.lessons.support import FRONT

GUIDE = ["fifth", "sixth"]
OWN = 'lessons = ["fourth", "second"]'


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("", {"one": ["first", "second"], "two": ["third", "fourth"], "guide": GUIDE}),
        ('hide = ["first", "guide"]', {"one": ["second"], "two": ["third", "fourth"]}),
        ('hide = ["one"]', {"two": ["third", "fourth"], "guide": GUIDE}),
        ('only = ["two"]', {"two": ["third", "fourth"]}),
        ('only = ["two", "first"]\nhide = ["third"]', {"one": ["first"], "two": ["fourth"]}),
        (
            'only = ["first"]\n[[insert]]\nlesson = "fourth"\nafter = "first"',
            {"one": ["first", "fourth"]},
        ),
        (
            f'only = ["third"]\n[[chapters]]\nid = "week"\ntitle = "Week"\n{OWN}',
            {"two": ["third"], "week": ["fourth", "second"]},
        ),
        (
            'order = ["guide", "two"]',
            {"guide": GUIDE, "two": ["third", "fourth"], "one": ["first", "second"]},
        ),
        (
            f'[[chapters]]\nid = "one"\n{OWN}',
            {"one": ["fourth", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            f'only = ["week"]\n[[chapters]]\nid = "week"\ntitle = "Week"\n{OWN}',
            {"week": ["fourth", "second"]},
        ),
        (
            '[[chapters]]\nid = "week"\ntitle = "W"\nlessons = ["third", "fourth"]\nbefore = "one"',
            {"week": ["third", "fourth"], "one": ["first", "second"], "guide": GUIDE},
        ),
        (
            '[[chapters]]\nid = "one"\nafter = "two"',
            {"two": ["third", "fourth"], "one": ["first", "second"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "fourth"\nafter = "first"',
            {"one": ["first", "fourth", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "fourth"\nbefore = "first"',
            {"one": ["fourth", "first", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "first"\nchapter = "two"',
            {"one": ["second"], "two": ["third", "fourth", "first"], "guide": GUIDE},
        ),
    ],
)
def test_the_plan(overlay: Overlay, plan: str, expected: dict[str, list[str]]) -> None:
    found = overlay.plan(plan)
    assert found == expected
    assert list(found) == list(expected)


def test_numbers_and_neighbours_follow_the_plan(overlay: Overlay) -> None:
    book = overlay.load('hide = ["second"]\norder = ["two"]')
    assert [(lesson.slug, lesson.number) for lesson in book.lessons] == [
        ("third", 1),
        ("fourth", 2),
        ("first", 3),
    ]
    first = book.lessons[2]
    assert first.previous is not None
    assert (first.previous.slug, first.following) == ("fourth", None)
    assert [chapter.number for chapter in book.chapters] == [1, 2]


def test_appendices_stand_outside_the_order_of_reading(overlay: Overlay) -> None:
    book = overlay.load()
    assert [chapter.number for chapter in book.appendices] == ["A"]
    fifth, sixth = book.appendices[0].lessons
    assert (fifth.number, sixth.number) == ("A.1", "A.2")
    assert (fifth.previous, sixth.following) == (None, None)
    assert book.lessons[-1].following is None
    assert book.lesson("fifth") is fifth


def test_the_search_finds_what_is_shown_and_nothing_else(overlay: Overlay) -> None:
    own = FRONT.replace("First", "Own") + "A trapezoid.\n"
    overlay.write("lessons/own/lesson.md", own)
    book = overlay.load('hide = ["third"]\n[[insert]]\nlesson = "own"\nchapter = "one"')
    assert [hit.address for hit in book.search("trapezoid")] == ["/lessons/own"]
    assert not any("/lessons/third" in hit.address for hit in book.search("third"))


def test_words_of_the_book_are_replaced(overlay: Overlay) -> None:
    book = overlay.load('title = "Mine"\ndefault-layout = "denominator"\nlanguage = "de"')
    assert (book.title, book.default_layout, book.language) == ("Mine", "denominator", "de")
    assert overlay.load("# nothing").title == "The book below"


def test_a_lesson_of_ones_own_in_a_chapter_of_the_book_is_shown_unnamed(overlay: Overlay) -> None:
    overlay.write("lessons/own/lesson.md", FRONT)
    chapter = '[[chapters]]\nid = "one"\nlessons = ["second", "own"]\n'
    assert overlay.plan(f'only = ["third"]\n{chapter}') == {"one": ["own"], "two": ["third"]}
