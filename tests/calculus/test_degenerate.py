"""Critical points that the Hessian does not decide: each with the answer of the literature."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.calculus.degenerate import examine
from app.calculus.jets import jet
from app.calculus.series import NotSmoothError
from app.expressions import parse


def decision(f: str, variables: str, *, polynomial: bool = False) -> tuple[str, int | None]:
    names = list(variables)
    tree = parse(f, variables=names, mode="scalar")
    found = examine(
        jet(tree, names, [Fraction(0)] * len(names), 8 if len(names) < 3 else 6),
        polynomial=polynomial,
    )
    return found.decision, found.order


@pytest.mark.parametrize(
    ("f", "variables", "expected"),
    [
        ("x^4 + y^4", "xy", ("local minimum", 4)),
        ("-x^4 - y^4", "xy", ("local maximum", 4)),
        ("x^4 - y^4", "xy", ("saddle point", 4)),
        ("x^3", "x", ("neither", 3)),
        ("x^4", "x", ("local minimum", 4)),
        ("x^5 - x^6", "x", ("neither", 5)),
        ("x^3 - 3 x y^2", "xy", ("saddle point", 3)),
        ("x^2 + y^3", "xy", ("saddle point", 3)),
        ("x^2 + y^4", "xy", ("local minimum", 4)),
        ("x^2 - y^4", "xy", ("saddle point", 4)),
        ("-x^2 - y^4", "xy", ("local maximum", 4)),
        ("(x - y)^2 + (x + y)^4", "xy", ("local minimum", 4)),
        ("cos(x) + x^2/2", "x", ("local minimum", 4)),
        ("exp(x) - 1 - x - x^2/2", "x", ("neither", 3)),
        ("sin(x) y^3", "xy", ("saddle point", 4)),
        ("x^4 + y^4 + z^4", "xyz", ("local minimum", 4)),
        ("x^2 + y^2 - z^4", "xyz", ("saddle point", 4)),
        # Along its tangent the valley rises, along its floor it falls.
        ("(y - x^2)*(y - 2 x^2)", "xy", ("saddle point", 4)),
        ("(y - x^2)^2 + x^6", "xy", ("local minimum", 6)),
        ("(y - x^2)^2 - x^7", "xy", ("saddle point", 7)),
        # What the terms examined leave open is said to be open.
        ("x^2 y^2", "xy", ("undecided", 4)),
        ("(y - x^2)^2", "xy", ("undecided", None)),
        ("x^10", "x", ("undecided", None)),
    ],
)
def test_decisions(f: str, variables: str, expected: tuple[str, int | None]) -> None:
    assert decision(f, variables) == expected


@pytest.mark.parametrize(
    ("f", "expected"), [("x^2", "local minimum"), ("-(x + 2y)^2", "local maximum")]
)
def test_a_flat_valley_of_a_polynomial_is_proven(f: str, expected: str) -> None:
    assert decision(f, "xy", polynomial=True) == (expected, None)
    assert decision(f, "xy", polynomial=False) == ("undecided", None)


@pytest.mark.parametrize(
    "f", ["abs(x)", "sqrt(x)", "relu(x)", "x^1.5", "log(x)", "min(x, 2x)", "1/x"]
)
def test_where_there_is_no_series_it_says_so(f: str) -> None:
    with pytest.raises(NotSmoothError):
        jet(parse(f, variables=["x"], mode="scalar"), ["x"], [Fraction(0)], 4)
