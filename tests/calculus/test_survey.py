"""The second-derivative test against sixty functions and points whose answer is known.

Each row: function, point, class of the Hessian, verdict of the test, and, where the test is
silent, what the higher-order terms decide.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calculus import hessian_tape
from app.calculus.exact import characteristic_polynomial, exact_classification
from app.calculus.readable import readable_hessian
from app.calculus.survey import examined, survey
from app.expressions import parse
from app.expressions.syntax import Syntax

PD, ND, IN, SI = "positive definite", "negative definite", "indefinite", "singular"
MIN, MAX, SAD, OPEN, NOT = (
    "local minimum", "local maximum", "saddle point", "inconclusive", "not a critical point",
)  # fmt: skip
NEITHER, UNDECIDED = "neither", "undecided"
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
ROSENBROCK = "(1 - x)^2 + 100 (y - x^2)^2"
CAMEL = "(4 - 2.1 x^2 + x^4/3) x^2 + x y + (-4 + 4 y^2) y^2"
ROOT = float(np.sqrt(2))

TABLE: list[tuple[str, tuple[float, ...], str, str, str | None]] = [
    # Plain quadratic forms
    ("x^2 + y^2", (0, 0), PD, MIN, None),
    ("-x^2 - y^2", (0, 0), ND, MAX, None),
    ("x^2 - y^2", (0, 0), IN, SAD, None),
    ("x y", (0, 0), IN, SAD, None),
    ("x^2 + x y + y^2", (0, 0), PD, MIN, None),
    ("x^2 + 3x y + y^2", (0, 0), IN, SAD, None),
    ("x^2 + 2x y + y^2", (0, 0), SI, OPEN, MIN),
    ("-(x - 2y)^2", (2, 1), SI, OPEN, MAX),
    ("x^2 + y^2 + z^2 + x y + y z", (0, 0, 0), PD, MIN, None),
    ("x^2 + y^2 - z^2", (0, 0, 0), IN, SAD, None),
    # Landscapes of the literature
    ("x^3 - 3x + y^2", (1, 0), PD, MIN, None),
    ("x^3 - 3x + y^2", (-1, 0), IN, SAD, None),
    ("x^3 + y^3 - 3x y", (0, 0), IN, SAD, None),
    ("x^3 + y^3 - 3x y", (1, 1), PD, MIN, None),
    (HIMMELBLAU, (3, 2), PD, MIN, None),
    (HIMMELBLAU, (-0.2708445906673, -0.9230385564800), ND, MAX, None),
    (HIMMELBLAU, (0.0866775061, 2.88425470132), IN, NOT, None),
    (ROSENBROCK, (1, 1), PD, MIN, None),
    (ROSENBROCK, (0, 0), PD, NOT, None),
    (CAMEL, (0, 0), IN, SAD, None),
    ("(x^2 - 1)^2 + (x^2 y - x - 1)^2", (1, 2), PD, MIN, None),
    ("(x^2 - 1)^2 + (x^2 y - x - 1)^2", (-1, 0), PD, MIN, None),
    ("sin(x) + cos(y)", (float(np.pi / 2), 0), ND, MAX, None),
    ("sin(x) sin(y)", (0, 0), IN, SAD, None),
    ("exp(-x^2 - y^2)", (0, 0), ND, MAX, None),
    ("x*exp(-x^2 - y^2)", (1 / ROOT, 0), ND, MAX, None),
    ("cosh(x) - cos(y)", (0, 0), PD, MIN, None),
    ("log(1 + x^2) + y^2", (0, 0), PD, MIN, None),
    ("log(1 + x^2) + y^2", (2, 0), IN, NOT, None),
    ("x log(x) + y log(y)", (float(np.exp(-1)), float(np.exp(-1))), PD, MIN, None),
    # Degenerate: the Hessian is silent
    ("x^3", (0,), SI, OPEN, NEITHER),
    ("x^4", (0,), SI, OPEN, MIN),
    ("-x^6", (0,), SI, OPEN, MAX),
    ("x^5", (0,), SI, OPEN, NEITHER),
    ("x^4 + y^4", (0, 0), SI, OPEN, MIN),
    ("-x^4 - y^4", (0, 0), SI, OPEN, MAX),
    ("x^4 - y^4", (0, 0), SI, OPEN, SAD),
    ("x^3 - 3x y^2", (0, 0), SI, OPEN, SAD),
    ("x^2 + y^4", (0, 0), SI, OPEN, MIN),
    ("x^2 + y^3", (0, 0), SI, OPEN, SAD),
    ("x^2 - y^4", (0, 0), SI, OPEN, SAD),
    ("x^2", (0, 1), SI, OPEN, MIN),
    ("(y - x^2) (y - 2x^2)", (0, 0), SI, OPEN, SAD),
    ("(y - x^2)^2 + x^6", (0, 0), SI, OPEN, MIN),
    ("x^2 y^2", (0, 0), SI, OPEN, UNDECIDED),
    ("(x - 0.1)^4 + (y - 0.3)^2", (0.1, 0.3), SI, OPEN, MIN),
    ("(x^2 - 2)^4 + y^2", (ROOT, 0), SI, OPEN, MIN),
    ("cos(x) + x^2/2 + y^2", (0, 0), SI, OPEN, MIN),
    ("x^2 - y^2 + z^4", (0, 0, 0), IN, SAD, None),
    ("x^2 + y^2 - z^4", (0, 0, 0), SI, OPEN, SAD),
    # Badly scaled: exact entries are settled exactly
    ("x^2 + 1e-12 y^2", (0, 0), PD, MIN, None),
    ("x^2 - 1e-12 y^2", (0, 0), IN, SAD, None),
    ("-1e12 x^2 - 1e-12 y^2", (0, 0), ND, MAX, None),
    ("1e-30 x^2 + 1e30 y^2 + z^2", (0, 0, 0), PD, MIN, None),
    ("(x + 1e8 y)^2", (0, 0), SI, OPEN, MIN),
    ("(x + 1e8 y)^2 + 1e-8 y^2", (0, 0), PD, MIN, None),
    ("1e-12 (x + y)", (0, 0), SI, NOT, None),
    ("1e12 x^2 + y^2", (1e-3, 0), PD, NOT, None),
    ("cosh(x) + 1e-12 cosh(y)", (0, 0), PD, MIN, None),
    # Badly scaled, with entries that are not exact: bounds decide, however small the eigenvalue
    ("pi x^2 - 1e-12 y^2", (0, 0), IN, SAD, None),
    ("pi x^2 - 1e-12 y^2 + y^4", (0, 0), IN, SAD, None),
    ("exp(1) x^2 + 1e-14 y^2", (0, 0), PD, MIN, None),
    ("-e*x^2 - 1e-20 cosh(y)", (0, 0), ND, MAX, None),
    ("pi (x - y)^2", (1, 1), SI, OPEN, UNDECIDED),
    ("pi x^2 + y^4", (0, 0), SI, OPEN, MIN),
    # Where there is no series, and where there is nothing to see
    ("x^2.5 + y^2", (0, 0), SI, OPEN, UNDECIDED),
    ("5 + 0x", (1, 2), SI, OPEN, UNDECIDED),
    # On a circle of minima rounding alone must not be taken for a third or fifth order
    ("(x^2 + y^2 - 1)^2", (0.6, 0.8), SI, OPEN, UNDECIDED),
    ("(x^2 + y^2 - 1)^2", (1 / ROOT, 1 / ROOT), SI, OPEN, UNDECIDED),
    ("sin(x y)", (float(np.sqrt(np.pi / 2)), float(np.sqrt(np.pi / 2))), SI, OPEN, UNDECIDED),
    # No critical point: curvature only
    ("x + y^2", (0, 0), SI, NOT, None),
    ("x + x^2 + y^2", (0, 0), PD, NOT, None),
    ("exp(x + y)", (0, 0), SI, NOT, None),
    ("log(exp(x) + exp(y))", (0, 0), SI, NOT, None),
]  # fmt: skip


def _tree(text: str, count: int) -> tuple[Syntax, list[str]]:
    variables = ["x", "y", "z"][:count]
    return parse(text, variables=variables, mode="scalar"), variables


def test_the_table_is_large_enough() -> None:
    assert len({(text, point) for text, point, *_ in TABLE}) >= 60


@pytest.mark.parametrize(("text", "point", "classification", "verdict", "higher"), TABLE)
def test_classification(
    text: str, point: tuple[float, ...], classification: str, verdict: str, higher: str | None
) -> None:
    tree, variables = _tree(text, len(point))
    here, decided = examined(hessian_tape(tree, variables), tree, variables, point)
    assert (here.classification, here.verdict) == (classification, verdict)
    assert (decided and decided.decision) == higher


@pytest.mark.parametrize("text", sorted({text for text, *_ in TABLE}))
def test_the_symbolic_hessian_is_its_own_transpose(text: str) -> None:
    tree, variables = _tree(text, 3 if "z" in text else 2)
    rows = readable_hessian(tree, variables).matrices["hessian"]
    assert rows == tuple(zip(*rows, strict=True))


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-4, 4), min_size=n, max_size=n), min_size=n, max_size=n
        )
    )
)
def test_exact_signs_agree_with_the_eigenvalues(rows: list[list[int]]) -> None:
    A = np.array(rows, dtype=float)
    A = A + A.T
    exact = [[Fraction(int(entry)) for entry in row] for row in A]
    np.testing.assert_allclose(
        [float(c) for c in characteristic_polynomial(exact)], np.poly(A), rtol=1e-7, atol=1e-6
    )
    values = np.linalg.eigvalsh(A)
    positive, negative = (values > 1e-9).sum(), (values < -1e-9).sum()
    expected = (
        IN if positive and negative
        else PD if positive == len(A)
        else ND if negative == len(A)
        else SI
    )  # fmt: skip
    assert exact_classification(exact) == expected


def test_a_survey_judges_every_point_that_it_finds() -> None:
    tree, variables = _tree("x^4 + y^4 - 2x^2", 2)
    found = survey(tree, variables, [(-2, 2), (-2, 2)], 2.0)
    verdicts = [(f.point, f.here.verdict, f.higher_order and f.higher_order.decision)
                for f in found.found]  # fmt: skip
    assert verdicts == [
        ((-1, 0), OPEN, MIN),
        ((0, 0), OPEN, SAD),
        ((1, 0), OPEN, MIN),
    ]
    assert not found.complete


def test_a_line_of_critical_points_takes_no_longer_than_it_may() -> None:
    tree, variables = _tree("(x - y)^2", 2)
    found = survey(tree, variables, [(-2, 2), (-2, 2)], 1.0)
    assert not found.complete
    assert found.found
    assert {f.here.classification for f in found.found} == {SI}
