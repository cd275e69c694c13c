"""The second-derivative test, and what is said where it says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from app.calculus import hessian_at, hessian_tape, kink_at
from app.calculus.classify import HessianAtPoint, higher_order, polynomial_degree
from app.expressions import parse
from app.expressions.syntax import Syntax


def _tree(text: str, variables: str) -> Syntax:
    return parse(text, variables=variables, mode="scalar")


def _at(text: str, variables: str, *point: float) -> HessianAtPoint:
    return hessian_at(hessian_tape(_tree(text, variables), variables), point)


@pytest.mark.parametrize(
    ("text", "classification", "verdict"),
    [
        ("x^2 + y^2", "positive definite", "local minimum"),
        ("-x^2 - 3y^2", "negative definite", "local maximum"),
        ("x^2 - y^2", "indefinite", "saddle point"),
        ("x y", "indefinite", "saddle point"),
        ("x^2 + y^4", "singular", "inconclusive"),
        ("x^4 - y^4", "singular", "inconclusive"),
        ("x + y^2", "singular", "not a critical point"),
        ("x + x^2 + y^2", "positive definite", "not a critical point"),
    ],
)
def test_the_signs_of_the_eigenvalues_decide(text: str, classification: str, verdict: str) -> None:
    here = _at(text, "xy", 0.0, 0.0)
    assert (here.classification, here.verdict) == (classification, verdict)


def test_a_zero_eigenvalue_beside_both_signs_leaves_a_saddle() -> None:
    here = _at("x^2 - y^2 + z^4", "xyz", 0.0, 0.0, 0.0)
    assert (here.classification, here.verdict) == ("indefinite", "saddle point")


def test_eigenvectors_belong_to_their_eigenvalues() -> None:
    here = _at("3x^2 + 2x y + y^2", "xy", 0.5, -1.0)
    assert here.eigenvalues is not None
    assert here.eigenvectors is not None
    assert list(here.eigenvalues) == sorted(here.eigenvalues)
    for value, vector in zip(here.eigenvalues, here.eigenvectors, strict=True):
        np.testing.assert_allclose(here.hessian @ vector, value * vector, atol=1e-12)
        assert np.linalg.norm(vector) == pytest.approx(1)


def test_a_critical_point_found_by_a_computer_counts_as_one() -> None:
    root = 1 / np.sqrt(3)
    assert _at("x^3 - x", "x", float(root)).verdict == "local minimum"
    assert _at("x^3 - x", "x", float(root) + 1e-3).verdict == "not a critical point"


def test_outside_the_domain_nothing_is_said() -> None:
    here = _at("log x", "x", -1.0)
    assert np.isnan(here.hessian).all()
    assert (here.eigenvalues, here.classification, here.verdict) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "point", "decision"),
    [
        ("x^4 + y^4", (0.0, 0.0), "local minimum"),
        ("(x - 0.1)^4 + (y - 0.3)^2", (0.1, 0.3), "local minimum"),
        ("(y - x^2)*(y - 2x^2)", (0.0, 0.0), "saddle point"),
        ("x^3 + y^2", (0.0, 0.0), "saddle point"),
        ("(x^2 - 2)^4 + y^2", (float(np.sqrt(2)), 0.0), "local minimum"),
        ("x^2", (0.0, 1.0), "local minimum"),
        ("x^2 y^2", (0.0, 0.0), "undecided"),
    ],
)
def test_higher_terms_decide_where_they_can(
    text: str, point: tuple[float, float], decision: str
) -> None:
    found = higher_order(_tree(text, "xy"), "xy", point)
    assert found is not None
    assert found.decision == decision


def test_without_a_taylor_series_there_are_no_higher_terms() -> None:
    assert higher_order(_tree("abs(x)^3", "x"), "x", (0.0,)) is None


@pytest.mark.parametrize(
    ("text", "point", "function"),
    [
        ("abs(x)", 0.0, "abs"),
        ("x + relu(x - 1)", 1.0, "relu"),
        ("max(x, 2)", 2.0, "max"),
        ("abs(x)", 1.0, None),
        ("sqrt(x)", 0.0, None),
        ("x^200", 1e300, None),
    ],
)
def test_a_kink_is_named(text: str, point: float, function: str | None) -> None:
    found = kink_at((_tree(text, "x"),), "x", (point,))
    assert found is None if function is None else found is not None and found.startswith(function)


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("x^2 y + 3", 3),
        ("(x + y)^4/2", 4),
        ("-x*(y - 1)", 2),
        ("x*sin(2)", 1),
        ("2^3 x", 1),
        ("sin x", None),
        ("1/x", None),
        ("x^y", None),
        ("x^-1", None),
    ],
)
def test_polynomials_are_recognised(text: str, degree: int | None) -> None:
    assert polynomial_degree(_tree(text, "xy"), "xy") == degree
