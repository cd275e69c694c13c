"""What a misspelt query may have meant: the nearest words that the book itself uses.

The distance of two words counts letters that are missing, superfluous, wrong, or swapped with their
neighbour (optimal string alignment; L. Boytsov, “Indexing methods for approximate dictionary
searching”, 2011).  ``static/search/spelling.js`` does the same in a copy without a server.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

SHORTEST = 4  # letters; what is shorter is rather a name of mathematics than a misspelling
LONGEST = 30
TWO_MISTAKES = 6  # letters from which on two mistakes are forgiven instead of one
MOST_UNKNOWN = 3  # words; more of them are no misspelling
_LETTERS = re.compile(r"[^\W\d_]+")


class Spelling:
    """The words of the book, each with how often it stands there."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in words_of(text) if len(word) >= SHORTEST)
        self._counts = {word: counts[word] for word in sorted(counts)}
        self._words = list(self._counts)
        self._letters = [_letters(word) for word in self._words]

    def corrected(self, query: str) -> str | None:
        """The query with every unknown word replaced by the nearest known one.

        None where all words are known, where one is like nothing, or where too many are unknown.
        """
        typed = _LETTERS.findall(query)
        unknown = [word for word in dict.fromkeys(typed) if self._is_unknown(folded(word))]
        if not unknown or len(unknown) > MOST_UNKNOWN:
            return None
        meant = {word: self._nearest(folded(word)) for word in unknown}
        if not all(meant.values()):
            return None
        return _LETTERS.sub(lambda found: meant.get(found[0]) or found[0], query)

    def _is_unknown(self, word: str) -> bool:
        """Whether no word of the book begins like this."""
        at = bisect_left(self._words, word)
        begins = at < len(self._words) and self._words[at].startswith(word)
        return len(word) >= SHORTEST and not begins

    def _nearest(self, word: str) -> str | None:
        if len(word) > LONGEST:
            return None
        limit = 2 if len(word) >= TWO_MISTAKES else 1
        letters = _letters(word)
        near = [
            (distance(word, known), -self._counts[known], known)
            for known, mask in zip(self._words, self._letters, strict=True)
            if abs(len(known) - len(word)) <= limit and (mask ^ letters).bit_count() <= 2 * limit
        ]
        found = min(near, default=None)
        return found[2] if found and found[0] <= limit else None


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _LETTERS.findall(folded(text))


def folded(text: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()


def _letters(word: str) -> int:
    """Which letters a word has, as bits: words that are alike differ in few."""
    mask = 0
    for letter in word:
        mask |= 1 << ord(letter) % 61
    return mask


def distance(one: str, other: str) -> int:
    """How many mistakes lie between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


__all__ = ["Spelling", "distance", "folded", "words_of"]
