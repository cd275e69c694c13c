"""The calculator over HTTP: complete without scripts, and what is typed stays text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from tests.support.reader import Reader


class Elements(HTMLParser):
    """What a browser would make of a page: its tags, the names and values of attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []
        self.values: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names += [name for name, _ in attrs]
        self.values += [value or "" for _, value in attrs]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "action"}]


def asked(client: Reader, **question: str) -> str:
    answer = client.get("/calculator", params=question)
    assert answer.status_code == 200
    return answer.text


def test_the_page_is_linked_from_header_contents_cover_and_footer(client: Reader) -> None:
    cover = client.get("/").text
    assert cover.count('href="/calculator"') >= 4
    page = asked(client)
    assert re.search(r'href="/calculator" aria-current="page"', page)


def test_the_form_comes_first_and_claims_nothing(client: Reader) -> None:
    page = asked(client)
    assert '<form class="calculator-form" action="/calculator" method="get">' in page
    assert "Derivation</h2>" not in page
    assert 'data-widget="derivative"' in page
    assert 'data-widget="working"' in page


def test_a_question_is_answered_with_both_layouts_and_all_steps(client: Reader) -> None:
    page = html.unescape(asked(client, expr="norm2(A*x - b)^2", wrt="x", given="A: m,n; b: m"))
    assert '<code class="layout-numerator">2*(A*x - b)\'*A</code>' in page
    assert '<code class="layout-denominator">2*A\'*(A*x - b)</code>' in page
    steps = re.findall(r'<p class="step-why"><span class="rule-name">([^<]+)', page)
    assert len(steps) >= 2
    assert "Compared with central differences at 3 random points" in page
    assert "def derivative(" in page
    assert "import torch" in page
    assert "import jax" in page


def test_where_it_is_not_differentiable_is_said(client: Reader) -> None:
    page = html.unescape(asked(client, expr="norm2(A*x - b)", wrt="x", given="A: m,n; b: m"))
    assert "norm2 is not differentiable where A*x - b is 0." in page


def test_a_second_derivative_takes_two_names(client: Reader) -> None:
    page = html.unescape(asked(client, expr="x'*A*x", wrt="x, x", given="A: n,n"))
    assert '<code class="layout-numerator">A + A\'</code>' in page


def test_what_was_typed_stays_in_the_form(client: Reader) -> None:
    page = asked(client, expr="x'*A*", wrt="x", given="A: n,n")
    assert 'name="expr" value="x&#39;*A*"' in page
    assert 'name="wrt" value="x"' in page
    assert 'name="given" value="A: n,n"' in page


def test_a_mistake_is_shown_with_a_caret_below_its_place(client: Reader) -> None:
    page = html.unescape(asked(client, expr="x + sinn(x)"))
    assert "<pre>x + sinn(x)\n    ^^^^</pre>" in page
    assert "Did you mean “sin”" in page


def test_a_mistake_in_the_declarations_is_told_to_be_there(client: Reader) -> None:
    page = html.unescape(asked(client, expr="A*x", given="A: m,n wobbly"))
    assert "In the declarations: “wobbly” is not a property" in page


@pytest.mark.parametrize("wrt", ["x,y,z", "1", "<b>", "q q q"])
def test_names_that_are_none_are_refused(client: Reader, wrt: str) -> None:
    assert "by one name, or by two" in asked(client, expr="x'*x", wrt=wrt)


def test_the_layout_is_kept_between_questions(client: Reader) -> None:
    page = asked(client, expr="x'*x", layout="denominator")
    assert re.search(r'<html[^>]* data-layout="denominator"', page)
    assert '<input type="hidden" name="layout" value="denominator">' in page
    # The layout switch, a form of its own, keeps the question.
    assert '<input type="hidden" name="expr" value="x&#39;*x">' in page


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{7*7}}",
    "x'*x\u2028<b>",
    "\\href{javascript:alert(1)}{x}",
]


@pytest.mark.parametrize("field", ["expr", "wrt", "given"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_never_becomes_markup(client: Reader, payload: str, field: str) -> None:
    elements = Elements()
    elements.feed(asked(client, **{"expr": "x'*x", field: payload}))
    assert "img" not in elements.tags
    assert "b" not in elements.tags
    assert elements.tags.count("title") == 1
    assert elements.tags.count("script") == elements.names.count("src")
    assert not [name for name in elements.names if name.startswith("on")]
    assert not [value for value in elements.addresses if value.startswith("javascript")]
    assert payload.strip() in elements.values


def test_a_text_that_is_too_long_is_refused_and_not_cut(client: Reader) -> None:
    page = asked(client, expr="+".join(["x"] * 1500))
    assert 'role="alert"' in page
    assert "calculator-shown" not in page


@pytest.mark.parametrize("expr", ["kron(kron(X,X),kron(X,X))", "kron(X,kron(X,X))"])
def test_what_grows_beyond_all_bounds_is_refused_in_words(client: Reader, expr: str) -> None:
    page = asked(client, expr=expr)
    assert 'role="alert"' in page or "calculator-shown" in page
    assert "on our side" not in page


def test_examples_lead_to_answers(client: Reader) -> None:
    links = re.findall(r'<li><a href="(/calculator\?[^"]+)">', asked(client))
    assert len(links) >= 15
    for link in links[::5]:
        assert "Derivation</h2>" in client.get(html.unescape(link)).text


def test_the_widget_starts_with_the_question_of_the_address(client: Reader) -> None:
    page = client.get("/calculator?" + urlencode({"expr": "tr(A*X)", "wrt": "X"})).text
    options = html.unescape(re.findall(r'id="calculator"[^>]*data-options="([^"]*)"', page)[0])
    assert '"expr": "tr(A*X)"' in options


def test_links_stay_below_the_prefix(behind_proxy: Reader) -> None:
    page = behind_proxy.get("/course/calculator", params={"expr": "x'*x"}).text
    assert 'action="/course/calculator"' in page
    assert not re.search(r'href="/calculator', page)
