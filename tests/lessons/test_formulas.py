"""Formulas as a line of plain text."""

import pytest

from app.lessons.formulas import readable
from app.lessons.rendering import is_long


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"J\in\mathbb{R}^{m\times n}", "J ∈ ℝ^(m×n)"),
        (r"\frac{\partial f_i}{\partial x_j}", "(∂f_i)/(∂x_j)"),
        (r"\tfrac12 x^2", "1/2x²"),
        (r"\nabla f(\mathbf{x})^\top", "∇f(x)ᵀ"),
        (r"\lVert A\mathbf{x}\rVert_2^2", "‖Ax‖₂²"),
        (r"A^{-1} + \sqrt{x+1}", "A⁻¹ + √(x + 1)"),
        (r"\begin{bmatrix}a&b\\c&d\end{bmatrix}", "[a, b; c, d]"),
        (r"\underbrace{A}_{m\times n}", "A_(m×n)"),
        (r"\operatorname{tr}(AX)", "tr (AX)"),
        (r"\nosuch{x}", r"\nosuch{x}"),
    ],
)
def test_readable(tex: str, text: str) -> None:
    assert readable(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        r"J_gJ_{\mathbf{f}}=-2\cos t\sin t+2\sin t\cos t=0",
        r"\mathrm{D}F(X)[H]=HX^2+XHX+X^2H.",
    ],
)
def test_a_formula_wider_than_a_phone_is_long(tex: str) -> None:
    assert is_long(tex)
    assert not is_long(r"f(\mathbf{x}+\mathbf{h})\approx f(\mathbf{x})")
