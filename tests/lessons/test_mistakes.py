"""Every mistake an author can make: what is said, at which line, and what to write instead."""

import pytest

from tests.lessons.support import BIBLIOGRAPHY, BOOK, FRONT, GLOSSARY, SmallBook

# The text of the lesson begins on line 5, below its front matter.
MISTAKES = [
    ("unknown directive", "Text.\n\n:::{theorm}\nIt.\n:::", 7, "directive “theorm”", "“theorem”"),
    (
        "unknown option",
        "```{figure} picture.svg\n:alt: A\n:lable: fig-a\nA.\n```",
        7,
        "“lable”",
        "“label”",
    ),
    ("missing alt", "\n```{figure} picture.svg\nA.\n```", 6, "needs the option “alt”", ":alt:"),
    ("missing caption", "```{figure} picture.svg\n:alt: A\n```", 5, "“figure” is empty", "text"),
    ("missing argument", ":::{figure}\n:alt: A\nB\n:::", 5, "needs its file after the name", ""),
    ("argument where none goes", ":::{numerator} x\nB\n:::", 5, "takes nothing after", "body"),
    (
        "unknown figure",
        "```{figure} pictur.svg\n:alt: A\nB\n```",
        5,
        "“pictur.svg”",
        "“picture.svg”",
    ),
    (
        "figure from elsewhere",
        "```{figure} ../second/a.svg\n:alt: A\nB\n```",
        5,
        "not an SVG",
        "folder",
    ),
    ("twice the same option", ":::{note}\n:label: a\n:label: b\nB\n:::", 7, "stands twice", ""),
    ("directive not closed", "Text.\n\n:::{note}\nText.\n", 7, "“note” is never closed", ":::"),
    ("block of colons alone", "a\n\n::: note\nText.\n:::", 7, "needs a directive", ":::{note}"),
    ("unknown role", "One\ntwo {trem}`Jacobian`.", 6, "role “trem”", "“term”"),
    ("unknown term", "a\n{term}`Jacobain`", 6, "term “Jacobain”", "“jacobian”"),
    ("unknown label", "(sec-one)=\n## One\n\nSee {ref}`sec-on`.", 8, "“sec-on”", "“sec-one”"),
    ("unknown equation", "$$\na\n$$ (eq-one)\n\n{eq}`eq-onee`", 9, "“eq-onee”", "“eq-one”"),
    ("equation role for a section", "(sec-a)=\n## A\n\n{eq}`sec-a`", 8, "is no equation", "{ref}"),
    ("unknown work", "{cite}`magnus`", 5, "work “magnus”", "magnus-neudecker"),
    ("references without citation", "```{references}\n```", 5, "cites nothing", "{cite}"),
    ("duplicate label", "(a)=\n## A\n\n$$\nx\n$$ (a)", 10, "“a” stands twice; first at line 5", ""),
    ("label of another lesson", "(sec-there)=\n## A", 5, "stands twice", "unique"),
    ("label before a paragraph", "(sec-a)=\n\nText.", 5, "not stand before a heading", ":label:"),
    (
        "label that is none",
        "(Sec A)=\n## A\n\n$$\na\n$$ (Eq One)",
        10,
        "cannot be a label",
        "lowercase",
    ),
    ("broken formula", "One.\nTwo $\\frac{a$ three.", 6, "brace is opened", "“}”"),
    ("broken display formula", "$$\na\n\\fac{b}\n$$", 7, "“\\fac”", "“\\frac”"),
    ("broken formula in a table", "| a |\n|---|\n| $x^a^b$ |", 7, "Two superscripts", "braces"),
    ("broken formula in a directive", "a\n\n:::{note}\nText\n$\\fo$\n:::", 9, "“\\fo”", ""),
    ("broken formula in a title", ":::{note} A $\\fo$\nB\n:::", 5, "“\\fo”", ""),
    ("broken formula in a math block", "```{math}\na\n\\fo\n```", 7, "“\\fo”", ""),
    ("heading of the first level", "# Title", 5, "begin at the second level", "##"),
    ("headings out of order", "## A\n\n#### B", 7, "level 4 follows one of level 2", "###"),
    ("layout role with one half", "{layout}`a row`", 5, "one “|”", "a row|a column"),
    ("picture in the text", "![alt](picture.svg)", 5, "figure of their own", "{figure}"),
    ("link that leads nowhere", "a\n[b](other.md)", 6, "“other.md” leads nowhere", "{ref}"),
    ("link to no place of the page", "(sec-a)=\n## A\n\n[b](#sec-b)", 8, "“sec-b”", "“sec-a”"),
    ("unknown language", "```pyton\nx\n```", 5, "language “pyton”", "“python”"),
    ("unknown widget", "```{widget} jacobien\nA\n```", 5, "widget “jacobien”", "“jacobian”"),
    ("unknown widget option", "```{widget} jacobian\n:att: [1, 2]\nA\n```", 6, "“att”", "“at”"),
    (
        "widget option of another type",
        "```{widget} jacobian\n:size: big\nA\n```",
        6,
        "type number",
        "",
    ),
    ("widget option out of range", "```{widget} jacobian\n:size: 3\nA\n```", 6, "at most 2", ""),
    ("widget option too long", "```{widget} jacobian\n:at: [1, 2, 3]\nA\n```", 6, "2 to 2", ""),
    ("widget list with a word", "```{widget} jacobian\n:at: [1, b]\nA\n```", 6, "type number", ""),
    ("widget choice", "```{widget} jacobian\n:mode: quick\nA\n```", 6, "one of fast, slow", ""),
    (
        "widget without text",
        "```{widget} jacobian\n:at: [1, 2]\n```",
        5,
        "“widget” is empty",
        "text",
    ),
    ("option that is broken YAML", "```{widget} jacobian\n:at: [1, 2\nA\n```", 6, "not YAML", ""),
    ("unknown identity", "```{identity} dot-product\n```", 5, "identity “dot-product”", ""),
]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_mistake_in_a_lesson(
    book: SmallBook, text: str, line: int, message: str, hint: str
) -> None:
    found = [p for p in book.problems(text) if message in p.message]
    assert found, [str(p) for p in book.problems(text)]
    problem = found[0]
    assert problem.file is not None
    assert problem.file.name == "lesson.md"
    assert problem.line == line
    assert hint in (problem.hint or "")


