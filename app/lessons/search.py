"""Full-text search over the book: SQLite FTS5 in memory, built when the book is loaded.

Whatever a reader types is a valid query: words are looked up as they are, the last one as the
beginning of a word, so that results come while one types.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from app.lessons.model import Hit
from app.lessons.spelling import Spelling

Kind = Literal["lesson", "section", "term", "identity", "page"]

LONGEST_QUERY = 200  # characters
MOST_WORDS = 12
MOST_RESULTS = 50
SHORTEST_EXPRESSION = 2  # signs
MOST_CANDIDATES = 200
# Sentinels for the marks: private characters that no text contains after ``_clean``.
OPEN, CLOSE = "\ue000", "\ue001"
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that can be found.

    ``expression`` is what it says in the expression language, found as it is typed; a ``weight``
    above 1 puts it before others that fit as well.
    """

    kind: Kind
    address: str
    title: str
    place: str
    body: str
    formulas: str = ""
    aliases: str = ""
    weight: float = 1.0
    expression: str = ""


class SearchIndex:
    """The index; safe to use from any thread."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._lock = threading.Lock()
        self._spelling: Spelling | None = None
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE places USING fts5("
            "title, aliases, body, formulas, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            "INSERT INTO places (rowid, title, aliases, body, formulas)"
            " VALUES (:row, :title, :aliases, :body, :formulas)",
            ({"row": row, **searchable(entry)} for row, entry in enumerate(self._entries)),
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All places that can be found."""
        return self._entries

    def __reduce__(self) -> tuple[type[SearchIndex], tuple[tuple[Entry, ...]]]:
        """An open database cannot be pickled; it is built anew from its entries."""
        return SearchIndex, (self._entries,)

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """The places that fit best; if none has all the words, those that have some."""
        words = query_words(query)
        if not words:
            return ()
        count = max(1, min(limit, MOST_RESULTS))
        rows = self._expressions(query)
        rows += [row for row in self._ranked(" AND ".join(words), query) if row not in rows]
        if not rows and len(words) > 1:
            rows = self._ranked(" OR ".join(words), query)
        return tuple(self._hits(rows[:count], " OR ".join(words)))

    def meant(self, query: str) -> str | None:
        """The query spelt right, where as it stands it finds nothing and so it does; else None."""
        if self._finds(query):
            return None
        if self._spelling is None:  # made with the first misspelling
            texts = (
                text for each in self._entries for text in (each.title, each.aliases, each.body)
            )
            self._spelling = Spelling(map(_clean, texts))
        corrected = self._spelling.corrected(_clean(query[:LONGEST_QUERY]))
        return corrected if corrected and self._finds(corrected) else None

    def _finds(self, query: str) -> bool:
        """Whether some place has all the words, or what was typed as an expression."""
        words = query_words(query)
        if not words:
            return False
        with self._lock:  # without their ranks: one place is enough
            found = self._database.execute(
                "SELECT 1 FROM places WHERE places MATCH ? LIMIT 1", (" AND ".join(words),)
            ).fetchone()
        return found is not None or bool(self._expressions(query))

    def _expressions(self, query: str) -> list[int]:
        """The places whose expression holds what was typed, blanks aside."""
        typed = _plain_product(query[:LONGEST_QUERY])
        if not re.search(r"[*'^+(ᵀ]", query) or len(typed) < SHORTEST_EXPRESSION:
            return []
        return [
            row
            for row, entry in enumerate(self._entries)
            if typed in _plain_product(entry.expression)
        ]

    def _ranked(self, match: str, query: str) -> list[int]:
        """The places that fit, best first."""
        with self._lock:
            found = self._database.execute(
                "SELECT rowid, bm25(places, 12.0, 10.0, 1.0, 2.0) AS score FROM places"
                " WHERE places MATCH ? ORDER BY score LIMIT ?",
                (match, MOST_CANDIDATES),
            ).fetchall()
        wanted = _squeezed(query).casefold()
        best = sorted(found, key=lambda pair: pair[1] * self._boost(pair[0], wanted))
        return [row for row, _ in best]

    def _boost(self, row: int, wanted: str) -> float:
        """How much more a place counts: by its kind, and when it is called just so."""
        entry = self._entries[row]
        title = _squeezed(entry.title).casefold().removeprefix("the")
        return entry.weight * (3.0 if wanted in (title, title.removesuffix("s")) else 1.0)

    def _hits(self, rows: list[int], match: str) -> Iterator[Hit]:
        """The places with what was found in them marked."""
        places = ",".join("?" * len(rows))
        with self._lock:
            found = self._database.execute(
                "SELECT rowid, highlight(places, 0, ?, ?), snippet(places, 2, ?, ?, '…', 28)"
                f" FROM places WHERE places MATCH ? AND rowid IN ({places})",
                (OPEN, CLOSE, OPEN, CLOSE, match, *rows),
            ).fetchall()
        marked = {row: (title, excerpt) for row, title, excerpt in found}
        for row in rows:
            entry = self._entries[row]
            title, excerpt = marked.get(row, (entry.title, entry.body))
            yield Hit(entry.kind, entry.address, _marked(title), entry.place, _marked(excerpt))


def searchable(entry: Entry) -> dict[str, Any]:
    """What of an entry is searched and ranked, as the index has it."""
    return {
        "kind": entry.kind,
        "title": _clean(entry.title),
        "aliases": _clean(entry.aliases),
        "body": _clean(entry.body),
        "formulas": spelled_out(entry.formulas),
        "expression": entry.expression,
        "weight": entry.weight,
    }


def query_words(query: str) -> list[str]:
    """The words of a query as FTS5 strings; the last is a prefix unless a blank follows it."""
    words = _WORDS.findall(_clean(query[:LONGEST_QUERY]))[:MOST_WORDS]
    quoted = [f'"{word}"' for word in words]
    # A single letter is a name of mathematics and not the beginning of a word.
    if quoted and len(words[-1]) > 1 and not query[:LONGEST_QUERY][-1:].isspace():
        quoted[-1] += "*"
    return quoted


def spelled_out(tex: str) -> str:
    """The words in TeX, so that ``nabla`` and ``top`` are found as such."""
    return " ".join(re.findall(r"[A-Za-z]+|\d+|[^\W\d_]", _clean(tex)))


def _clean(text: str) -> str:
    return re.sub("[\ue000\ue001\x00\ud800-\udfff]", " ", text)


def _plain_product(expression: str) -> str:
    """An expression with one way of writing transposes and products: ``x^T A x`` is ``x'Ax``."""
    transposed = re.sub(r"\s*(?:\^\s*(?:\{\s*)?(?:\\top|T\b)(?:\s*\})?|ᵀ)", "'", expression)
    return _squeezed(transposed).replace("*", "")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _marked(text: str) -> str:
    return escape(text, quote=False).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
