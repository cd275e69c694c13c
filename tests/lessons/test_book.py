"""What the pages receive besides the text of a lesson."""

from tests.lessons.support import FRONT, SmallBook

FULL = """\
---
title: The $J$ matrix
summary: On *it*.
prerequisites: [second]
objectives: ["find $J$", plain]
time: 7
---
"""


def test_a_lesson_knows_its_place(book: SmallBook) -> None:
    first, second = book.load("Text.").lessons
    assert (first.number, second.number) == (1, 2)
    assert first.previous is None
    assert first.following is not None
    assert (first.following.slug, first.following.title) == ("second", "Second x lesson")
    assert "<math" in first.following.title_html
    assert second.previous is not None
    assert second.previous.slug == "first"
    assert second.following is None


def test_front_matter_reaches_the_page(book: SmallBook) -> None:
    lesson = book.load("One two three.", FULL).lessons[0]
    assert lesson.title == "The J matrix"
    assert "<math" in lesson.title_html
    assert lesson.summary == "On it."
    assert lesson.summary_html == "On <em>it</em>."
    assert [link.slug for link in lesson.prerequisites] == ["second"]
    assert [("<math" in text) for text in lesson.objectives_html] == [True, False]
    assert lesson.minutes == 7
    assert lesson.words == 3


def test_without_an_estimate_the_minutes_are_computed(book: SmallBook) -> None:
    lesson = book.load("word " * 500, FRONT).lessons[0]
    assert lesson.words == 500
    assert 3 <= lesson.minutes <= 6


def test_contents_lead_to_the_headings(book: SmallBook) -> None:
    lesson = book.load("(sec-a)=\n## One $x$\n\n### Two\n\n#### Three").lessons[0]
    assert [(h.level, h.anchor, h.title) for h in lesson.contents] == [
        (2, "sec-a", "One x"),
        (3, "sec-two", "Two"),
    ]
    for heading in lesson.contents:
        assert f'id="{heading.anchor}"' in lesson.html


def test_a_lesson_carries_the_terms_it_uses_once(book: SmallBook) -> None:
    lesson = book.load("{term}`Jacobian`, {term}`Jacobians`").lessons[0]
    assert [term.anchor for term in lesson.terms] == ["term-jacobian"]
    definition = lesson.terms[0].definition_html
    assert "<math" in definition
    assert 'href="/glossary#term-gradient"' in definition
    assert lesson.terms[0].see is not None
    assert lesson.terms[0].see.slug == "first"


def test_all_ids_of_a_page_differ(book: SmallBook) -> None:
    import re

    block = ":::{note} Same\nText.\n:::\n\n```{figure} picture.svg\n:alt: A\nB\n```\n\n"
    html = book.load(block * 2 + "## Same\n\n## Same\n").lessons[0].html
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids)) > 8


def test_widgets_are_found_for_embedding(book: SmallBook) -> None:
    loaded = book.load("```{widget} jacobian\n:at: [1, 2]\nA grid.\n```")
    widget = loaded.widgets["jacobian"]
    assert widget.title == "Jacobian as linearization"
    assert "A grid." in widget.html
    assert widget.lesson is not None
    assert widget.lesson.slug == "first"


def test_the_glossary_and_the_bibliography_are_in_order(book: SmallBook) -> None:
    loaded = book.load("Text.")
    assert [term.term for term in loaded.glossary] == ["gradient", "Jacobian"]
    assert [work.key for work in loaded.bibliography] == ["golub-van-loan", "magnus-neudecker"]


def test_a_widget_may_start_in_the_state_of_a_link(book: SmallBook) -> None:
    loaded = book.load('```{widget} jacobian\n:state: "1~x.1.25~f.[x, y]"\nA grid.\n```')
    assert loaded.problems == ()
    assert "&quot;state&quot;:&quot;1~x.1.25~f.[x, y]&quot;" in loaded.widgets["jacobian"].html


def test_a_state_that_no_link_could_hold_is_told_with_its_line(book: SmallBook) -> None:
    (problem,) = book.load("```{widget} jacobian\n:state: x = 1\nA grid.\n```").problems
    assert "“state” should be a version and fields" in problem.message
    assert problem.line == 6
