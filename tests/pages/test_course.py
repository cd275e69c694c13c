"""What an instructor configures reaches the pages; an overlay's templates replace the book's."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.lessons.blocks.library import LIBRARIES
from app.main import course_of
from app.pages import course
from app.pages.course import Course
from app.pages.press import Press
from app.settings import load_settings
from app.settings.course import LANGUAGES
from tests.lessons.support import SmallBook

LESSON = "---\ntitle: First\nsummary: S.\n---\nText.\n"
FLAGS = {
    "course": {"title": "Analysis II", "instructor": "E. Noether", "contact": "a@b.example"},
    "links": {
        "header": [{"title": "Moodle", "address": "https://moodle.example/a?b=1&c=2"}],
        "footer": [{"title": "Forum", "address": "https://forum.example"}],
    },
    "theme": {"accent": "#7a1f5c"},
    "code": {"languages": "jax numpy"},
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    book = SmallBook(tmp_path / "base")
    book.write("chapters/one/first/lesson.md", LESSON)
    folder = tmp_path / "overlay"
    folder.mkdir()
    (folder / "book.toml").write_text('extends = "../base"\n', "utf-8")
    return folder


@pytest.fixture
def page(content: Path) -> str:
    course = course_of(load_settings(flags=FLAGS, environment={}))
    return html(Press(content, course=course), "/lessons/first")


def html(press: Press, path: str) -> str:
    prepared = press.print().page(path, None)
    assert prepared is not None
    return prepared.body.decode()


def test_the_course_stands_at_the_foot_of_every_page(page: str) -> None:
    assert "<strong>Analysis II</strong>." in page
    assert "Taught by E. Noether." in page
    assert '<a href="mailto:a@b.example">a@b.example</a>' in page


def test_links_stand_at_head_and_foot(page: str) -> None:
    head, foot = page.split("<main")[0], page.split("</main>")[1]
    assert '<a href="https://moodle.example/a?b=1&amp;c=2" rel="external">Moodle</a>' in head
    assert '<a href="https://forum.example" rel="external">Forum</a>' in foot


def test_the_libraries_of_programs_are_told_to_the_widgets(page: str) -> None:
    assert 'data-libraries="jax numpy"' in page
    sources = (("NumPy", "n"), ("PyTorch", "t"), ("JAX", "j"))
    assert Course(libraries=("jax", "numpy")).programs(sources) == (("JAX", "j"), ("NumPy", "n"))


def test_the_style_sheet_hides_the_libraries_that_are_not_named(content: Path) -> None:
    sheet = Press(content).print().static.text("styles/book.css")
    for library in LIBRARIES:
        assert f':root:not([data-libraries~="{library}"]) .library-{library}' in sheet


def test_without_a_course_nothing_is_said_of_one(content: Path) -> None:
    assert 'class="course"' not in html(Press(content), "/")


def test_the_colours_end_the_style_sheet(content: Path) -> None:
    course = course_of(load_settings(flags=FLAGS, environment={}))
    plain, coloured = (Press(content, course=each).print() for each in (Course(), course))
    sheet = coloured.static.text("styles/book.css")
    assert sheet.startswith(plain.static.text("styles/book.css"))
    assert "--accent: #7a1f5c" in sheet
    assert plain.static.digest != coloured.static.digest


class TestTemplates:
    def write(self, content: Path, name: str, text: str) -> Path:
        path = content / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "surrogateescape")
        return path

    def test_a_block_is_replaced_and_the_rest_stays(self, content: Path) -> None:
        self.write(
            content,
            "pages/cover.html",
            '{% extends "builtin/pages/cover.html" %}{% block main %}Welcome.{% endblock %}',
        )
        cover = html(Press(content), "/")
        assert "Welcome." in cover
        assert "site-footer" in cover
        assert "map-chapter" not in cover

    def test_a_part_is_replaced_wherever_it_stands(self, content: Path) -> None:
        self.write(content, "parts/book-contents.html", "<nav>Our contents</nav>")
        assert "Our contents" in html(Press(content), "/lessons/first")

    @pytest.mark.parametrize(
        ("name", "text", "line", "expected"),
        [
            ("pages/cover.html", "\n{% blok %}", 2, "Encountered unknown tag 'blok'."),
            (
                "pages/cover.html",
                "a\n{{ sumary }}",
                2,
                "“sumary”. Did you mean “summary”",
            ),
            ("pages/covr.html", "a", None, "no template “pages/covr.html”"),
            ("pages/cover.html", '{% extends "pages/x.html" %}', None, "does not exist"),
            ("pages/cover.html", '\n{% extends "pages/cover.html" %}', 2, "extends itself"),
            (
                "pages/cover.html",
                '{% extends "builtin/pages/cover.html" %}\n{% block mian %}{% endblock %}',
                2,
                "no block “mian”, so this is shown nowhere. Did you mean “main”",
            ),
            ("pages/cover.html", "\n\n{{ 1 / 0 }}", 3, "cannot be printed with this template"),
            ("pages/cover.html", "{{ path.nope }}", 1, "has no attribute 'nope'"),
            ("pages/cover.html", "{{ path.__class__ }}", 1, "is unsafe"),
            ("pages/cover.htm", "a", None, "Templates end in .html."),
            ("pages/cover.html", "a\n\udce9", 2, "The file is not UTF-8."),
        ],
    )
    def test_a_mistake_is_told_and_the_books_own_templates_are_used(
        self, content: Path, name: str, text: str, line: int | None, expected: str
    ) -> None:
        path = self.write(content, name, text)
        edition = Press(content).print()
        (problem,) = [each for each in edition.problems if each.file == path]
        assert problem.line == line
        assert expected in str(problem)
        assert ".." not in problem.message
        cover = edition.page("/", None)
        assert cover is not None
        assert "map-chapter" in cover.body.decode()


def test_who_writes_is_told_on_the_page_what_is_wrong_beside_the_lessons(content: Path) -> None:
    press = Press(content, watch=True)
    assert "author-notice" not in html(press, "/lessons/first")
    plan = (content / "book.toml").read_text("utf-8")
    (content / "book.toml").write_text(plan.replace("extends", "extneds"), "utf-8")
    edition = press.print()
    for path in ("/", "/lessons/first", "/glossary"):
        page = edition.page(path, None)
        assert page is not None
        assert "book.toml, line 1: There is no key “extneds”" in page.body.decode()
    readers = Press(content, book=press.book).print().page("/", None)
    assert readers is not None
    assert "author-notice" not in readers.body.decode()


def test_every_layer_is_watched(content: Path) -> None:
    press = Press(content)
    press.print()
    assert {content, content.parent / "base"} <= set(press.folders())


def test_settings_pages_and_lessons_know_the_same_libraries() -> None:
    assert tuple(course.LIBRARIES) == LANGUAGES == LIBRARIES
