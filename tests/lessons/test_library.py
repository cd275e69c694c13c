"""Overlays: what they hide, reorder, insert and replace, and that everything follows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.lessons import Book, load
from app.lessons.errors import Notebook
from app.lessons.library import Library, open_library
from app.resources import layer_folders
from tests.lessons.support import FRONT, SVG, SmallBook

PLAN = """\
title = "The book below"
[[chapters]]
id = "one"
title = "One"
lessons = ["first", "second"]
[[chapters]]
id = "two"
title = "Two"
lessons = ["third", "fourth"]
[[chapters]]
id = "guide"
title = "Guide"
appendix = true
lessons = ["fifth", "sixth"]
"""


class Overlay:
    """A book with six lessons and an overlay above it."""

    def __init__(self, folder: Path) -> None:
        self.base = SmallBook(folder / "base")
        self.base.write("book.toml", PLAN)
        for name in ("first", "third", "fourth", "fifth", "sixth"):
            chapter = {"first": "one", "third": "two", "fourth": "two"}.get(name, "guide")
            text = FRONT.replace("First", name) + f"About {name}.\n"
            self.base.write(f"chapters/{chapter}/{name}/lesson.md", text)
        self.folder = folder / "book"
        self.write("book.toml", 'extends = "../base"\n')

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def plan(self, text: str) -> dict[str, list[str]]:
        """The lessons of each chapter under a plan without mistakes."""
        self.write("book.toml", f'extends = "../base"\n{text}')
        notes = Notebook(self.folder / "book.toml")
        library = open_library(self.folder, notes)
        assert library is not None
        assert notes.problems == []
        return {chapter.id: chapter.lessons for chapter in library.plan.chapters}

    def load(self, plan: str = "") -> Book:
        """The book, which must have no errors."""
        if plan:
            self.write("book.toml", f'extends = "../base"\n{plan}')
        book = load(self.folder, widgets=self.base.folder / "widgets")
        assert [str(p) for p in book.problems if p.level == "error"] == []
        return book


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    return Overlay(tmp_path)


GUIDE = ["fifth", "sixth"]
OWN = 'lessons = ["fourth", "second"]'


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("", {"one": ["first", "second"], "two": ["third", "fourth"], "guide": GUIDE}),
        ('hide = ["first", "guide"]', {"one": ["second"], "two": ["third", "fourth"]}),
        ('hide = ["one"]', {"two": ["third", "fourth"], "guide": GUIDE}),
        ('only = ["two"]', {"two": ["third", "fourth"]}),
        ('only = ["two", "first"]\nhide = ["third"]', {"one": ["first"], "two": ["fourth"]}),
        (
            'only = ["first"]\n[[insert]]\nlesson = "fourth"\nafter = "first"',
            {"one": ["first", "fourth"]},
        ),
        (
            f'only = ["third"]\n[[chapters]]\nid = "week"\ntitle = "Week"\n{OWN}',
            {"two": ["third"], "week": ["fourth", "second"]},
        ),
        (
            'order = ["guide", "two"]',
            {"guide": GUIDE, "two": ["third", "fourth"], "one": ["first", "second"]},
        ),
        (
            f'[[chapters]]\nid = "one"\n{OWN}',
            {"one": ["fourth", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            f'only = ["week"]\n[[chapters]]\nid = "week"\ntitle = "Week"\n{OWN}',
            {"week": ["fourth", "second"]},
        ),
        (
            '[[chapters]]\nid = "week"\ntitle = "W"\nlessons = ["third", "fourth"]\nbefore = "one"',
            {"week": ["third", "fourth"], "one": ["first", "second"], "guide": GUIDE},
        ),
        (
            '[[chapters]]\nid = "one"\nafter = "two"',
            {"two": ["third", "fourth"], "one": ["first", "second"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "fourth"\nafter = "first"',
            {"one": ["first", "fourth", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "fourth"\nbefore = "first"',
            {"one": ["fourth", "first", "second"], "two": ["third"], "guide": GUIDE},
        ),
        (
            '[[insert]]\nlesson = "first"\nchapter = "two"',
            {"one": ["second"], "two": ["third", "fourth", "first"], "guide": GUIDE},
        ),
    ],
)
def test_the_plan(overlay: Overlay, plan: str, expected: dict[str, list[str]]) -> None:
    found = overlay.plan(plan)
    assert found == expected
    assert list(found) == list(expected)


def test_numbers_and_neighbours_follow_the_plan(overlay: Overlay) -> None:
    book = overlay.load('hide = ["second"]\norder = ["two"]')
    assert [(lesson.slug, lesson.number) for lesson in book.lessons] == [
        ("third", 1),
        ("fourth", 2),
        ("first", 3),
    ]
    first = book.lessons[2]
    assert first.previous is not None
    assert (first.previous.slug, first.following) == ("fourth", None)
    assert [chapter.number for chapter in book.chapters] == [1, 2]


def test_appendices_stand_outside_the_order_of_reading(overlay: Overlay) -> None:
    book = overlay.load()
    assert [chapter.number for chapter in book.appendices] == ["A"]
    fifth, sixth = book.appendices[0].lessons
    assert (fifth.number, sixth.number) == ("A.1", "A.2")
    assert (fifth.previous, sixth.following) == (None, None)
    assert book.lessons[-1].following is None
    assert book.lesson("fifth") is fifth


def test_the_search_finds_what_is_shown_and_nothing_else(overlay: Overlay) -> None:
    own = FRONT.replace("First", "Own") + "A trapezoid.\n"
    overlay.write("lessons/own/lesson.md", own)
    book = overlay.load('hide = ["third"]\n[[insert]]\nlesson = "own"\nchapter = "one"')
    assert [hit.address for hit in book.search("trapezoid")] == ["/lessons/own"]
    assert not any("/lessons/third" in hit.address for hit in book.search("third"))


def test_words_of_the_book_are_replaced(overlay: Overlay) -> None:
    book = overlay.load('title = "Mine"\ndefault-layout = "denominator"\nlanguage = "de"')
    assert (book.title, book.default_layout, book.language) == ("Mine", "denominator", "de")
    assert overlay.load("# nothing").title == "The book below"


def test_a_lesson_is_replaced_and_its_figures_come_from_below(overlay: Overlay) -> None:
    figure = "```{figure} picture.svg\n:alt: A line.\nCaption.\n```\n"
    overlay.write("lessons/first/lesson.md", FRONT + "Our own words.\n\n" + figure)
    lesson = overlay.load().lessons[0]
    assert "Our own words." in lesson.html
    assert 'd="M0 0"' in lesson.html
    overlay.write("lessons/first/picture.svg", SVG.replace("M0 0", "M7 7"))
    assert 'd="M7 7"' in overlay.load().lessons[0].html


def test_a_figure_alone_is_replaced(overlay: Overlay) -> None:
    figure = "```{figure} picture.svg\n:alt: A line.\nCaption.\n```\n"
    overlay.base.write("chapters/one/first/lesson.md", FRONT + figure)
    overlay.write("lessons/first/picture.svg", SVG.replace("M0 0", "M7 7"))
    assert 'd="M7 7"' in overlay.load().lessons[0].html


def test_glossary_entries_are_replaced_and_added(overlay: Overlay) -> None:
    overlay.write(
        "glossary.yaml",
        "- term: Gradient\n  definition: The steepest way.\n- term: ascent\n  definition: Up.\n",
    )
    book = overlay.load()
    assert [term.term for term in book.glossary] == ["ascent", "Gradient", "Jacobian"]
    assert "The steepest way." in book.glossary[1].definition_html
    assert book.search("steepest")[0].address == "/glossary#term-gradient"


def test_a_term_that_is_explained_in_a_hidden_lesson_loses_the_link_only(overlay: Overlay) -> None:
    book = overlay.load('hide = ["first"]')
    jacobian = next(term for term in book.glossary if term.term == "Jacobian")
    assert jacobian.see is None


def test_works_are_replaced_and_added(overlay: Overlay) -> None:
    own = "- key: magnus-neudecker\n  authors: [J. Magnus]\n  year: 2024\n  title: Newer\n"
    overlay.write("bibliography.yaml", own)
    book = overlay.load()
    labels = {work.key: work.label for work in book.bibliography}
    assert labels["magnus-neudecker"] == "Magnus&nbsp;2024"
    assert "golub-van-loan" in labels


def test_identities_are_replaced_where_they_stand_and_added(overlay: Overlay) -> None:
    entry = '  - id: {}\n    title: {}\n    expr: "{}"\n    wrt: X\n    claim: "{}"\n'
    head = "group: traces\ntitle: Traces\nidentities:\n"
    two = entry.format("a", "First", "tr(A*X)", "A'") + entry.format("b", "Next", "tr(X)", "eye(n)")
    overlay.base.write("identities/traces.yaml", head + two)
    overlay.write(
        "identities/own.yaml",
        head
        + entry.format("c", "Third", "tr(X*B)", "B'")
        + entry.format("a", "Own", "tr(X*A)", "A'"),
    )
    (group,) = overlay.load().cheat_sheet
    assert [(each.id, each.title) for each in group.identities] == [
        ("a", "Own"),
        ("b", "Next"),
        ("c", "Third"),
    ]


def test_presets_are_replaced_by_their_id_and_added(overlay: Overlay) -> None:
    overlay.base.write("presets/jacobian.yaml", "- id: a\n  title: A\n- id: b\n  title: B\n")
    overlay.write("presets/jacobian.yaml", "- id: b\n  title: Ours\n- id: c\n  title: C\n")
    presets = overlay.load().catalogue["jacobian"].presets
    assert [preset["title"] for preset in presets] == ["A", "Ours", "C"]


def test_pages_and_datasets_are_replaced_and_added(overlay: Overlay) -> None:
    overlay.base.write("pages/notation.md", FRONT + "Below.\n")
    overlay.base.write("datasets/bulbs.csv", "x,y\n1,2\n")
    overlay.write("pages/notation.md", FRONT + "Above.\n")
    overlay.write("datasets/ours.csv", "x,y\n3,4\n")
    book = overlay.load()
    assert "Above." in book.pages["notation"].html
    assert book.datasets["bulbs"].parent.parent == overlay.base.folder
    assert book.datasets["ours"].parent.parent == overlay.folder


def test_notation_of_ones_own(overlay: Overlay) -> None:
    overlay.write("lessons/first/lesson.md", FRONT.replace("First", r"$\E x$,") + r"$\E[x]\in\R$")
    book = overlay.load("[macros]\n'\\E' = '\\mathbb{E}'")
    lesson = book.lessons[0]
    assert lesson.title == "𝔼x, lesson".replace("𝔼", "E")
    assert r"\mathbb{E}[x]\in\mathbb{R}" in lesson.html, "what is copied is plain TeX"
    broken = load(overlay.base.folder, widgets=overlay.base.folder / "widgets")
    assert r"\E" not in broken.lessons[0].html


def test_a_shipped_lesson_that_refers_to_a_hidden_one_has_words_and_a_warning(
    overlay: Overlay,
) -> None:
    text = "See {ref}`third`, {ref}`that <third>`, {eq}`eq-there` and [here](/lessons/third).\n"
    overlay.base.write("chapters/one/first/lesson.md", FRONT + text)
    book = overlay.load('hide = ["second", "third"]')
    assert [(p.code, p.level, p.line) for p in book.problems] == [
        ("hidden-reference", "warning", 5),
        ("hidden-reference", "warning", 5),
    ]
    html = book.lessons[0].html
    assert ">“third lesson”</span>" in html
    assert ">that</span>" in html
    assert ">an equation of “Second x lesson”</span>" in html


def test_a_lesson_of_ones_own_in_a_chapter_of_the_book_is_shown_unnamed(overlay: Overlay) -> None:
    overlay.write("lessons/own/lesson.md", FRONT)
    chapter = '[[chapters]]\nid = "one"\nlessons = ["second", "own"]\n'
    assert overlay.plan(f'only = ["third"]\n{chapter}') == {"one": ["own"], "two": ["third"]}


def test_what_a_replaced_lesson_no_longer_has_is_told_and_costs_a_link(overlay: Overlay) -> None:
    overlay.base.write("chapters/one/first/lesson.md", FRONT + "(sec-old)=\n## Old\n\nText.\n")
    overlay.base.write(
        "chapters/two/third/lesson.md", FRONT + "{ref}`sec-old`, [it](/lessons/first#sec-old).\n"
    )
    overlay.write("lessons/first/lesson.md", FRONT + "## New\n\nText.\n")
    book = overlay.load()
    (problem,) = book.problems
    assert (problem.code, problem.level, problem.line) == ("hidden-reference", "warning", 5)
    assert "“sec-old” of the lesson “First lesson” that was replaced" in problem.message
    html = book.lessons[2].html
    assert html.count("/lessons/first#sec-old") == 1, "a plain link still leads to the page"


def test_a_circle_that_an_overlay_closes_costs_the_lesson_below_no_notice(overlay: Overlay) -> None:
    needs = "---\ntitle: A\nsummary: B.\nprerequisites: [{}]\n---\nText.\n"
    overlay.base.write("chapters/two/third/lesson.md", needs.format("first"))
    overlay.write("lessons/first/lesson.md", needs.format("third"))
    book = load(overlay.folder, widgets=overlay.base.folder / "widgets")
    assert {problem.code for problem in book.problems} == {"circular-prerequisite"}
    assert [lesson.broken for lesson in book.lessons[:3]] == [True, False, False]


def test_a_dataset_that_does_not_fit_the_book_below_is_a_warning_there(overlay: Overlay) -> None:
    overlay.base.write("datasets/bulbs.csv", "x,y\n1,2\n")
    widget = "```{widget} jacobian\n:dataset: bulbs\n:columns: [x]\nText.\n```\n"
    overlay.base.write("chapters/one/first/lesson.md", FRONT + widget)
    overlay.write("datasets/bulbs.csv", "u,v\n1,2\n")
    book = overlay.load()
    (problem,) = book.problems
    assert (problem.code, problem.level) == ("unknown-column", "warning")
    assert not book.lessons[0].broken, "readers are told of mistakes of its author only"
    overlay.base.write("chapters/one/first/lesson.md", FRONT + ":::{note}\nNever closed.\n")
    assert overlay.load().lessons[0].broken


class TestLayers:
    def open(self, folder: Path) -> Library:
        notes = Notebook(folder / "book.toml")
        library = open_library(folder, notes)
        assert library is not None, notes.problems
        return library

    def test_overlays_stand_above_one_another(self, overlay: Overlay, tmp_path: Path) -> None:
        overlay.write("book.toml", 'extends = "../base"\nhide = ["first"]\n')
        upper = tmp_path / "upper"
        upper.mkdir()
        (upper / "book.toml").write_text('extends = "../book"\ntitle = "Upper"\n', "utf-8")
        library = self.open(upper)
        assert library.folders == (upper, overlay.folder, overlay.base.folder)
        assert layer_folders(upper) == library.folders
        assert library.plan.title == "Upper"
        assert "first" not in library.plan.lessons
        assert library.hidden == ("first",)

    def test_a_tower_of_overlays_is_refused(self, overlay: Overlay, tmp_path: Path) -> None:
        for storey in range(10):
            folder = tmp_path / f"storey-{storey}"
            folder.mkdir()
            below = f"../storey-{storey - 1}" if storey else "../book"
            (folder / "book.toml").write_text(f'extends = "{below}"\n', "utf-8")
        self.open(tmp_path / "storey-6")
        notes = Notebook(tmp_path / "storey-9/book.toml")
        assert open_library(tmp_path / "storey-9", notes) is None
        assert "More than 8 overlays" in notes.problems[0].message

    @pytest.mark.parametrize("content", [".", "below/../../book", "{book}"])
    def test_files_of_the_book_below_are_not_ones_own(
        self, overlay: Overlay, monkeypatch: pytest.MonkeyPatch, content: str
    ) -> None:
        monkeypatch.chdir(overlay.folder)
        overlay.base.folder.rename("below")
        overlay.write("book.toml", 'extends = "./below"\n')
        overlay.write("lessons/own/lesson.md", "")
        library = self.open(Path(content.format(book=overlay.folder)))
        below = library.lesson("first")
        assert below is not None
        assert not library.is_own(below)
        assert library.is_own(library.top.lessons["own"] / "lesson.md")
        found = load(library.top.folder, widgets=overlay.base.folder / "widgets").problems
        assert [problem.code for problem in found] == ["unlisted-lesson"], "below/ is no stranger"

    def test_an_installed_package_is_extended_without_being_imported(
        self, overlay: Overlay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = tmp_path / "site" / "our_course"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
        (package / "book.toml").write_text('extends = "../../base"\ntitle = "Ours"\n', "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
        overlay.write("book.toml", 'extends = "our_course"\n')
        assert self.open(overlay.folder).plan.title == "Ours"
        assert "our_course" not in sys.modules

    def test_the_builtin_book(self, overlay: Overlay) -> None:
        overlay.write("book.toml", 'extends = "builtin"\nonly = ["derivatives"]\n')
        assert "jacobian" in self.open(overlay.folder).plan.lessons
