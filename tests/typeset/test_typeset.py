"""Formulas as readers, browsers and authors meet them."""

import concurrent.futures
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.diagnostics import Span
from app.memory import Memory
from app.resources import book_root
from app.typeset import MACROS, TexError, plain_tex, to_mathml
from app.typeset.styles import DECLARATIONS, class_name

FIELD = [
    r"\frac{\partial\mathbf{f}}{\partial\mathbf{x}} \in \mathbb{R}^{m\times n}",
    r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}^{-\top}",
    r"\left[\begin{array}{c|c} A & B \\ \hline C & D \end{array}\right]",
    r"\begin{cases} x^2 & x \ge 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\sum_{\substack{i<j\\j\le n}} \underbrace{A\mathbf{x}}_{m\times 1} \overbrace{B}^{k}",
    r"\lVert A\mathbf{x}-\mathbf{b}\rVert_2^2 + \operatorname{tr}(X^\top X) \!\cdot\! \boxed{1}",
    r"\begin{smallmatrix} 1 & 2 \\ 3 & 4 \end{smallmatrix} \cancel{x} \mathrlap{y} \overline{AB}",
    r"\operatorname*{arg\,min}_{\mathbf{w}} \mathcal{L} \boldsymbol{\theta}' \sqrt[3]{x} \vec{v}",
    r"\begin{aligned} f &= g \\ &= \xrightarrow[b]{a} \end{aligned} \bigl( \widehat{AB} \bigr)",
    r"\begin{align*} a &= b \\ c &= d \end{align*}",
]


@pytest.mark.parametrize("tex", FIELD)
def test_no_formula_carries_a_style_attribute(tex: str) -> None:
    assert " style=" not in to_mathml(tex, display=True)


def test_every_class_for_a_style_has_its_rule() -> None:
    css = (book_root() / "static/styles/math-classes.css").read_text("utf-8")
    for declaration in DECLARATIONS:
        name, value = declaration.split(":", 1)
        assert f".{class_name(declaration)} {{\n  {name}: {value};\n}}" in css


def test_the_formula_carries_its_tex_for_copying() -> None:
    mathml = to_mathml(r"a < b & c".replace("&", r"\&"))
    assert r'<annotation encoding="application/x-tex">a &lt; b \&amp; c</annotation>' in mathml


def test_macros_of_the_book_are_set_and_copied_written_out() -> None:
    mathml = to_mathml(r"x \in \R^n")
    assert "ℝ" in mathml
    assert r"x \in \mathbb{R}^n</annotation>" in mathml


@pytest.mark.parametrize("macro", sorted(MACROS))
def test_every_macro_is_valid(macro: str) -> None:
    assert to_mathml(macro + " x") == to_mathml(macro + " x", display=False)


def test_infix_products_stay_small() -> None:
    mathml = to_mathml(r"A \otimes B \odot C \oplus D")
    assert mathml.count('<mo largeop="false">') == 3


def test_scripts_of_plain_parentheses_stand_on_the_closing_one() -> None:
    assert '(</mo><mi>x</mi><msup><mo fence="true" form="postfix"' in to_mathml(r"(x)^\top")
    assert "<msubsup><mo" in to_mathml(r"\lVert x\rVert_2^2")
    assert "<msup><mrow>" in to_mathml(r"\left(\frac{a}{b}\right)^\top")
    marked = to_mathml(r"\data{shape=n}{(x)}^\top")
    assert '<msup><mrow data-shape="n">' in marked
    whole = to_mathml(r"\data{shape=n}{(x)^\top}")
    assert '<mrow data-shape="n"><mo fence="true" form="prefix" stretchy="false">(</mo>' in whole
    assert "</mi><msup><mo" in whole


def test_a_factor_carries_its_shape_and_its_class() -> None:
    mathml = to_mathml(r"\class{factor}{\data{shape=m×n}{A}}\data{shape=n, name=x}{\mathbf{x}}")
    assert '<mi data-shape="m×n" class="factor">A</mi>' in mathml
    assert '<mi data-shape="n" data-name="x">𝐱</mi>' in mathml


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\data{shape=m×n}{A}\mathbf{x}", r"A\mathbf{x}"),
        (r"2\,\data{shape=n×m}{A^\top}B", r"2\,A^\top B"),
        (r"\data{shape=m×n}{A+B}^\top", r"{A+B}^\top"),
        (r"x^\class{accent}{ab}", r"x^{ab}"),
        (r"\partial\class{accent}{x}", r"\partial x"),
        (r"\class{a}{\data{shape=n}{x}}", "x"),
        (r"\tr(\R)", r"\operatorname{tr}(\mathbb{R})"),
    ],
)
def test_marks_are_taken_out_of_what_a_reader_copies(tex: str, plain: str) -> None:
    assert plain_tex(tex) == plain
    to_mathml(plain)


