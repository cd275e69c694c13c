"""Whatever stands in a file, the renderer neither crashes nor lets markup through."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.lessons.errors import Notebook
from app.lessons.links import Links
from app.lessons.markdown import parse
from app.lessons.numbering import label_table, outline
from app.lessons.plain import count_words, passages
from app.lessons.rendering import References, Rendering
from app.lessons.sources import read_front_matter

PIECES = st.sampled_from(
    [
        "```{figure} a.svg\n", ":::{note} T\n", ":::\n", "```\n", "::::{exercise}\n", "::::\n",
        "{ref}`a`", "{eq}`a <b>`", "{term}`x`", "{cite}`k`", "{layout}`a|b`", "{}`x`", "$x$",
        "$$\na\n$$ (eq)\n", "$\\frac$", "(lab)=\n", "## H\n", "# H\n", "| a |\n|--|\n| b |\n",
        ":label: a\n", ":alt: [\n", "<script>", "[x](javascript:alert(1))", "[^1]", "[^1]: n\n",
        "\\begin{align}\n", "\\end{align}\n", "{.a #b onclick=x}", "![i](x)", "> ", "- ", "\n\n",
        "    ", "term\n: def\n", "```{widget} jacobian\n", "```{derivative} x'*A*x\n", ":wrt: x\n",
        "```{references}\n", "&lt;", "\x00", "\ufeff", "\\", "<img src=x onerror=y>", "```python\n",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join)
DANGEROUS = re.compile(
    r"<(script|img|iframe|style|object|embed|form)\b|\son\w+=|javascript:|\sstyle=", re.IGNORECASE
)


@given(TEXTS)
@settings(max_examples=300)
def test_any_text_is_rendered_and_never_becomes_a_script(text: str) -> None:
    notebook = Notebook(Path("lesson.md"))
    tokens = parse(text, notebook)
    found = outline(tokens, "/lessons/a", "1", notebook)
    references = References(Links(), labels=label_table([found], []))
    page = Rendering(references, notebook, "/lessons/a", (Path("/nowhere"),))
    html = page.html(tokens)
    tags = "".join(re.findall(r"<[^<>]*>", html))
    assert not DANGEROUS.search(re.sub(r'="[^"]*"', '=""', tags))
    assert not re.search(r'href="\s*(javascript|data|vbscript):', html, re.IGNORECASE)
    count_words(tokens)
    passages(tokens)
    for problem in notebook.problems:
        assert problem.message


@given(st.text(max_size=80))
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    notebook = Notebook(Path("lesson.md"))
    front = read_front_matter(f"---\n{text}\n---\n", notebook)
    assert (front is None) == bool(notebook.problems)
