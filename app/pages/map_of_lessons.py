"""The map on the cover: lessons in rows, each below all that it builds on, joined by lines.

The rows are HTML, so that titles wrap and formulas stay formulas; the lines between two rows are
one SVG as wide as the map, in hundredths of its width.  A line that passes a row runs through a
lane beside its lessons.  Lines are ordered so that few of them cross.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.lessons import Book, Lesson, LessonLink

ABREAST = 2
"""How many lessons stand side by side: as many as a phone has room for."""
LANE = 5
"""The width of a lane in hundredths; the style sheet has the same."""
SWEEPS = 6

Needs = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a row: a lesson, or a lane for the lines of the lesson ``origin``.

    ``ends`` are the slugs of the lessons that the lane leads to.
    """

    origin: str
    lesson: Lesson | None = None
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two rows, from ``start`` to ``end`` in hundredths of the width.

    It belongs to the dependences of the lessons ``ends`` on ``origin``.
    """

    start: float
    end: float
    origin: str
    ends: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, and the lines that lead to them from the row above."""

    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The lessons next to one on the map: those it builds on, and those that build on it."""

    below: tuple[LessonLink, ...]
    above: tuple[LessonLink, ...]


def neighbours_of(book: Book) -> dict[str, Neighbours]:
    """Of each lesson its neighbours, in the order of reading."""
    links = {lesson.slug: lesson.link for lesson in book.every_lesson}
    return {
        slug: Neighbours(
            tuple(links[need] for need in book.thread.get(slug, ()) if need in links),
            tuple(link for each, link in links.items() if slug in book.thread.get(each, ())),
        )
        for slug in links
    }


def map_of(book: Book) -> tuple[Row, ...]:
    """The rows of the map; none for a course whose lessons do not depend on one another."""
    lessons = {lesson.slug: lesson for lesson in book.lessons}
    needs = {
        slug: [need for need in book.thread.get(slug, ()) if need in lessons] for slug in lessons
    }
    return _Drawing(lessons, needs).rows() if any(needs.values()) else ()


def placed(needs: Needs) -> list[list[str]]:
    """The lessons in rows of at most ``ABREAST``: each as high as what it builds on allows."""
    depth: dict[str, int] = {}

    def find(lesson: str) -> int:
        if lesson not in depth:
            depth[lesson] = 1 + max((find(need) for need in needs[lesson]), default=-1)
        return depth[lesson]

    levels: dict[int, list[str]] = {}
    for lesson in needs:
        levels.setdefault(find(lesson), []).append(lesson)
    return [
        levels[level][start : start + ABREAST]
        for level in sorted(levels)
        for start in range(0, len(levels[level]), ABREAST)
    ]


class _Drawing:
    def __init__(self, lessons: Mapping[str, Lesson], needs: Needs) -> None:
        self._lessons, self._needs = lessons, needs
        rows = placed(needs)
        self._row = {lesson: at for at, row in enumerate(rows) for lesson in row}
        self._cells = [[*row, *self._passing(at)] for at, row in enumerate(rows)]

    def _ends(self, origin: str, at: int) -> list[str]:
        """The lessons in the row ``at`` or below it that build on ``origin``."""
        return [
            lesson
            for lesson, needs in self._needs.items()
            if origin in needs and self._row[lesson] >= at
        ]

    def _passing(self, at: int) -> Iterator[str]:
        """The lessons whose lines pass the row."""
        return (each for each, row in self._row.items() if row < at and self._ends(each, at + 1))

    def rows(self) -> tuple[Row, ...]:
        cells = self._ordered()
        return tuple(
            Row(
                tuple(self._cell(each, at) for each in row),
                tuple(self._lines(cells[at - 1], row, at)) if at else (),
            )
            for at, row in enumerate(cells)
        )

    def _is_lane(self, origin: str, at: int) -> bool:
        return self._row[origin] != at

    def _cell(self, origin: str, at: int) -> Cell:
        if self._is_lane(origin, at):
            return Cell(origin, ends=" ".join(self._ends(origin, at + 1)))
        return Cell(origin, self._lessons[origin])

    def _joined(self, below: str, at: int) -> list[str]:
        """The cells of the row above that lead to one of the row ``at``."""
        return [below] if self._is_lane(below, at) else list(self._needs[below])

    def _lines(self, above: Sequence[str], row: Sequence[str], at: int) -> Iterator[Line]:
        start, end = self._centres(above, at - 1), self._centres(row, at)
        for below in row:
            for origin in self._joined(below, at):
                ends = self._ends(origin, at + 1) if below == origin else [below]
                yield Line(start[origin], end[below], origin, " ".join(ends))

    def _centres(self, row: Sequence[str], at: int) -> dict[str, float]:
        """Where the middle of each cell is: lanes have their width, lessons share the rest."""
        lanes = sum(self._is_lane(each, at) for each in row)
        share = (100 - LANE * lanes) / (len(row) - lanes)
        found, left = {}, 0.0
        for each in row:
            width = LANE if self._is_lane(each, at) else share
            found[each] = round(left + width / 2, 2)
            left += width
        return found

    def _ordered(self) -> list[list[str]]:
        """The cells of each row in the order with the fewest crossings that a few sweeps find."""
        best = rows = self._cells
        for sweep in range(SWEEPS):
            rows = self._swept(rows, downwards=sweep % 2 == 0)
            if self._crossings(rows) < self._crossings(best):
                best = rows
        return best

    def _swept(self, rows: list[list[str]], *, downwards: bool) -> list[list[str]]:
        """Each row sorted by the mean place of what it is joined to in the row before."""
        found = [list(row) for row in rows]
        for at in range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1):
            before = found[at - 1] if downwards else found[at + 1]
            pairs = self._pairs(found, at if downwards else at + 1)
            joined: dict[str, list[int]] = {each: [] for each in found[at]}
            for above, below in pairs:
                here, there = (below, above) if downwards else (above, below)
                joined[here].append(before.index(there))
            means = {each: _mean(joined[each], place) for place, each in enumerate(found[at])}
            found[at].sort(key=means.__getitem__)
        return found

    def _pairs(self, rows: list[list[str]], at: int) -> list[tuple[str, str]]:
        """What is joined to what between the row ``at`` and the one above it."""
        return [(origin, below) for below in rows[at] for origin in self._joined(below, at)]

    def _crossings(self, rows: list[list[str]]) -> int:
        total = 0
        for at in range(1, len(rows)):
            ends = [(rows[at - 1].index(a), rows[at].index(b)) for a, b in self._pairs(rows, at)]
            total += sum(a[0] < b[0] and a[1] > b[1] for a in ends for b in ends)
        return total


def _mean(places: Iterable[int], otherwise: int) -> float:
    found = list(places)
    return sum(found) / len(found) if found else otherwise


__all__ = ["Cell", "Line", "Neighbours", "Row", "map_of", "neighbours_of", "placed"]
