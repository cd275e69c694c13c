"""Full-text search over the book: SQLite FTS5 in memory, built when the book is loaded.

Whatever a reader types is a valid query: words are looked up as they are, the last one as the
beginning of a word, so that results come while one types.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from app.lessons.model import Hit

Kind = Literal["lesson", "section", "term", "identity", "page"]

LONGEST_QUERY = 200  # characters
MOST_WORDS = 12
MOST_RESULTS = 50
# Sentinels for the marks: private characters that no text contains after ``_clean``.
OPEN, CLOSE = "\ue000", "\ue001"
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that can be found. ``weight`` below 1 puts it before others that fit as well."""

    kind: Kind
    address: str
    title: str
    place: str
    body: str
    formulas: str = ""
    aliases: str = ""
    weight: float = 1.0


class SearchIndex:
    """The index; safe to use from any thread."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE places USING fts5("
            "title, aliases, body, formulas, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            "INSERT INTO places (rowid, title, aliases, body, formulas) VALUES (?, ?, ?, ?, ?)",
            (
                (row, _clean(e.title), _clean(e.aliases), _clean(e.body), spelled_out(e.formulas))
                for row, e in enumerate(self._entries)
            ),
        )

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """The places that fit best; if none has all the words, those that have some."""
        words = query_words(query)
        if not words:
            return ()
        count = max(1, min(limit, MOST_RESULTS))
        rows = self._rows(" AND ".join(words), count)
        if not rows and len(words) > 1:
            rows = self._rows(" OR ".join(words), count)
        return tuple(self._hit(*row) for row in rows)

    def _rows(self, match: str, count: int) -> list[tuple[int, str, str]]:
        with self._lock:
            found = self._database.execute(
                "SELECT rowid, highlight(places, 0, ?, ?), snippet(places, 2, ?, ?, '…', 28),"
                " bm25(places, 12.0, 10.0, 1.0, 2.0) FROM places WHERE places MATCH ?",
                (OPEN, CLOSE, OPEN, CLOSE, match),
            ).fetchall()
        ranked = sorted(found, key=lambda row: row[3] / self._entries[row[0]].weight)
        return [(row, title, excerpt) for row, title, excerpt, _ in ranked[:count]]

    def _hit(self, row: int, title: str, excerpt: str) -> Hit:
        entry = self._entries[row]
        return Hit(entry.kind, entry.address, _marked(title), entry.place, _marked(excerpt))


def query_words(query: str) -> list[str]:
    """The words of a query as FTS5 strings; the last is a prefix unless a blank follows it."""
    words = _WORDS.findall(_clean(query[:LONGEST_QUERY]))[:MOST_WORDS]
    quoted = [f'"{word}"' for word in words]
    if quoted and not query[:LONGEST_QUERY][-1:].isspace():
        quoted[-1] += "*"
    return quoted


def spelled_out(tex: str) -> str:
    """The words in TeX, so that ``nabla`` and ``top`` are found as such."""
    return " ".join(re.findall(r"[A-Za-z]+|\d+|[^\W\d_]", _clean(tex)))


def _clean(text: str) -> str:
    return re.sub("[\ue000\ue001\x00\ud800-\udfff]", " ", text)


def _marked(text: str) -> str:
    return escape(text, quote=False).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