FRONT_MISTAKES = [
    ("none", "# Title\n", 1, "does not begin with front matter", "---"),
    ("unknown key", "---\ntitle: A\nsumary: B\n---\n", 3, "key “sumary”", "“summary”"),
    ("missing key", "---\ntitle: A\n---\n", 2, "“summary” is missing", ""),
    ("twice", "---\ntitle: A\ntitle: B\nsummary: C\n---\n", 3, "duplicate key", "once"),
    ("colon", "---\ntitle: A: b\nsummary: C\n---\n", 2, "not YAML", "quotes"),
    ("type", "---\ntitle: 3\nsummary: C\n---\n", 2, "“title” should be a valid string", ""),
    ("backslash", '---\ntitle: "$\\alph$ \\x"\nsummary: C\n---\n', 2, "not YAML", "doubled"),
    (
        "prerequisite",
        "---\ntitle: A\nsummary: C\nprerequisites: [secnd]\n---\n",
        4,
        "lesson “secnd”",
        "“second”",
    ),
    ("formula", "---\ntitle: A\nsummary: C\nobjectives: [$\\fo$]\n---\n", 4, "“\\fo”", ""),
]


@pytest.mark.parametrize(
    ("front", "line", "message", "hint"),
    [m[1:] for m in FRONT_MISTAKES],
    ids=[m[0] for m in FRONT_MISTAKES],
)
def test_mistake_in_front_matter(
    book: SmallBook, front: str, line: int, message: str, hint: str
) -> None:
    problems = book.problems("Text.", front)
    found = [p for p in problems if message in p.message]
    assert found, [str(p) for p in problems]
    assert found[0].line == line
    assert hint in (found[0].hint or "")
    assert book.book is not None
    lesson = book.book.lessons[0]
    assert lesson.broken
    assert message.split("“")[0].strip() in lesson.notice_html


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
    ("bibliography.yaml", BIBLIOGRAPHY.replace("2019", "'2019'"), 3, "valid integer", ""),
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
