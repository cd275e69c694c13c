"""What an overlay replaces and adds, each by its name, and what then no longer fits."""

from __future__ import annotations

from app.lessons import load
from tests.lessons.library.support import Overlay
from tests.lessons.support import FRONT, SVG


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
