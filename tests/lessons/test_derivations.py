"""Derivatives in lessons: derived, checked, compared with the claim, shown in both layouts."""

import re

import pytest

from app.lessons.derivation import Request, derive
from app.lessons.derivation_html import error_html, sizes_words
from tests.lessons.support import SmallBook, shortened

QUADRATIC = """\
```{derivative} x'*A*x
:wrt: x
:given: "A: n,n; x: n"
:claim: "(A + A')*x"
:label: eq-quadratic
The *quadratic* form.
```

See {eq}`eq-quadratic`.
"""

IDENTITIES = """\
group: scalar-by-vector
title: Scalar by vector
identities:
  - id: dot-product
    title: Dot $w^\\top x$ product
    expr: "w'*x"
    wrt: x
    given: "w: n; x: n"
    claim: "w"
    note: A *note*.
    source: magnus-neudecker, section 9
"""


def test_a_derivative_is_shown_in_both_layouts_with_its_number(book: SmallBook) -> None:
    html = book.html(QUADRATIC)
    assert book.book is not None
    assert book.book.problems == ()
    assert html.startswith('<figure class="derivative" id="eq-quadratic">')
    rows = re.findall(r'<div class="equation (layout-\w+)" data-text="([^"]*)">(.*)</div>', html)
    assert [row[0] for row in rows] == ["layout-numerator", "layout-denominator"]
    assert [row[1] for row in rows] == ["x&#x27;*(A + A&#x27;)", "(A + A&#x27;)*x"]
    assert all(">(1.1)</a>" in row[2] for row in rows)
    assert '<a class="reference" href="#eq-quadratic">(1.1)</a>' in html
    assert "The <em>quadratic</em> form." in html


def test_the_check_mark_opens_derivation_and_numeric_check(book: SmallBook) -> None:
    html = book.html(QUADRATIC)
    details = html[html.index('<details class="verification">') : html.index("</details>")]
    assert "product rule" in details
    assert "⟦⟦\\mathrm{d}f = " in details
    assert re.search(r"3 random points, with n = \d; n = \d; n = \d", details)
    assert re.search(r"the largest relative error is \d&nbsp;×&nbsp;10<sup>−1\d</sup>", details)


def test_the_derivation_can_be_left_out(book: SmallBook) -> None:
    html = book.html(QUADRATIC.replace(":wrt: x", ":wrt: x\n:steps: false"))
    assert 'class="derivation"' not in html
    assert "numeric-check" in html


def test_factors_carry_their_shapes(book: SmallBook) -> None:
    html = book.load(QUADRATIC).lessons[0].html
    assert 'data-shape="1×n"' in html


def test_a_factor_carries_its_shape_alone_in_a_sum_and_in_a_function() -> None:
    def forms(expression: str) -> str:
        derived = derive(Request(expression, "x", "A: m,n; x: n; b: m; y: n"))
        assert not hasattr(derived, "code")
        return f"{derived.left} = {derived.denominator.tex}"  # type: ignore[union-attr]

    assert forms("sum(x)").count("shape=n×1") == 2
    assert forms("A*x - b").endswith(r"\class{factor}{\data{shape=n×m}{A^{\top}}}")
    assert "shape=m×1" in forms("A*x - b")
    # The base of a transpose is no factor of its own.
    assert forms("y'*x").count("shape=n×1") == 2


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("(A + A')*x", True),
        ("A*x + A'*x", True),
        ("2*A*x", False),
        ("x'*(A + A')", False),
        ("A*x + ", False),
    ],
)
def test_a_claim_is_compared_with_what_was_derived(
    book: SmallBook, claim: str, right: bool
) -> None:
    problems = book.problems(QUADRATIC.replace("(A + A')*x", claim))
    if right:
        assert problems == []
        return
    assert [(p.code, p.line) for p in problems] == [("wrong-claim", 8)]
    assert f"The claim “{claim.strip()}”" in problems[0].message.replace(claim, claim.strip())
    assert problems[0].hint == "The engine derived (A + A')*x in denominator layout."


def test_a_claim_can_be_in_the_other_layout(book: SmallBook) -> None:
    text = QUADRATIC.replace("(A + A')*x", "x'*(A + A')")
    assert book.problems(text.replace(":wrt:", ":claim-layout: numerator\n:wrt:")) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("```{derivative} x'*B*\n:wrt: x\n```", 5, "cannot be differentiated"),
        ("```{derivative} x'*x\n:wrt: x, x, x\n```", 5, "cannot be differentiated"),
        ("```{derivative}\n:wrt: x\n```", 5, "needs its expression"),
        ("```{derivative} x'*x\n:wrt: x\n:claim-layout: rows\n```", 7, "layout “rows”"),
        ("```{derivative} x'*x\n:wrt: x\n:steps: no\n```", 7, "“no”"),
    ],
)
def test_a_mistake_is_said_with_its_line(
    book: SmallBook, text: str, line: int, message: str
) -> None:
    problems = book.problems(text)
    assert [(p.line, message in p.message) for p in problems] == [(line, True)]


def test_an_identity_can_be_shown_in_a_lesson(book: SmallBook) -> None:
    book.write("identities/one.yaml", IDENTITIES)
    html = book.html("```{identity} dot-product\n```")
    assert book.book is not None
    assert book.book.problems == ()
    assert 'href="/cheat-sheet#identity-dot-product">Dot ⟦w^\\top x⟧ product</a>' in html
    assert "layout-denominator" in html
    identity = book.book.cheat_sheet[0].identities[0]
    assert identity.note_html == "A <em>note</em>."
    assert "Magnus &amp; Neudecker" in identity.source_html
    assert identity.source_html.endswith("</a>, section 9")
    assert "⟦⟦" in shortened(identity.html)
    assert book.book.search("dot product")[0].kind == "identity"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('claim: "w"', 'claim: "2*w"', 9, "The claim “2*w” is not the derivative"),
        ("source: magnus-neudecker", "source: magnus", 11, "work “magnus”"),
        ('expr: "w\'*x"', 'expr: "w\'*"', 6, "cannot be differentiated"),
        ("    wrt: x\n", "    wrtt: x\n", 7, "key “wrtt”"),
        ("id: dot-product", "id: Dot Product", 4, "cannot be an id"),
    ],
)
def test_a_wrong_identity_is_said_with_its_line(
    book: SmallBook, old: str, new: str, line: int, message: str
) -> None:
    book.write("identities/one.yaml", IDENTITIES.replace(old, new))
    problems = book.problems("Text.")
    assert (line, True) in [(p.line, message in p.message) for p in problems]
    assert all(p.file == book.folder / "identities/one.yaml" for p in problems)


def test_what_is_differentiated_stands_in_parentheses_where_it_must() -> None:
    def left(expression: str) -> str:
        derived = derive(Request(expression, "x", "x: n; w: n; b: scalar"))
        assert not hasattr(derived, "code")
        return derived.left  # type: ignore[union-attr]

    assert "(" not in left("norm2(x)")
    assert re.search(r"\\,\(.*\)$", left("w'*x"))
    assert r"\left(" in left("w'*x/b")


def test_errors_and_sizes_are_said_as_one_reads_them() -> None:
    assert error_html(2.3e-9) == "2&nbsp;×&nbsp;10<sup>−9</sup>"
    assert error_html(0) == "0"
    assert sizes_words([{"m": 3, "n": 4}, {"m": 5, "n": 2}]) == "with m = 3, n = 4; m = 5, n = 2"
    assert sizes_words([{}]) == "all of them scalars"
