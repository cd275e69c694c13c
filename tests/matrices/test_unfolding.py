"""Derivations unfold from the outside in, one level of rules a line, and end without any d(…)."""

from __future__ import annotations

import pytest

from app.matrices import differentiate

LINES = [
    (
        "norm2(A*x - y)^2",
        "x",
        [
            ("squared norm", r"\mathrm{d}(A \mathbf{x} - \mathbf{y})"),
            ("sum rule", r"\mathrm{d}(A \mathbf{x})"),
            ("product rule", r"A \, \mathrm{d}\mathbf{x}"),
        ],
    ),
    (
        "log(det(X))",
        "X",
        [
            ("derivative of log", r"\frac{\mathrm{d}\det(X)}{\det(X)}"),
            ("determinant", r"\operatorname{tr}\left( X^{-1} \, \mathrm{d}X \right)"),
        ],
    ),
]


@pytest.mark.parametrize(("expression", "variable", "lines"), LINES)
def test_each_line_works_out_one_level(
    expression: str, variable: str, lines: list[tuple[str, str]]
) -> None:
    steps = differentiate(expression, [variable]).steps
    for step, (rule, part) in zip(steps, lines, strict=False):
        assert step.rule == rule
        assert part in step.tex
        assert [applied.name for applied in step.applied] == [rule]


def test_what_is_deep_shares_lines() -> None:
    nested = "x"
    for _ in range(9):
        nested = f"tanh({nested})"
    steps = differentiate(f"sum({nested})", ["x"]).steps
    unfolding = [step for step in steps if step.applied]
    assert len(unfolding) == 5
    assert r"\mathrm{d}\tanh" not in unfolding[-1].tex


@pytest.mark.parametrize(
    ("expression", "notes"),
    [
        ("norm2(A*x - y)^2", ()),
        ("norm2(x)^4 + norm2(x)^3", ()),
        ("sum(relu(A*x).^2)", ()),
        ("norm2(x)", ("norm2 is not differentiable where x is 0.",)),
        ("norm2(x)^2 + norm2(x)", ("norm2 is not differentiable where x is 0.",)),
        ("sum(relu(A*x))", ("relu is not differentiable where an entry of A*x is 0.",)),
        ("norm1(x)", ("norm1 is not differentiable where an entry of x is 0.",)),
    ],
)
def test_only_true_exceptions_are_noted(expression: str, notes: tuple[str, ...]) -> None:
    assert differentiate(expression, ["x"]).notes == notes
