"""Whether two expressions agree, and how that was decided."""

from __future__ import annotations

import pytest

from app.matrices.equivalence import equivalent

SQUARE = "A: n,n; B: n,n; C: n,n"


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        ("(x+y)'*(x+y)", "x'*x + 2*x'*y + y'*y", ""),
        ("tr(A*B*C)", "tr(C*A*B)", ""),
        ("tr(A*B)", "tr(B'*A')", ""),
        ("norm2(A*x-b)^2", "x'*A'*A*x - 2*b'*A*x + b'*b", "b: m"),
        ("(A + A')*x", "2*A*x", "A: n,n symmetric"),
        ("(A+B)^2", "A^2 + A*B + B*A + B^2", SQUARE),
        ("diag(x)*y", "y.*x", ""),
        ("(2*a)^2/a", "4*a", ""),
        ("vector(2) + x", "x + 2*ones(n)", ""),
    ],
)
def test_equal_normal_forms_prove_it(left: str, right: str, given: str) -> None:
    verdict = equivalent(left, right, given)
    assert (verdict.agree, verdict.decided_by) == (True, "normal form")


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        ("inv(A*B)", "inv(B)*inv(A)", "A: n,n nonsingular; B: n,n nonsingular"),
        ("inv(eye+U*V)*U", "U*inv(eye+V*U)", ""),
        ("tanh(a)", "(exp(2*a)-1)/(exp(2*a)+1)", ""),
        ("log(a*b)", "log(a) + log(b)", "a: positive; b: positive"),
        ("det(A*B)", "det(A)*det(B)", SQUARE),
        ("sigmoid(x)", "1./(vector(1)+exp(-x))", ""),
    ],
)
def test_numbers_decide_where_forms_do_not(left: str, right: str, given: str) -> None:
    verdict = equivalent(left, right, given)
    assert (verdict.agree, verdict.decided_by) == (True, "numbers")
    assert len(verdict.sizes) == 3
    assert len({tuple(sizes.items()) for sizes in verdict.sizes}) in (1, 3)


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        ("A*B", "B*A", SQUARE),
        ("tr(A*B*C)", "tr(B*A*C)", SQUARE),
        ("(A + A')*x", "2*A*x", "A: n,n"),
        ("x'*A", "A*x", "A: n,n"),
        ("A'", "A", "A: n,n"),
        ("abs(a)", "a", ""),
    ],
)
def test_a_single_difference_refutes(left: str, right: str, given: str) -> None:
    assert not equivalent(left, right, given).agree


def test_shapes_decide_first() -> None:
    verdict = equivalent("x'", "x", "x: n")
    assert (verdict.agree, verdict.decided_by) == (False, "shape")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(1 + 1e-9)*x", "x"),
        ("x + 1e-9*sin(x)", "x"),
        ("1e-9*sin(x)", "1e-9*x"),
        ("exp(-30)*sin(x)", "exp(-30)*cos(x)"),
        ("1e-9*x'*x", "2e-9*x'*x"),
    ],
)
def test_a_difference_is_found_however_small_it_is(left: str, right: str) -> None:
    assert not equivalent(left, right).agree


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1e9*tanh(a)", "1e9*(exp(2*a)-1)/(exp(2*a)+1)"),
        ("log(exp(a) + 1e8)", "softplus(a - log(1e8)) + log(1e8)"),
        ("cos(x).^2 - vector(1)", "-sin(x).^2"),
        ("sqrt(a^2 + 1) - 1", "a^2/(sqrt(a^2 + 1) + 1)"),
    ],
)
def test_rounding_is_no_difference(left: str, right: str) -> None:
    assert equivalent(left, right).agree
