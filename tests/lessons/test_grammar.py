"""The lesson grammar, one fixture per construction (``fixtures/grammar.txt``)."""

import re
from pathlib import Path

import pytest

from tests.lessons.support import SmallBook

FIXTURES = Path(__file__).parent / "fixtures" / "grammar.txt"


def _cases() -> list[tuple[str, str, str]]:
    text = re.sub(r"\A(#.*\n)+", "", FIXTURES.read_text("utf-8"))
    found = re.findall(r"^(.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.$", text, re.MULTILINE)
    return [(title, source, expected) for title, source, expected in found]


CASES = _cases()


def test_all_fixtures_are_read() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize(("source", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_grammar(book: SmallBook, source: str, expected: str) -> None:
    assert book.html(source).strip() == expected.strip()
    assert book.book is not None
    assert book.book.problems == ()
