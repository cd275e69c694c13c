"""What widgets ask for: the fields as the browser sends them, by a few options written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from app.export.asked import Question
from app.export.questions import WIDGETS, names_in, questions_of
from app.lessons.widgets import KnownWidget
from app.resources import book_root

FUNCTION = {"f": {"default": "[x, y]"}, "vars": {"default": ["x", "y"]}}


def asked(name: str, options: Mapping[str, Any], **schema: Any) -> list[Question]:
    """What is asked for these options, beside what is asked without any."""
    widget = KnownWidget(name, name, schema)
    without = list(questions_of(widget, []))
    return [each for each in questions_of(widget, [options]) if each not in without]


def test_a_function_is_asked_for_as_it_is_written() -> None:
    found = asked("jacobian", {"f": "[u v, u]", "vars": ["u", "v"]}, **FUNCTION)
    assert found == [Question("jacobian", {"f": "[u v, u]", "vars": "u,v"})]


def test_the_default_of_an_option_is_asked_for_as_well() -> None:
    found = list(questions_of(KnownWidget("gradient", "Gradient", FUNCTION), []))
    assert found == [Question("hessian", {"f": "[x, y]", "vars": "x,y"})]


def test_critical_points_are_asked_for_in_the_window_at_the_start() -> None:
    found = asked("hessian", {"f": "x^2", "window": [0, 1, 1.75]}, **FUNCTION)
    assert found[1].fields["box"] == "-1.75,1.75,-0.75,2.75"


def test_a_composition_is_asked_for_from_the_inside_with_as_many_names_as_entries() -> None:
    options = {"functions": ["v1 + v2", "[u1, u1 u2]", "[x1 x2, x3]"], "at": [1, 2, 3]}
    defaults = {"functions": {"default": ["u1", "x1"]}, "at": {"default": [1]}}
    found = asked("chain-rule", options, **defaults)
    assert [each.fields["vars"] for each in found] == ["x1,x2,x3", "u1,u2", "v1,v2"]
    assert [each.fields["f"] for each in found] == ["[x1 x2, x3]", "[u1, u1 u2]", "v1 + v2"]


def test_declarations_of_names_that_do_not_occur_are_not_sent() -> None:
    found = asked("derivative", {"expr": "A*x", "wrt": "x", "given": "A: m,n;B: n,n; x: n"})
    assert found[0] == Question("reading", {"expr": "A*x", "given": "A: m,n; x: n"})
    assert found[1].fields == {"expr": "A*x", "wrt": "x", "given": "A: m,n; x: n"}
    assert [(each.fields["wrt"], each.optional) for each in found[2:]] == [("A", True)]


def test_a_second_derivative_is_by_two_names() -> None:
    found = asked("derivative", {"expr": "x'*A*x", "wrt": "x, x"})
    assert found[1].fields["wrt"] == "x,x"


def test_lines_are_sent_without_those_that_are_empty() -> None:
    found = asked("working", {"expr": "x'*S*x", "lines": ["2*x'*S*dx", " "]})
    assert found[1].fields["lines"] == "2*x'*S*dx"
    assert found[1].fields["wrt"] == "x"


def test_a_table_is_fitted_raw_and_standardised() -> None:
    found = asked("regression", {"csv": "a,b\n1,2"}, dataset={"default": "bulbs"})
    fits = [each for each in found if each.subject == "regression"]
    assert [each.fields for each in fits] == [
        {"csv": "a,b\n1,2"},
        {"csv": "a,b\n1,2", "standardize": True},
    ]
    assert all(each.method == "POST" for each in fits)


def test_a_puzzle_is_asked_for_with_its_fault() -> None:
    layers = [{"weights": [[1.0]], "bias": [0.0], "activation": "tanh"}]
    example = {"layers": layers, "input": [1], "target": [1], "puzzle": 1}
    (question,) = asked("backpropagation", example)
    assert set(question.fields["fault"]) == {"name", "at"}
    assert question.fields["loss"] == "squared error"


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("norm2(A*x - b)^2", ["A", "x", "b"]),
        ("W2*tanh(W1*x0)", ["W2", "W1", "x0"]),
        ("x.T*x + pi", ["x"]),
        ("σ*x", ["σ", "x"]),
        ("2*3", []),
    ],
)
def test_names_are_told_from_functions(expression: str, names: list[str]) -> None:
    assert names_in(expression) == names


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("gaussian-process", {("K", "numerator"), ("K", "denominator"), ("t", "denominator")}),
        (
            "variational-inference",
            {(wrt, layout) for wrt in "mL" for layout in ("numerator", "denominator")},
        ),
    ],
)
def test_a_derivation_is_asked_for_as_the_browser_writes_it(
    name: str, wanted: set[tuple[str, str]]
) -> None:
    module = book_root() / "static" / "widgets" / name / "derivation.js"
    written = "".join(re.findall(r'"([^"]*)"', module.read_text("utf-8")))
    found = list(questions_of(KnownWidget(name, "", {}), []))
    assert {(each.fields["wrt"], each.fields["layout"]) for each in found} == wanted
    for each in found:
        assert each.fields["expr"] in written
        assert each.fields["given"] in written


def test_every_widget_that_asks_is_known() -> None:
    """A widget with a module that takes ``ask`` or ``send`` has to say what it asks."""
    takes = re.compile(r"import \{[^}]*\b(?:ask|send)\b[^}]*\} from \"[./]*services/api\.js\"")
    folder = book_root() / "static" / "widgets"
    modules = [path for path in folder.glob("*/*.js") if takes.search(path.read_text("utf-8"))]
    asking = {path.parent.name for path in modules}
    assert {"jacobian", "rules"} <= asking
    assert asking <= set(WIDGETS), "list what they ask in app/export/questions.py"
