"""Mistakes outside lessons, and figures that would bring in more than a drawing.

The mistakes in lessons stand as fixtures in ``tests/fixtures/check``.
"""

import pytest

from tests.lessons.support import BIBLIOGRAPHY, BOOK, FRONT, GLOSSARY, SmallBook

FILE_MISTAKES = [
    ("glossary.yaml", GLOSSARY + "- term: x\n  definiton: y\n", 8, "“definiton”", "“definition”"),
    ("glossary.yaml", GLOSSARY + "- term: Jacobians\n  definition: y\n", 8, "already a name", ""),
    (
        "glossary.yaml",
        GLOSSARY.replace("}`gradient`", "}`gradiant`"),
        4,
        "“gradiant”",
        "“gradient”",
    ),
    ("glossary.yaml", GLOSSARY.replace("see: first", "see: frist"), 5, "“frist”", "“first”"),
    ("glossary.yaml", "terms: none\n", 1, "must be a list", ""),
    ("bibliography.yaml", BIBLIOGRAPHY + "- key: a\n", 12, "“authors” is missing", ""),
    ("bibliography.yaml", BIBLIOGRAPHY.replace("2019", "'2019'"), 3, "whole number", ""),
    ("pages/notation.md", FRONT + "\n{eq}`eq-ther`", 6, "“eq-ther”", "“eq-there”"),
    ("presets/jacobian.yaml", "title: a", 1, "must be a list of presets", ""),
    ("widgets/jacobian/options.json", "{", 1, "not JSON", ""),
    ("chapters/one/first/picture.svg", "<svg", 1, "not XML", ""),
    ("book.toml", BOOK.replace('"first", ', '"frist", '), 5, "called “frist”", "“first”"),
]


@pytest.mark.parametrize(("path", "text", "line", "message", "hint"), FILE_MISTAKES)
def test_mistake_in_another_file(
    book: SmallBook, path: str, text: str, line: int, message: str, hint: str
) -> None:
    book.write(path, text)
    problems = book.problems("```{figure} picture.svg\n:alt: A\nB\n```")
    found = [p for p in problems if message in p.message]
    assert found, [str(p) for p in problems]
    assert found[0].file == book.folder / path
    if "is missing" not in message:
        assert found[0].line in (line, line + 1)
    assert hint in (found[0].hint or "")


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "<script> must not stand"),
        ('<path style="fill:red" d="M0 0"/>', "no style attributes"),
        ('<path onclick="x()" d="M0 0"/>', "run nothing"),
        ('<use href="https://a.b/c.svg#d"/>', "nothing from elsewhere"),
        ('<path fill="url(https://a.b)" d="M0 0"/>', "nothing from elsewhere"),
        ("<foreignObject/>", "<foreignObject> must not stand"),
        ('<image href="#x"/>', "<image> must not stand"),
    ],
)
def test_figures_bring_in_nothing_but_drawing(book: SmallBook, inside: str, message: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n{inside}\n</svg>'
    book.write("chapters/one/first/picture.svg", svg)
    problems = book.problems("```{figure} picture.svg\n:alt: A\nB\n```")
    assert [(p.line, message in p.message) for p in problems] == [(2, True)]
    assert book.book is not None
    assert "<svg" not in book.book.lessons[0].html


def test_a_glossary_that_cannot_be_read_blames_no_lesson(book: SmallBook) -> None:
    book.write("glossary.yaml", "- term: [\n")
    problems = book.problems("{term}`Jacobian`")
    assert [problem.file for problem in problems] == [book.folder / "glossary.yaml"]
