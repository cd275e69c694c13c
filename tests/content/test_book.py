"""The book as it is written: no mistakes, every lesson of good length, every claim verified."""

from __future__ import annotations

import re

import pytest

from app.lessons import Book, Page
from tests.support import books

pytestmark = pytest.mark.xdist_group("content")
SLUGS = [
    "beyond-scalar-calculus",
    "layout-conventions",
    "gradients",
    "jacobian",
    "hessian",
    "rules",
    "matrix-chain-rule",
    "backpropagation",
    "linear-regression",
    "custom-autograd",
    "natural-gradient-and-variational-inference",
    "gaussian-processes",
]


@pytest.fixture(scope="module")
def book() -> Book:
    return books.book()


def test_the_content_has_no_mistakes() -> None:
    found = books.report().problems
    assert [str(problem) for problem in found if problem.level != "note"] == []


def test_the_lessons_stand_in_their_order(book: Book) -> None:
    assert [lesson.slug for lesson in book.lessons] == SLUGS
    assert [lesson.number for lesson in book.lessons] == list(range(1, 13))


def test_every_page_is_safe_under_the_strict_policy(book: Book) -> None:
    for _, page in _pages(book):
        assert " style=" not in page.html, page.slug
        assert "<script" not in page.html, page.slug
        assert "content-error" not in page.html, page.slug


def test_every_id_of_a_page_stands_once(book: Book) -> None:
    for _, page in _pages(book):
        ids = re.findall(r'\bid="([^"]*)"', page.html)
        assert len(ids) == len(set(ids)), page.slug


def test_every_link_within_the_book_arrives(book: Book) -> None:
    known = _addresses(book)
    for here, page in _pages(book):
        for href in re.findall(r'href="([^"]*)"', page.html):
            if href.startswith(("#", "/")):
                assert (here + href if href.startswith("#") else href) in known, (here, href)


def test_every_lesson_verifies_formulas_or_refers_to_verified_ones(book: Book) -> None:
    assert sum(page.html.count('class="verification"') for page in book.lessons) >= 20


def test_the_cheat_sheet_has_its_identities(book: Book) -> None:
    assert sum(len(group.identities) for group in book.cheat_sheet) >= 90
    for group in book.cheat_sheet:
        assert group.rules, f"{group.title}: the place of its rules is missing"
        for identity in group.identities:
            assert "layout-numerator" in identity.html
            assert "layout-denominator" in identity.html
            assert "numeric-check" in identity.html


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("chain rule", "/lessons/matrix-chain-rule"),
        ("backpropagation", "/lessons/backpropagation"),
        ("normal equations", "/lessons/linear-regression"),
        ("hessian", "/lessons/hessian"),
        ("gaussian process", "/lessons/gaussian-processes"),
    ],
)
def test_a_reader_finds_the_lesson(book: Book, query: str, address: str) -> None:
    assert any(hit.address.startswith(address) for hit in book.search(query, 5))


def _pages(book: Book) -> list[tuple[str, Page]]:
    """Every page of text with its address, the authors' guide included."""
    lessons = [(f"/lessons/{lesson.slug}", lesson) for lesson in book.every_lesson]
    return [*lessons, *((f"/{page.slug}", page) for page in book.pages.values())]


def _addresses(book: Book) -> set[str]:
    found = {"/", "/cheat-sheet", "/glossary", "/bibliography", "/calculator", "/search"}
    found |= {f"/glossary#{term.anchor}" for term in book.glossary}
    found |= {f"/bibliography#{work.anchor}" for work in book.bibliography}
    found |= {f"/cheat-sheet#{i.anchor}" for group in book.cheat_sheet for i in group.identities}
    found |= {f"/datasets/{name}.csv" for name in book.datasets}
    for address, page in _pages(book):
        found.add(address)
        found |= {f"{address}#{anchor}" for anchor in re.findall(r'\bid="([^"]*)"', page.html)}
    return found