@pytest.mark.parametrize(
    ("tex", "message", "hint", "span"),
    [
        (r"\frac{a", "A brace is opened and never closed.", "Add the missing “}”.", (7, 7)),
        (r"a}", "A brace is closed that was never opened.", "Remove the “}”", (1, 2)),
        (r"\fac{a}{b}", "TeX does not know the command “\\fac”.", "“\\frac”", (0, 4)),
        (r"x^a^b", "Two superscripts follow one another.", "Say with braces", (3, 4)),
        (r"x_a_b", "Two subscripts follow one another.", "Say with braces", (3, 4)),
        (r"a & b", "“&” stands outside a matrix or an aligned block.", "aligned", (2, 3)),
        (r"\left( a", r"\left has no \right.", r"\right.", (8, 8)),
        (r"\begin{bmatrx} a \end{bmatrx}", "There is no environment called “bmatrx”.", None, None),
        (r"\begin{matrix} a", "An environment is opened and never closed.", r"\end{…}", (16, 16)),
        (r"𝔸\foo", "TeX does not know the command “\\foo”.", "", (1, 5)),
        (r"\color{red} x", "Formulas take their colour from the page.", r"\class{accent}", None),
        (r"\raisebox{2pt}{x}", "“padding:1.9925pt 0 0 0”", r"\quad", None),
        (r"\overline{x}", r"\overline over a single letter hides it.", r"\bar{x}", (0, 12)),
        (r"a \\[6pt] b", "Extra space between lines is lost.", "bracket", (2, 9)),
        (r"\underset{x}{\operatorname{argmin}}", "beside it", r"\operatorname*", (0, 26)),
        (r"\def\a{b} \a", "Formulas define no macros of their own.", "[macros]", (0, 4)),
        (r"\class{Big}{x}", "“Big” is no class name.", "lowercase", (0, 11)),
        (r"\data{onclick=x}{y}", r"\data takes name and shape, not “onclick”.", None, (0, 16)),
        (r"\href{https://a.b}{x}", "TeX does not know the command “\\href”.", "", (0, 5)),
        ("  ", "The formula is empty.", "dollars", None),
        ("{" * 3000, "The formula is nested too deeply.", "Split", None),
        ("x\ud800", "The formula has a character that is none.", "anew", (1, 2)),
    ],
)
def test_a_mistake_is_said_plainly_with_its_place(
    tex: str, message: str, hint: str | None, span: tuple[int, int] | None
) -> None:
    with pytest.raises(TexError) as raised:
        to_mathml(tex)
    problem = raised.value.problem
    assert message in problem.message
    assert (hint or "") in (problem.hint or "")
    assert span is None or problem.span == Span(*span)
    assert problem.code == "tex"


def test_after_a_formula_that_breaks_the_engine_the_next_one_is_set() -> None:
    with pytest.raises(TexError):
        to_mathml("{" * 3000 + "y")
    assert "<mi>z</mi>" in to_mathml("z")


def test_what_one_formula_does_never_reaches_the_next() -> None:
    with pytest.raises(TexError):
        to_mathml(r"\gdef\leak{1} \leak")
    with pytest.raises(TexError, match="leak"):
        to_mathml(r"\leak")


def test_formulas_can_be_set_from_many_threads_at_once() -> None:
    sources = [rf"x_{{{number}}}^2" for number in range(200)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(to_mathml, sources))
    for number, mathml in enumerate(found):
        assert f"<mn>{number}</mn>" in mathml


@given(st.text(max_size=60))
def test_any_text_is_set_or_refused_and_never_becomes_markup(text: str) -> None:
    try:
        mathml = to_mathml(text)
    except TexError:
        return
    assert mathml.startswith("<math")
    assert not re.search(r"<(?!/?(m[a-z]+|semantics|annotation|none)\b)", mathml)
    visible = re.sub(r"<annotation.*?</annotation>", "", mathml)
    assert not re.search(r"\s(on\w+|href|style|src)=", visible)


def test_the_font_has_its_table_for_mathematics() -> None:
    path = book_root() / "static/vendor/fonts/latin-modern-math.woff2"
    assert path.read_bytes()[:4] == b"wOF2"
    assert path.stat().st_size < 180_000


@pytest.mark.parametrize("file", ["temml/temml.min.js", "fonts/latin-modern-math.woff2"])
def test_vendored_files_are_what_their_record_says(file: str) -> None:
    vendor = book_root() / "static" / "vendor"
    record = (vendor / "README.md").read_text("utf-8")
    digest = hashlib.sha256((vendor / file).read_bytes()).hexdigest()
    assert re.search(rf"`{re.escape(file)}`.*`{digest}`", record)


def test_long_formulas_displace_others_instead_of_filling_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = Memory(100_000)
    monkeypatch.setattr("app.typeset.render._memory", memory)
    short = to_mathml("x")
    assert to_mathml("x") is short
    for number in range(20):
        to_mathml("x+" * 300 + str(number))
        assert 0 < memory.used <= 100_000
    assert to_mathml("x") is not short
    assert to_mathml("x") == short
