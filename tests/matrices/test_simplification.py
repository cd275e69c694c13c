"""Simplification, from what is typed to what a mathematician would write."""

from __future__ import annotations

import pytest

from app.matrices import elaborate, to_text
from app.matrices.rewriting import RULES, Simplifier, finished, simplify

GIVEN = (
    "A: m,n; B: m,n; C: n,n; D: n,n; X: n,n nonsingular; S: n,n symmetric; "
    "P: n,n positive-definite; Q: n,n orthogonal; K: n,n skew; "
    "x: n; y: n; z: m; z1: n; r: n positive; a: scalar; b: scalar"
)


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        # sums
        ("x + x", "2*x"),
        ("x + y - x", "y"),
        ("x - x", "0*ones(n)"),
        ("-x + y", "y - x"),
        ("A'*A*x - A'*z", "A'*(A*x - z)"),
        ("2*A'*A*x - 2*A'*z", "2*A'*(A*x - z)"),
        ("C*x + C'*x", "(C + C')*x"),
        ("C'*x + C*x", "(C + C')*x"),
        ("S*x + S'*x", "2*S*x"),
        ("a*x + b*x", "(a + b)*x"),
        ("x/a - y/a", "(x - y)/a"),
        ("x.*y + x.*z1", "(y + z1).*x"),
        ("kron(C, X) + kron(C, D)", "kron(C, X + D)"),
        ("diag(x) + diag(y)", "diag(x + y)"),
        ("(x'*y)*z1 + (z1'*y)*x", "(z1*x' + x*z1')*y"),
        ("0.5*x + 0.5*y", "0.5*(x + y)"),
        # a diagonal factor leaves nothing of the other but its diagonal
        ("(eye(n).*C)'", "eye(n).*C"),
        ("(C.*diag(x))'*y", "x.*diag(C).*y"),
        # scalars
        ("2*a*3*a", "6*a^2"),
        ("a^b*a", "a^(b + 1)"),
        ("a/a", "1"),
        ("(2*a)^3", "8*a^3"),
        ("(x'*x)^0.5", "norm2(x)"),
        ("sum(x.^2)^1.5", "norm2(x)^3"),
        ("sign(a)*abs(a)", "a"),
        ("sign(a)/abs(a)", "1/a"),
        ("norm2(-2*x)", "2*norm2(x)"),
        ("log(exp(a))", "a"),
        # products
        ("C*eye*x", "C*x"),
        ("x*(x'*y)", "(x'*y)*x"),
        ("C*C*C", "C^3"),
        ("X*inv(X)*x", "x"),
        ("X'*inv(X)'*x", "x"),
        ("C*X*inv(D*X)", "C*inv(D)"),
        ("C*inv(A'*A)*(A'*A)", "C"),
        ("Q'*Q*x", "x"),
        ("inv(Q)", "Q'"),
        ("K'", "-K"),
        ("x'*K*x + x'*K'*x", "0"),
        ("diag(x)*diag(y)", "diag(x.*y)"),
        ("diag(x)*y", "x.*y"),
        ("ones(n)'*x", "sum(x)"),
        ("kron(C, A)*kron(D, A')", "kron(C*D, A*A')"),
        ("comm(m, n)*vec(A)", "vec(A')"),
        ("comm(m, n)*comm(n, m)*vec(A')", "vec(A')"),
        ("inv(X)^2*X", "inv(X)"),
        # transposes
        ("(A*x)'", "x'*A'"),
        ("(A')'", "A"),
        ("(2*A)'", "2*A'"),
        ("inv(X')", "inv(X)'"),
        ("inv(P)'", "inv(P)"),
        ("(A'*A)'", "A'*A"),
        ("(C + C')'", "C + C'"),
        ("exp(S)'", "exp(S)"),
        ("det(C')", "det(C)"),
        # functions
        ("tr(x*y')", "x'*y"),
        ("tr(2*C)", "2*tr(C)"),
        ("tr(C*D + D*C)", "2*tr(C*D)"),
        ("tr(kron(C, D))", "tr(C)*tr(D)"),
        ("sum(x.*y)", "x'*y"),
        ("sum(diag(x)*C*diag(y))", "x'*C*y"),
        ("diag(diag(x))", "x"),
        ("diag(x*y')", "x.*y"),
        ("vec(x*y')", "kron(y, x)"),
        ("kron(x, y')", "x*y'"),
        ("det(C^3)", "det(C)^3"),
        ("abs(r)", "r"),
        ("sign(r)", "ones(n)"),
        ("x.*x./x", "x"),
        ("(exp(x) - exp(-x))./(exp(x) + exp(-x))", "tanh(x)"),
    ],
)
def test_simplifies(text: str, simpler: str) -> None:
    assert to_text(finished(simplify(elaborate(text, GIVEN).node))) == simpler


@pytest.mark.parametrize("text", ["2*A'*(A*x - z)", "(C + C')*x", "x./y", "diag(x)*C", "inv(C)'"])
def test_what_is_simple_already_comes_back_as_the_same_object(text: str) -> None:
    node = simplify(elaborate(text, GIVEN).node)
    assert simplify(node) is node


def test_products_of_rectangular_factors_are_not_inverted_one_by_one() -> None:
    """inv(A'*A) is not inv(A)*inv(A'), so nothing cancels here."""
    text = "A*inv(A'*A)*A'"
    assert to_text(simplify(elaborate(text, GIVEN).node)) == text


def test_without_factoring_sums_stay_as_they_come() -> None:
    node = elaborate("A'*A*x - A'*z", GIVEN).node
    assert to_text(Simplifier(factoring=False)(node)) == "A'*A*x - A'*z"


def test_rules_have_names_that_can_be_shown() -> None:
    names = [rule.name for rules in RULES.values() for rule in rules]
    assert all(len(name.split()) >= 3 for name in names)


def test_the_simplifier_says_which_rules_it_used() -> None:
    simplifier = Simplifier()
    simplifier(elaborate("x + x", GIVEN).node)
    assert list(simplifier.used) == ["like terms merge"]
