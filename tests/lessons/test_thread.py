"""The thread through the book: what builds on what, with hidden lessons and without circles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons import Book, load
from app.lessons.thread import circular, grounds, reduced, thread
from tests.lessons.support import SmallBook

NAMES = "abcdefgh"
needs = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4, unique=True)
)


@st.composite
def books(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Shown and hidden lessons with prerequisites among them."""
    everything = {name: draw(needs).get(name, []) for name in draw(st.permutations(NAMES))}
    away = draw(st.sets(st.sampled_from(NAMES), max_size=4))
    shown = {name: found for name, found in everything.items() if name not in away}
    return shown, {name: everything[name] for name in sorted(away)}


@given(books())
def test_nothing_is_left_that_follows_from_the_rest(
    book: tuple[dict[str, list[str]], dict[str, list[str]]],
) -> None:
    found = thread(*book)
    assert set(found) == set(book[0])
    for lesson, direct in found.items():
        assert lesson not in grounds(lesson, found)
        for need in direct:
            others = {other for other in direct if other != need}
            assert not any(need in grounds(other, found) for other in others)


@given(books())
def test_what_a_lesson_stands_on_is_kept_where_there_is_no_circle(
    book: tuple[dict[str, list[str]], dict[str, list[str]]],
) -> None:
    shown, hidden = book
    whole = shown | hidden
    if any(name in grounds(name, whole) for name in whole):
        return
    found = thread(shown, hidden)
    for lesson in shown:
        assert grounds(lesson, found) == grounds(lesson, whole) - set(hidden)


@given(needs)
def test_every_circle_is_opened(wanted: dict[str, list[str]]) -> None:
    whole = {name: wanted.get(name, []) for name in NAMES}
    cut = set(circular(whole))
    left = {name: [n for n in found if (name, n) not in cut] for name, found in whole.items()}
    assert not any(name in grounds(name, left) for name in NAMES)


def test_a_circle_is_the_mistake_of_the_lesson_that_comes_first() -> None:
    assert circular({"a": ["b"], "b": ["a"]}) == [("a", "b")]
    assert circular({"a": ["b"], "b": []}) == []


def test_a_shortcut_is_left_out() -> None:
    assert reduced({"a": [], "b": ["a"], "c": ["a", "b"]})["c"] == ("b",)


def test_a_hidden_lesson_hands_on_what_it_builds_on() -> None:
    shown = {"a": [], "c": ["b"], "d": ["b", "c"]}
    assert thread(shown, {"b": ["a"]}) == {"a": (), "c": ("a",), "d": ("c",)}


FRONT = "---\ntitle: First lesson\nsummary: What it is about.\n"
IDENTITIES = """\
group: small
title: Small
identities:
  - {id: dot, title: Dot product, expr: "w'*x", wrt: x, given: "w: n; x: n", claim: w}
  - {id: trace, title: Trace, expr: tr(X), wrt: X, given: "X: n,n", claim: eye(n)}
  - {id: norm, title: Norm, expr: norm2(x), wrt: x, given: "x: n", claim: x/norm2(x)}
"""


def mentions(book: Book) -> dict[str, list[str]]:
    """The addresses at which the book uses each identity."""
    identities = (each for group in book.cheat_sheet for each in group.identities)
    return {each.id: [mention.address for mention in each.mentions] for each in identities}


