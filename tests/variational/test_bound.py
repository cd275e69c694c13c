"""The evidence lower bound against quadrature, closed forms and what must hold for any numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.variational import Approximation, Target, VariationalError, check, differences, evaluate
from tests.support import variational as quadrature

CASES = json.loads(quadrature.FIXTURE.read_text("utf-8"))["cases"]
targets = st.builds(
    Target,
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    st.tuples(st.floats(0.3, 3), st.floats(0.3, 3)),
    st.floats(-0.95, 0.95),
    st.floats(-1, 1),
)
approximations = st.builds(
    Approximation,
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    st.tuples(st.floats(0.1, 3), st.floats(-2, 2), st.floats(0.1, 3)),
)


def target_of(written: dict[str, list[float]]) -> Target:
    mean, deviations = (tuple(written[name]) for name in ("mean", "deviations"))
    return Target(mean, deviations, written["correlation"], written["curvature"])


@pytest.mark.parametrize("case", CASES)
def test_bound_gradient_and_evidence_are_what_quadrature_gives(case: dict) -> None:
    target = target_of(case["target"])
    assert target.evidence == pytest.approx(case["evidence"], abs=1e-9)
    assert target.variances == pytest.approx(case["variances"], rel=1e-8)
    for each in case["places"]:
        place = each["place"]
        found = evaluate(target, Approximation(tuple(place[:2]), tuple(place[2:])))
        assert found.expected == pytest.approx(each["expected"], rel=1e-10)
        assert found.entropy == pytest.approx(each["entropy"], rel=1e-10)
        gradient = [*found.by_mean, *found.by_factor[quadrature.LOWER]]
        assert gradient == pytest.approx(each["gradient"], rel=1e-9, abs=1e-10)
        if "divergence" in each:
            assert target.evidence - found.value == pytest.approx(each["divergence"], rel=1e-10)


@settings(max_examples=60, deadline=None)
@given(targets, approximations)
def test_the_bound_is_below_the_evidence_and_the_gradient_that_of_differences(
    target: Target, q: Approximation
) -> None:
    found = evaluate(target, q)
    size = max(1.0, abs(found.value))
    assert target.evidence - found.value > -1e-10 * size
    by_mean, by_factor = differences(target, q)
    assert found.by_mean == pytest.approx(by_mean, rel=1e-5, abs=1e-6 * size)
    assert found.by_factor == pytest.approx(by_factor, rel=1e-5, abs=1e-6 * size)
    assert found.by_factor[0, 1] == 0


@settings(max_examples=40, deadline=None)
@given(targets)
def test_the_mean_field_ends_at_the_inverse_of_the_precisions_diagonal(target: Target) -> None:
    straight = Target(target.mean, target.deviations, target.correlation)
    narrow = 1 / np.sqrt(np.diag(straight.precision))
    q = Approximation(straight.mean, (narrow[0], 0.0, narrow[1]), diagonal=True)
    found = evaluate(straight, q)
    assert found.by_factor == pytest.approx(np.zeros((2, 2)), abs=1e-9)
    assert found.by_mean == pytest.approx(np.zeros(2), abs=1e-9)
    assert (narrow**2 <= straight.variances * (1 + 1e-12)).all()


@pytest.mark.parametrize(
    ("target", "q", "part"),
    [
        (Target((0, 0), (1, 0), 0), Approximation((0, 0), (1, 0, 1)), "standard deviation"),
        (Target((0, 0), (1, 1), 1), Approximation((0, 0), (1, 0, 1)), "correlation"),
        (Target((0, 0), (1, 1), 0), Approximation((0, np.inf), (1, 0, 1)), "mean of the approx"),
        (Target((0, 0), (1, 1), 0), Approximation((0, 0), (-1, 0, 1)), "diagonal entry of L"),
        (Target((0, 0), (1, 1), 0), Approximation((0, 0), (1, 1, 1), True), "has L₂₁ = 0"),
    ],
)
def test_what_cannot_be_used_is_refused(target: Target, q: Approximation, part: str) -> None:
    with pytest.raises(VariationalError, match=part):
        check(target, q)
