"""The map on the cover: where lessons stand, what joins them, and what the pages say of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons import Book, load
from app.lessons.thread import grounds, reduced
from app.pages.map_of_lessons import ABREAST, Row, map_of, neighbours_of, placed
from app.pages.press import Press
from tests.support import books
from tests.support.reader import Reader

NAMES = "abcdefghij"


@st.composite
def courses(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Lessons that build on one another without a circle, in any order of reading."""
    found = {
        name: draw(st.lists(st.sampled_from(NAMES[:at]), max_size=3, unique=True)) if at else []
        for at, name in enumerate(NAMES[: draw(st.integers(1, len(NAMES)))])
    }
    return {name: reduced(found)[name] for name in draw(st.permutations(list(found)))}


@given(courses())
def test_every_lesson_stands_below_what_it_builds_on(needs: dict[str, tuple[str, ...]]) -> None:
    rows = placed(needs)
    row = {lesson: at for at, lessons in enumerate(rows) for lesson in lessons}
    assert set(row) == set(needs)
    assert sum(map(len, rows)) == len(needs)
    assert max(map(len, rows)) <= ABREAST
    assert all(row[need] < row[lesson] for lesson in needs for need in needs[lesson])


def small_book(folder: Path, needs: dict[str, tuple[str, ...]]) -> Book:
    """A book of lessons that build on one another."""
    names = ", ".join(f'"{name}"' for name in needs)
    plan = f'title = "A"\n[[chapters]]\nid = "one"\ntitle = "One"\nlessons = [{names}]\n'
    (folder / "book.toml").write_text(plan, "utf-8")
    for name, below in needs.items():
        lesson = folder / f"chapters/one/{name}/lesson.md"
        lesson.parent.mkdir(parents=True, exist_ok=True)
        front = f"title: {name}\nsummary: B\nprerequisites: [{', '.join(below)}]\n"
        lesson.write_text(f"---\n{front}---\nText.\n", "utf-8")
    return load(folder)


def followed(rows: tuple[Row, ...]) -> set[tuple[str, str]]:
    """What the lines join, followed by eye: from a lesson through lanes to a lesson."""
    ways: set[tuple[str, str]] = set()
    carried: dict[float, set[str]] = {}
    for row in rows:
        arrived: dict[float, set[str]] = {}
        for line in row.lines:
            arrived.setdefault(line.end, set()).update(carried[line.start])
        centres = sorted(arrived) if row.lines else []
        carried = {}
        for centre, cell in zip(_centres(row), row.cells, strict=True):
            if cell.lesson:
                ways |= {(cell.lesson.slug, need) for need in arrived.get(centre, ())}
                carried[centre] = {cell.lesson.slug}
            else:
                carried[centre] = arrived[centre]
        assert set(centres) <= set(carried), "a line that ends at no cell"
    return ways


def _centres(row: Row) -> list[float]:
    lanes = sum(cell.lesson is None for cell in row.cells)
    share = (100 - 5 * lanes) / (len(row.cells) - lanes)
    found, left = [], 0.0
    for cell in row.cells:
        width = share if cell.lesson else 5
        found.append(round(left + width / 2, 2))
        left += width
    return found


def test_the_lines_join_what_builds_on_what(tmp_path: Path) -> None:
    needs = {
        "a": (),
        "b": ("a",),
        "c": ("a",),
        "d": ("a",),
        "e": ("b", "d"),
        "f": ("c",),
        "g": ("e", "c"),
        "h": (),
        "i": ("h", "g"),
    }
    book = small_book(tmp_path, needs)
    rows = map_of(book)
    assert followed(rows) == {(lesson, need) for lesson in needs for need in needs[lesson]}
    for row in rows:
        for line in row.lines:
            for end in line.ends.split():
                assert line.origin in grounds(end, needs)


@pytest.mark.xdist_group("content")
def test_the_map_of_the_book_has_no_crossing() -> None:
    rows = map_of(books.book())
    for row in rows:
        ends = [(line.start, line.end) for line in row.lines]
        assert not any(a[0] < b[0] and a[1] > b[1] for a in ends for b in ends)


def test_a_reordered_book_is_drawn_by_what_builds_on_what(tmp_path: Path) -> None:
    book = small_book(tmp_path, {"late": ("early",), "early": ()})
    rows = [[cell.lesson.slug for cell in row.cells if cell.lesson] for row in map_of(book)]
    assert rows == [["early"], ["late"]]
    neighbours = neighbours_of(book)
    assert [link.slug for link in neighbours["early"].above] == ["late"]
    assert [link.slug for link in neighbours["late"].below] == ["early"]


def test_lessons_that_do_not_depend_on_one_another_need_no_map(tmp_path: Path) -> None:
    assert map_of(small_book(tmp_path, {"a": (), "b": ()})) == ()
    page = Press(tmp_path).print().page("/", None)
    assert page is not None
    cover = page.body.decode()
    assert "map-chapter" in cover
    assert 'class="thread"' not in cover


@pytest.mark.xdist_group("content")
def test_the_examples_are_drawn_without_what_they_hide() -> None:
    for example in ("four-weeks", "handout"):
        book = books.book(example)
        shown = {lesson.slug for lesson in book.lessons}
        cells = [cell for row in map_of(book) for cell in row.cells]
        assert {cell.lesson.slug for cell in cells if cell.lesson} == shown
        mentioned = (m for group in book.cheat_sheet for i in group.identities for m in i.mentions)
        assert {mention.lesson.slug for mention in mentioned} <= shown
        assert {rule.lesson.slug for lesson in book.lessons for rule in lesson.uses} <= shown


class TestPages:
    def test_the_cover_shows_the_map_with_rules(self, client: Reader) -> None:
        cover = client.get("/").text
        knot = cover.split('<li class="thread-lesson" data-knot="gaussian-processes">')[1]
        knot = knot.split("</ul>")[0]
        assert 'href="/lessons/gaussian-processes"' in knot
        assert 'href="/lessons/rules#thm-inverse"' in knot
        assert "Builds on <a href=" in cover

    def test_a_lesson_says_what_it_stands_on_and_leads_to(self, client: Reader) -> None:
        lesson = client.get("/lessons/gaussian-processes").text
        panel = lesson.split('<div class="stands-on">')[1].split("</dl>")[0]
        assert 'href="/lessons/rules#thm-inverse"' in panel
        assert 'href="/cheat-sheet#identity-gp-covariance"' in panel
        leads = client.get("/lessons/jacobian").text.split("Leads to ")[1].split("</span>")[0]
        assert re.findall(r'href="/lessons/([a-z-]+)"', leads) == ["hessian", "rules"]

    def test_an_identity_says_where_the_book_uses_it(self, client: Reader) -> None:
        row = client.get("/cheat-sheet").text.split('id="identity-normalisation"')[1]
        uses = row.split('<p class="identity-uses">')[1].split("</p>")[0]
        assert 'href="/lessons/jacobian#eq-normalise"' in uses
        assert 'href="/lessons/custom-autograd#eq-ca-engine"' in uses
