"""Search without scripts, and the fragment that the dialog shows."""

from __future__ import annotations

import pytest

from tests.support.reader import Reader


def test_a_term_is_found_with_its_place(client: Reader) -> None:
    page = client.get("/search", params={"q": "jacobian"}).text
    assert 'value="jacobian"' in page
    assert 'href="/lessons/jacobian' in page
    assert "<mark>" in page
    assert "results for “jacobian”" in page


def test_nothing_found_says_what_to_do(client: Reader) -> None:
    page = client.get("/search", params={"q": "xylophone"}).text
    assert "Nothing in the book matches “xylophone”" in page
    assert 'href="/glossary"' in page


def test_before_a_search_nothing_is_claimed(client: Reader) -> None:
    assert "No results" not in client.get("/search").text


def test_the_fragment_is_the_list_alone(client: Reader) -> None:
    fragment = client.get("/search", params={"q": "gradient", "part": "results"}).text
    assert '<ol class="results">' in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize(
    "query",
    ['"', "'", "*", "NOT", "AND OR", "(", "a*b", "x'Ax", "col:umn", "\x00", "∂f/∂x", "<b>", "-",
     "^", "{}", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x" * 100_000],
)  # fmt: skip
def test_any_text_is_a_valid_query(client: Reader, query: str) -> None:
    for part in ({}, {"part": "results"}):
        answer = client.get("/search", params={"q": query[:8000], **part})
        assert answer.status_code == 200
        assert "<b>" not in answer.text


def test_the_layout_switch_keeps_the_query(client: Reader) -> None:
    page = client.get("/search", params={"q": "trace"}).text
    assert '<input type="hidden" name="q" value="trace">' in page


@pytest.mark.parametrize("part", [{}, {"part": "results"}])
def test_a_misspelling_is_forgiven_and_said(client: Reader, part: dict[str, str]) -> None:
    page = client.get("/search", params={"q": "hesian <matrix>", **part}).text
    assert "Nothing in the book matches “hesian &lt;matrix&gt;”" in page
    assert "<strong>hessian &lt;matrix&gt;</strong>" in page
    assert 'href="/lessons/hessian' in page
