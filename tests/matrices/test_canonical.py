"""Derivatives without their names: what counts as the same one, and what does not."""

from __future__ import annotations

import pytest

from app.matrices import differentiate
from app.matrices.canonical import signature


def signed(text: str) -> str:
    """The signature of ``expression by variables | declarations``."""
    question, _, given = text.partition(" | ")
    expression, _, names = question.partition(" by ")
    derivative = differentiate(expression, names.split(","), given)
    return signature(derivative.node, derivative.variables)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a'*x by x | a: n; x: n", "w'*z by z | w: k; z: k"),
        ("A*x + b by x | A: m,n; x: n; b: m", "h + W*y by y | W: p,q; y: q; h: p"),
        ("0.5*y'*K*y by y | y: n; K: n,n", "x'*A*x/2 by x | A: m,m; x: m"),
        ("tr(X - c*eye(n)) by c | X: n,n; c: scalar", "tr(A - k*eye(p)) by k | A: p,p; k: scalar"),
        ("norm2(A*x)^2 by x,x | A: m,n; x: n", "norm2(V*u)^2 by u,u | V: p,q; u: q"),
        ("(A*x).*(exp(x)) by x | A: n,n; x: n", "exp(z).*(B*z) by z | B: k,k; z: k"),
    ],
)
def test_names_make_no_difference(one: str, other: str) -> None:
    assert signed(one) == signed(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a'*x by x | a: n; x: n", "a'*x by a | a: n; x: n"),
        ("a'*x by x | a: n; x: n", "x'*x by x | x: n"),
        ("x'*A*x by x | A: n,n; x: n", "x'*A*x by x | A: n,n symmetric; x: n"),
        ("x'*A*x by x | A: n,n; x: n", "x'*A*x by x,x | A: n,n; x: n"),
        ("A*x by x | A: m,n; x: n", "A*x by x | A: n,n; x: n"),
        ("A*x by x | A: 2,3; x: 3", "A*x by x | A: 3,2; x: 2"),
        ("x'*A*x by x | A: n,n; x: n", "2*x'*A*x by x | A: n,n; x: n"),
        ("x'*A*y by x | A: m,n; x: m; y: n", "x'*A*y by y | A: m,n; x: m; y: n"),
        ("comm(m,n)*vec(X) by X | X: m,n", "comm(n,m)*vec(X) by X | X: m,n"),
        ("det(X^2) by X | X: n,n", "det(X^3) by X | X: n,n"),
    ],
)
def test_what_is_another_derivative_stays_another(one: str, other: str) -> None:
    assert signed(one) != signed(other)
