"""The regression as a whole: against NumPy's own solver, and what is told about a poor design."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.regression import ModelError, dataset_names, design, load_dataset, read_csv, regress
from app.regression.descent import descend, half_mean_squared_error
from app.regression.least_squares import ridge_path
from app.resources import book_root

DATASETS = book_root() / "content" / "datasets"


def random_problem(seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    m, n = generator.integers(1, 12), generator.integers(1, 7)
    return generator.normal(size=(m, n)), generator.normal(size=m)


def table_of(X: np.ndarray, y: np.ndarray) -> str:
    header = ",".join([*(f"x{index}" for index in range(X.shape[1])), "y"])
    rows = (",".join(map(repr, map(float, (*row, value)))) for row, value in zip(X, y, strict=True))
    return "\n".join([header, *rows])


@given(st.integers(0, 10_000))
def test_weights_agree_with_lstsq(seed: int) -> None:
    X, y = random_problem(seed)
    fit = regress(design(read_csv(table_of(X, y)), intercept=False))
    expected = np.linalg.lstsq(X, y, rcond=None)[0]
    np.testing.assert_allclose(fit.weights, expected, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(fit.by_svd.weights, expected, rtol=1e-6, atol=1e-8)


@given(st.integers(0, 10_000), st.floats(1e-3, 1e3))
def test_ridge_zeroes_its_gradient(seed: int, strength: float) -> None:
    X, y = random_problem(seed)
    fit = regress(design(read_csv(table_of(X, y))), ridge=strength)
    gradient = fit.loss.gradient(fit.weights)
    assert np.abs(gradient).max() <= 1e-9 * max(1.0, float(np.abs(fit.moment).max()))


def test_standardizing_changes_the_condition_number_and_not_the_fit() -> None:
    table = load_dataset("bulbs", DATASETS)
    plain, scaled = (regress(design(table, standardize=flag)) for flag in (False, True))
    assert plain.conditioning.X > 1000 * scaled.conditioning.X
    np.testing.assert_allclose(plain.statistics.fitted, scaled.statistics.fitted, rtol=1e-8)
    assert scaled.design.scaling is not None
    np.testing.assert_allclose(
        scaled.design.scaling.weights_in_units(scaled.weights), plain.weights, rtol=1e-6
    )


def test_the_shipped_data_have_units() -> None:
    assert "bulbs" in dataset_names(DATASETS)
    units = {column.name: column.unit for column in load_dataset("bulbs", DATASETS).columns}
    assert units == {"voltage": "V", "temperature": "°C", "thickness": "µm", "lifespan": "h"}
    with pytest.raises(ModelError, match="Did you mean “bulbs”"):
        load_dataset("bulb", DATASETS)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("a,b,y\n1,2,1\n2,4,3\n3,6,5\n4,8,8\n", "“b” is a linear combination of “a”."),
        (
            "a,b,y\n1,2,1\n2,4.0001,3\n3,6,5\n4,8.0001,8\n",
            "“a” and “b” are nearly dependent",
        ),
        ("a,b,y\n1,7,1\n2,7,3\n3,7,5\n", "“b” has the same value in every row"),
        ("a,b,c,y\n1,2,4,1\n2,9,3,3\n", "fewer rows (2) than weights (4)"),
        ("a,y\n1,1\n,2\n3,3\n4,5\n", "“a” has no value in row 2; left out of the fit."),
        ("a,place,y\n1,x,1\n2,y,2\n3,z,4\n", "“place” was left aside: it holds words, such as “x”"),
    ],
)
def test_poor_designs_are_told_in_words(text: str, note: str) -> None:
    fit = regress(design(read_csv(text)))
    assert any(note in each for each in fit.notes), fit.notes
    assert np.isfinite(fit.weights).all()


def test_questions_that_do_not_fit_the_table() -> None:
    table = read_csv("height,weight\n1,2\n2,3\n")
    with pytest.raises(ModelError, match=r"no column “wieght”.*Did you mean “weight”"):
        design(table, target="wieght")
    with pytest.raises(ModelError, match="target and cannot be a feature"):
        design(table, target="weight", features=["weight"])
    with pytest.raises(ModelError, match="too large to be squared"):
        regress(design(read_csv("x,y\n1,1e300\n2,3\n")))
    with pytest.raises(ModelError, match="A weight is too large"):
        regress(design(read_csv("x,y\n1e-310,1\n2e-310,2\n4e-310,3\n")))


def test_tables_without_a_complete_row_name_the_columns() -> None:
    with pytest.raises(ModelError, match="Column “a” has no value in any row"):
        design(read_csv("a,b,y\n,1,1\nNA,2,3\n"))
    with pytest.raises(ModelError, match="a value is missing in “a” or “y”"):
        design(read_csv("a,b,y\n,1,1\n4,2,\n"))


@pytest.mark.parametrize("unit", [1e-34, 1e-20, 1e-3, 1e15])
def test_the_unit_of_a_column_decides_nothing(unit: float) -> None:
    """A charge in coulomb beside a column of ones: small, and yet not dependent."""
    plain = [1.0, 2.0, 4.0, 7.0], [1.0, 3.0, 2.0, 6.0]
    rows = "\n".join(f"{x * unit!r},{y!r}" for x, y in zip(*plain, strict=True))
    fit = regress(design(read_csv(f"x,y\n{rows}\n")))
    slope, offset = np.polyfit(*plain, 1)
    for solution in (fit.by_qr, fit.by_svd):
        assert solution.weights == pytest.approx([offset, slope / unit], rel=1e-9)
    assert fit.statistics.degrees_of_freedom == 2
    assert fit.statistics.leverage.sum() == pytest.approx(2.0)
    assert fit.notes == ()


def test_descent_converges_below_the_limit_and_diverges_above() -> None:
    scaled = design(load_dataset("bulbs", DATASETS), standardize=True)
    loss = half_mean_squared_error(scaled.X, scaled.y)
    start = np.zeros(scaled.X.shape[1])
    assert descend(loss, start, 0.9 * loss.step_limit, 2000).ended == "converged"
    assert descend(loss, start, 1.1 * loss.step_limit, 2000).ended == "diverged"


def test_ridge_path_shrinks_all_but_the_intercept() -> None:
    scaled = design(load_dataset("bulbs", DATASETS), standardize=True)
    path = ridge_path(scaled.X, scaled.y, [0.0, 10.0, 1e6], scaled.penalized)
    sizes = np.linalg.norm(path[:, 1:], axis=1)
    assert sizes[0] > sizes[1] > sizes[2]
    assert path[2, 0] == pytest.approx(scaled.y.mean())


def test_dependent_columns_have_an_infinite_condition_number_or_lose_all_digits() -> None:
    fit = regress(design(read_csv("a,b,y\n1,2,1\n2,4,3\n3,6,5\n4,8,8\n")))
    assert fit.conditioning.digits_lost == pytest.approx(15.95, abs=0.5)
    assert math.isinf(fit.conditioning.gram) or fit.conditioning.gram > 1e30