class TestFoundations:
    @pytest.fixture
    def first(self, book: SmallBook) -> Book:
        book.write("identities/small.yaml", IDENTITIES)
        front = f"{FRONT}prerequisites: [second]\nuses: [eq-there, sec-there]\nidentities: [norm]\n"
        text = """\
---
## Here

```{derivative} a'*y
:wrt: y
:given: "a: k; y: k"
```

```{identity} trace
```
"""
        return book.load(text, front)

    def test_a_lesson_names_the_rules_that_it_uses(self, first: Book) -> None:
        assert not first.problems
        used = [(rule.name, rule.title, rule.address) for rule in first.lessons[0].uses]
        assert used == [
            ("Equation 2.1", "", "/lessons/second#eq-there"),
            ("", "There", "/lessons/second#sec-there"),
        ]
        assert {rule.lesson.slug for rule in first.lessons[0].uses} == {"second"}

    def test_a_lesson_names_its_identities(self, first: Book) -> None:
        (identity,) = first.lessons[0].identities
        assert (identity.title, identity.address) == ("Norm", "/cheat-sheet#identity-norm")

    def test_identities_of_one_title_are_told_apart_by_their_groups(self, book: SmallBook) -> None:
        book.write("identities/small.yaml", IDENTITIES)
        other = "group: large\ntitle: Large\nidentities:\n"
        again = '  - {id: norm-again, title: Norm, expr: "2*x", wrt: x, claim: 2*eye(n)}\n'
        book.write("identities/large.yaml", other + again)
        front = f"{FRONT}identities: [norm, norm-again, dot]\n"
        lesson = book.load("---\nText.\n", front).lessons[0]
        assert [each.group for each in lesson.identities] == ["Small", "Large", ""]

    def test_identities_say_where_they_are_used(self, first: Book) -> None:
        assert mentions(first) == {
            "dot": ["/lessons/first#sec-here"],
            "trace": ["/lessons/first#identity-trace"],
            "norm": ["/lessons/first"],
        }

    def test_a_prerequisite_that_is_none_is_told_at_its_line(self, book: SmallBook) -> None:
        front = FRONT.replace("summary: What", "summary: What a secnd is, and what")
        (problem,) = book.load("---\nText.\n", f"{front}prerequisites: [secnd]\n").problems
        assert (problem.code, problem.line) == ("unknown-lesson", 4)

    def test_a_group_of_identities_says_where_its_rules_stand(
        self, book: SmallBook, tmp_path: Path
    ) -> None:
        ruled = IDENTITIES.replace("identities:", "rules: [eq-there, sec-ther]\nidentities:", 1)
        book.write("identities/small.yaml", ruled)
        found = book.load("---\nText.\n", FRONT)
        (group,) = found.cheat_sheet
        assert [rule.address for rule in group.rules] == ["/lessons/second#eq-there"]
        (problem,) = found.problems
        assert problem.code == "unknown-label"
        assert "sec-there" in (problem.hint or "")
        book.write("identities/small.yaml", ruled.replace(", sec-ther", ""))
        top = tmp_path / "overlay"
        top.mkdir()
        (top / "book.toml").write_text('extends = ".."\nhide = ["second"]\n', "utf-8")
        shown = load(top, widgets=tmp_path / "widgets")
        assert not shown.cheat_sheet[0].rules
        assert not shown.problems

    def test_a_file_that_joins_a_group_adds_its_rules(self, book: SmallBook) -> None:
        ruled = IDENTITIES.replace("identities:", "rules: [eq-there]\nidentities:", 1)
        book.write("identities/a.yaml", ruled)
        more = "  - {id: twice, title: Twice, expr: 2*x, wrt: x, claim: 2*eye(n)}\n"
        head = ruled.partition("identities:")[0].replace("[eq-there]", "[sec-there, eq-there]")
        book.write("identities/b.yaml", f"{head}identities:\n{more}")
        found = book.load("---\nText.\n", FRONT)
        assert not found.problems
        (group,) = found.cheat_sheet
        assert len(group.identities) == 4
        assert [rule.address.partition("#")[2] for rule in group.rules] == ["eq-there", "sec-there"]

    def test_a_page_may_lead_to_the_derivations_of_a_group(self, book: SmallBook) -> None:
        book.write("identities/small.yaml", IDENTITIES)
        text = "[a](/cheat-sheet/small#identity-norm), [b](/cheat-sheet/small), [c](/privacy)"
        assert not book.load(f"---\n{text}\n", FRONT).problems
        (problem,) = book.load("---\n[a](/cheat-sheet/small#identity-nor)\n", FRONT).problems
        assert problem.code == "unknown-anchor"

    def test_an_appendix_does_not_count_as_a_use(self, book: SmallBook) -> None:
        book.write("identities/small.yaml", IDENTITIES)
        book.write(
            "book.toml",
            'title = "A"\n[[chapters]]\nid = "one"\ntitle = "One"\nlessons = ["second"]\n'
            '[[chapters]]\nid = "two"\ntitle = "Two"\nappendix = true\nlessons = ["first"]\n',
        )
        front = f"{FRONT}identities: [norm]\n"
        assert mentions(book.load("---\nText.\n", front))["norm"] == []

    def test_what_is_hidden_is_used_no_more(self, first: Book, tmp_path: Path) -> None:
        top = tmp_path / "overlay"
        top.mkdir()
        (top / "book.toml").write_text('extends = ".."\nhide = ["first"]\n', "utf-8")
        shown = load(top, widgets=tmp_path / "widgets")
        assert set(mentions(shown)) == {"dot", "trace", "norm"}
        assert not any(mentions(shown).values())
        (top / "book.toml").write_text('extends = ".."\nhide = ["second"]\n', "utf-8")
        shown = load(top, widgets=tmp_path / "widgets")
        assert shown.lessons[0].uses == ()
        assert [problem.code for problem in shown.problems] == ["hidden-reference"]
        assert mentions(shown)["norm"] == ["/lessons/first"]
