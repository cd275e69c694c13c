"""Misspelt queries: what they meant, and when nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.search import Entry, SearchIndex
from app.lessons.spelling import Spelling, distance

TEXTS = (
    "The Jacobian matrix of a map",
    "matrix, matrix",
    "Gradients",
    "The Hölder norm of it",
    "trace",
)
words = st.text("abcde", max_size=6)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jacobain", "jacobian"),
        ("Jacboian", "jacobian"),
        ("jakobain matrx", "jacobian matrix"),
        ("gradiants", "gradients"),
        ("hodler norm", "holder norm"),
        ("trsce of x'A x", "trace of x'A x"),
    ],
)
def test_the_nearest_words_of_the_book_are_meant(typed: str, meant: str) -> None:
    assert Spelling(TEXTS).corrected(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "jacobian",
        "jaco",
        "grad",
        "MATRIX",
        "",
        "tr",
        "xylophone",
        "jacobain xylophone",
        "q" * 99,
        "jacobain matrx gradiants trsce hodler",
    ],
)
def test_nothing_is_guessed_where_all_is_known_or_nothing_is_near(typed: str) -> None:
    assert Spelling(TEXTS).corrected(typed) is None


def test_of_words_as_near_the_more_frequent_is_meant() -> None:
    assert Spelling(["rank rank tank"]).corrected("hank") == "rank"
    assert Spelling(["rank tank tank"]).corrected("hank") == "tank"


@given(words, words)
def test_the_distance_is_none_for_the_same_word_only_and_the_same_both_ways(
    one: str, other: str
) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) == distance(other, one)
    assert distance(one, other) <= max(len(one), len(other))


def test_a_swap_is_one_mistake() -> None:
    assert [distance("trace", other) for other in ("tarce", "trce", "traces", "grace")] == [1] * 4
    assert distance("trace", "tarec") == 2


def test_only_what_finds_nothing_is_taken_for_misspelt() -> None:
    index = SearchIndex(
        [Entry("page", "/a", "Jacobian", "", "A matrix."), Entry("page", "/b", "Rank", "", "b")]
    )
    assert index.meant("jacobain") == "jacobian"
    assert index.meant("jacobian") is None
    assert index.meant("jacobain rank") is None, "no place has both"
    assert index.meant("") is None
    assert [hit.address for hit in index.search(index.meant("jcobian matrix") or "")] == ["/a"]


@given(st.text(max_size=80))
def test_any_text_may_be_misspelt(query: str) -> None:
    index = SearchIndex([Entry("page", "/a", "Jacobian", "", "A matrix.")])
    assert index.meant(query) is None or index.search(index.meant(query) or "")
