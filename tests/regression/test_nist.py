"""The NIST reference problems for linear regression, with the digits that each method gets right.

Certified weights are typed from the StRD pages and confirmed here by solving the normal equations
with 120 digits, so that a slip of typing cannot pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from app.regression import design, read_csv
from app.regression.least_squares import minimum_norm, normal_equations, qr
from app.regression.statistics import fit_statistics

NIST = Path(__file__).parent / "nist"
WAMPLER_DISTURBANCE = np.array(
    [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048]
)

Problem = tuple[NDArray[np.float64], NDArray[np.float64], list[float]]


def longley() -> Problem:
    data = design(read_csv((NIST / "longley.csv").read_text()))
    certified = [
        -3482258.63459582,
        15.0618722713733,
        -0.358191792925910e-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807e-01,
        1829.15146461355,
    ]
    return data.X, data.y, certified


def filip() -> Problem:
    table = read_csv((NIST / "filip.csv").read_text())
    x, y = table.column("x").values, table.column("y").values
    certified = [
        -1467.48961422980,
        -2772.17959193342,
        -2316.37108160893,
        -1127.97394098372,
        -354.478233703349,
        -75.1242017393757,
        -10.8753180355343,
        -1.06221498588947,
        -0.670191154593408e-01,
        -0.246781078275479e-02,
        -0.402962525080404e-04,
    ]
    return np.vander(x, 11, increasing=True), y, certified


def wampler(number: int) -> Problem:
    x = np.arange(21.0)
    X = np.vander(x, 6, increasing=True)
    certified = [10.0**-power for power in range(6)] if number == 2 else [1.0] * 6
    disturbance = np.concatenate([WAMPLER_DISTURBANCE, WAMPLER_DISTURBANCE[-2::-1]])
    size = {1: 0.0, 2: 0.0, 3: 1.0, 4: 100.0, 5: 10000.0}[number]
    y = np.array([math.fsum(certified[p] * value**p for p in range(6)) for value in x])
    return X, y + size * disturbance, certified


PROBLEMS: dict[str, Callable[[], Problem]] = {
    "Longley": longley,
    "Filip": filip,
    **{f"Wampler{number}": (lambda number=number: wampler(number)) for number in range(1, 6)},
}

# What each set lets an orthogonal method keep at the least; Filip has a condition number of 10¹⁵
# with its columns as given, so that a double can promise nothing before they are scaled.
DIGITS_AT_LEAST = {
    "Longley": 7,
    "Filip": 5,
    "Wampler1": 7,
    "Wampler2": 9,
    "Wampler3": 6,
    "Wampler4": 5,
    "Wampler5": 3,
}


def correct_digits(weights: NDArray[np.float64] | None, certified: list[float]) -> float:
    if weights is None:
        return 0.0
    errors = np.abs(weights - certified) / np.abs(certified)
    return float(min(15.0, -math.log10(max(1e-15, float(errors.max())))))


@pytest.mark.parametrize("name", PROBLEMS)
def test_certified_weights_are_typed_rightly(name: str) -> None:
    X, y, certified = PROBLEMS[name]()
    with mpmath.workdps(120):
        A, b = mpmath.matrix(X.tolist()), mpmath.matrix(y.tolist())
        exact = [float(value) for value in mpmath.lu_solve(A.T * A, A.T * b)]
    # Filip's data are rounded to double before the fit, which moves its weights in the 8th digit.
    np.testing.assert_allclose(exact, certified, rtol=1e-6 if name == "Filip" else 1e-12)


@pytest.mark.parametrize("name", PROBLEMS)
def test_digits_of_each_method(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    X, y, certified = PROBLEMS[name]()
    digits = {
        solution.method: correct_digits(solution.weights, certified)
        for solution in (normal_equations(X, y), qr(X, y), minimum_norm(X, y))
    }
    with capsys.disabled():
        print(
            f"\n  {name:9s} correct digits: " + ", ".join(f"{k} {v:.1f}" for k, v in digits.items())
        )
    assert digits["QR"] >= DIGITS_AT_LEAST[name]
    assert digits["normal equations"] <= digits["QR"] + 2


def test_longley_statistics() -> None:
    X, y, certified = longley()
    statistics = fit_statistics(X, y, np.array(certified), intercept=True)
    assert statistics.degrees_of_freedom == 9
    assert statistics.r_squared == pytest.approx(0.995479004577296, rel=1e-12)
    assert statistics.residual_standard_error == pytest.approx(304.854073561965, rel=1e-9)
    assert statistics.standard_errors is not None
    assert statistics.standard_errors[0] == pytest.approx(890420.383607373, rel=1e-6)
    assert statistics.leverage.sum() == pytest.approx(7.0)
