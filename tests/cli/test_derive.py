"""``nabla derive``: derivatives in the terminal."""

from __future__ import annotations

import json

import pytest

from tests.cli.support import run


def derive(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run("derive", *arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_both_layouts_with_their_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    code, shown, _ = derive(capsys, "norm2(A*x-b)^2", "--wrt", "x", "--given", "A: m,n; b: m")
    assert code == 0
    assert "df/dx = 2*(A*x - b)'*A\n    numerator layout, 1 × n" in shown
    assert "df/dx = 2*A'*(A*x - b)\n    denominator layout, n × 1" in shown
    assert "Checked against central differences" in shown
    assert "1. " not in shown


def test_stacked_sizes_are_written_as_products(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = derive(capsys, "X*A", "--given", "X: m,n; A: n,p")
    assert "numerator layout, m*p × m*n, vec/Kronecker form" in shown
    _, shown, _ = derive(capsys, "X*A", "--given", "X: m,n; A: n,p", "--json")
    assert json.loads(shown)["results"]["denominator"]["shape"] == ["m*n", "m*p"]


def test_what_occurs_is_differentiated_by_before_what_is_only_declared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, shown, _ = derive(capsys, "a'*x", "--given", "X: m,n; a: n; x: n")
    assert "df/dx = a'" in shown


def test_a_reading_other_than_the_default_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, shown, _ = derive(capsys, "norm2(A*x-b)^2", "--wrt", "x")
    assert code == 0
    assert shown.startswith("b was read as a column")
    assert "2*A'*(A*x - b)" in shown


def test_one_layout_and_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = derive(capsys, "x'*A*x", "--layout", "denominator", "--steps")
    assert "    denominator layout, n × 1" in shown
    assert "    numerator layout" not in shown
    assert "1. Begin with the outermost operation: product rule." in shown
    assert "   df = d(x')*A*x + x'*A*dx" in shown
    assert "   df = x'*(A + A')*dx" in shown


def test_a_second_derivative(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = derive(capsys, "x'*A*x", "--wrt", "x, x")
    assert "d²f/dx dx = " in shown


def test_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = derive(capsys, "tr(A*X)", "--wrt", "X", "--json", "--steps")
    found = json.loads(shown)
    assert found["results"]["denominator"]["text"] == "A'"
    assert found["wrt"] == ["X"]
    assert found["check"]["max_relative_error"] < 1e-6
    assert found["steps"][0]["text"]
    assert "def derivative(" in found["numpy"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("norm2(A*x", "nabla: This “(” is never closed.\n    norm2(A*x\n         ^\n"),
        ("A*x + X*X", "declare what differs, as in --given"),
        ("sinn(x)", "Did you mean “sin”"),
    ],
)
def test_an_error_shows_its_place(
    expression: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, error = derive(capsys, expression)
    assert (code, shown) == (2, "")
    assert expected in error
    assert "Traceback" not in error
