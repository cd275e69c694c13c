"""Search: what is found, how it is marked, and that any text is a valid query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.search import Entry, SearchIndex
from tests.lessons.support import SmallBook

LESSON = """\
The beginning speaks of zebras.

(sec-chain)=
## The chain rule

Derivatives of composed functions multiply; here $\\nabla\\varphi$ appears.
"""


@pytest.mark.parametrize(
    ("query", "address", "kind"),
    [
        ("zebras", "/lessons/first", "lesson"),
        ("zebra", "/lessons/first", "lesson"),
        ("zeb", "/lessons/first", "lesson"),
        ("chain rule", "/lessons/first#sec-chain", "section"),
        ("CHAIN", "/lessons/first#sec-chain", "section"),
        ("compose multiply", "/lessons/first#sec-chain", "section"),
        ("varphi", "/lessons/first#sec-chain", "section"),
        ("jacobian matrix", "/glossary#term-jacobian", "term"),
        ("chain zebroid", "/lessons/first#sec-chain", "section"),
    ],
)
def test_finds_the_place(book: SmallBook, query: str, address: str, kind: str) -> None:
    hit = book.load(LESSON).search(query)[0]
    assert (hit.address, hit.kind) == (address, kind)


def test_marks_what_was_found(book: SmallBook) -> None:
    hit = book.load(LESSON).search("chain multiply")[0]
    assert hit.title_html == "The <mark>chain</mark> rule"
    assert "<mark>multiply</mark>" in hit.excerpt_html
    assert hit.place == "Lesson 1, First lesson"


def test_an_expression_is_found_as_it_is_typed() -> None:
    index = SearchIndex(
        [
            Entry("lesson", "/a", "A x", "", "A x and much more on A and x", weight=9),
            Entry("identity", "/b", "Quadratic form", "", "", expression="x'*A*x"),
        ]
    )
    assert [hit.address for hit in index.search("x' * A")] == ["/b", "/a"]


@pytest.mark.parametrize("query", ["x'*A*x", "x^T A x", "xᵀAx", "x^\\top A x", "x^{\\top} A x"])
def test_a_transpose_is_found_however_it_is_written(query: str) -> None:
    index = SearchIndex(
        [
            Entry("term", "/a", "Convex", "", "a function of x and A with x^T A x or top"),
            Entry("identity", "/b", "Quadratic form", "", "", expression="x'*A*x"),
        ]
    )
    assert index.search(query)[0].address == "/b"


def test_the_lesson_of_that_name_comes_first() -> None:
    entries = [Entry("term", f"/{n}", "Hessian of it", "", "Hessian " * 9) for n in range(5)]
    lesson = Entry("lesson", "/hessian", "The Hessian", "", "Second derivatives.", weight=2)
    assert SearchIndex([*entries, lesson]).search("hessian")[0].address == "/hessian"


def test_formulas_are_read_in_ordinary_characters(book: SmallBook) -> None:
    hit = book.load("Zebras in $\\mathbf{x}\\in\\mathbb{R}^{n}$ run.").search("zebras")[0]
    assert "x ∈ ℝ^n run." in hit.excerpt_html


def test_text_with_markup_stays_text() -> None:
    index = SearchIndex([Entry("page", "/a", "<b>bold</b> & co", "", "<script>x</script>")])
    hit = index.search("bold script")[0]
    assert hit.title_html == "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; co"
    assert "<script>" not in hit.excerpt_html


def test_accents_and_case_do_not_matter() -> None:
    index = SearchIndex([Entry("term", "/a", "Łojasiewicz Hölder", "", "")])
    assert index.search("holder")


@pytest.mark.parametrize("query", ["", "   ", '"', "*", "AND", "NEAR(", "a AND", "title:x", "\x00"])
def test_nothing_typed_is_a_syntax_error(book: SmallBook, query: str) -> None:
    book.load(LESSON).search(query)


INDEX = SearchIndex([Entry("page", "/a", "Jacobian", "", "and or not near x y z")])


@given(st.text(max_size=300), st.integers(-5, 500))
def test_any_text_is_a_query(query: str, limit: int) -> None:
    assert len(INDEX.search(query, limit)) <= 1
