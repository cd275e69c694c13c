"""The authors' guide shows the whole language, and the shipped overlays are good ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.lessons.blocks import BLOCKS
from app.lessons.errors import Notebook
from app.lessons.library.plan import BookPlan, OverlayPlan
from app.lessons.library.tomlfile import read_toml
from app.lessons.roles import ROLES
from app.resources import book_root
from app.settings import load_settings
from tests.support import books
from tests.support.books import EXAMPLES
from tests.support.server import REPOSITORY

pytestmark = pytest.mark.xdist_group("content")
GUIDE = book_root() / "content/chapters/writing-for-nabla"
TEXTS = {path.parent.name: path.read_text("utf-8") for path in GUIDE.glob("*/lesson.md")}


def demonstrated() -> str:
    """What stands in the guide's demonstrations, and so is both shown and read."""
    pattern = r"^(:{4,})\{demonstration\}\n(.*?)^\1$"
    found = re.findall(pattern, "\n".join(TEXTS.values()), re.MULTILINE | re.DOTALL)
    return "\n".join(body for _, body in found)


def test_every_directive_is_demonstrated() -> None:
    used = set(re.findall(r"^(?::{3,}|`{3,})\{([a-z]+)\}", demonstrated(), re.MULTILINE))
    assert set(BLOCKS) - used == {"demonstration"}


def test_every_role_is_demonstrated() -> None:
    assert set(re.findall(r"\{([a-z]+)\}`", demonstrated())) == set(ROLES)


def test_every_option_of_the_derivative_is_described() -> None:
    assert all(f"| `{name}` |" in TEXTS["directives"] for name in BLOCKS["derivative"].options)


def test_the_keys_of_the_plan_are_described() -> None:
    text = TEXTS["a-course-of-your-own"]
    fields = {**OverlayPlan.model_fields, **BookPlan.model_fields}
    keys = {field.alias or name for name, field in fields.items()}
    assert {key for key in keys if f"`{key}`" not in text and f"[{key}]" not in text} == set()


def test_the_settings_shown_in_the_guide_are_accepted(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", TEXTS["a-course-of-your-own"], re.DOTALL)
    settings = [block for block in blocks if "[server]" in block or "[log]" in block]
    assert len(settings) == 2
    (tmp_path / "nabla.toml").write_text("\n".join(settings), "utf-8")
    read = load_settings(tmp_path / "nabla.toml", environment={})
    assert read.code.languages == ("jax", "numpy")
    assert (read.log.format, read.metrics.port) == ("json", 9100)


def test_the_plan_shown_in_the_guide_is_read(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", TEXTS["a-course-of-your-own"], re.DOTALL)
    (tmp_path / "book.toml").write_text(blocks[0], "utf-8")
    document = read_toml(tmp_path / "book.toml", Notebook(tmp_path / "book.toml"))
    assert document is not None
    assert OverlayPlan.model_validate(document.data).macros == {r"\E": r"\mathbb{E}"}


def test_the_readme_says_of_every_folder_what_is_in_it() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    table = readme.partition("## Where things live")[2].partition("\n\nImports")[0]
    for package in (REPOSITORY / "app").glob("*/__init__.py"):
        assert f"`app/{package.parent.name}`" in table
    (row,) = re.findall(r"^\| `static` \|.*$", table, re.MULTILINE)
    for folder in (REPOSITORY / "static").iterdir():
        assert folder.is_file() or folder.name == "vendor" or f"`{folder.name}`" in row


def test_the_guide_is_no_part_of_the_course() -> None:
    book = books.book()
    slugs = [lesson.slug for lesson in book.appendices[0].lessons]
    assert slugs == ["writing-a-lesson", "directives", "a-course-of-your-own"]
    assert book.lessons[-1].following is None
    assert "demonstration-result" in book.appendices[0].lessons[1].html
    assert not any("/directives" in hit.address for hit in book.search("theorem", 3))


@pytest.mark.parametrize("name", ["four-weeks", "handout"])
def test_a_shipped_overlay_has_no_mistakes_of_its_own(name: str) -> None:
    found = books.report(name).problems
    assert {problem.code for problem in found} <= {"hidden-reference"}
    assert {problem.level for problem in found} <= {"warning"}
    assert load_settings(EXAMPLES / name / "nabla.toml", environment={}).course.title


def test_the_course_of_four_weeks() -> None:
    four_weeks = books.book("four-weeks")
    assert four_weeks.default_layout == "denominator"
    assert [len(chapter.lessons) for chapter in four_weeks.chapters] == [2, 3, 2, 2]
    own = four_weeks.lessons[-1]
    assert (own.slug, own.number) == ("calibrating-a-thermometer", 9)
    assert own.previous is not None
    assert own.previous.slug == "linear-regression"
    assert {"bulbs", "thermometer"} <= set(four_weeks.datasets)
    assert r"\mathcal{L}" in own.html
    assert "(9.1)" in own.html
    assert any(term.term == "calibration" for term in four_weeks.glossary)
    assert four_weeks.cheat_sheet[-1].identities[0].id == "calibration-slope"
    assert four_weeks.catalogue["derivative"].presets[-1]["id"] == "calibration"
    assert four_weeks.search("calibration")[0].address.startswith(("/lessons/calib", "/glossary"))
    assert four_weeks.search("variational inference") == () or not any(
        hit.kind == "lesson" for hit in four_weeks.search("variational inference", 3)
    )


def test_the_handout_is_a_single_chapter() -> None:
    book = books.book("handout")
    assert [chapter.id for chapter in book.chapters] == ["derivatives"]
    assert [lesson.number for lesson in book.lessons] == [1, 2, 3, 4]
    assert book.appendices == ()


def test_the_numbers_of_the_example_lesson_are_those_of_its_data() -> None:
    import numpy as np

    path = EXAMPLES / "four-weeks/datasets/thermometer.csv"
    lesson = (EXAMPLES / "four-weeks/lessons/calibrating-a-thermometer/lesson.md").read_text(
        "utf-8"
    )
    v, t = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
    X = np.column_stack([np.ones_like(v), v])
    w = np.linalg.solve(X.T @ X, X.T @ t)
    deviation = np.sqrt(np.mean((X @ w - t) ** 2))
    assert f"{w.round(2)} {deviation:.2f}" in lesson
