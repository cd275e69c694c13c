"""The numbers printed in the regression lesson are those of the shipped data."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.regression import design as make_design
from app.regression import load_dataset, near_copy_of, regress, with_near_copy

CONTENT = Path(__file__).resolve().parents[2] / "content"
LESSON = CONTENT / "chapters" / "case-study" / "linear-regression" / "lesson.md"


@pytest.fixture(scope="module")
def text() -> str:
    """The lesson with one kind of minus and numbers without braces."""
    source = LESSON.read_text(encoding="utf-8").replace("−", "-").replace("{,}", "")
    return re.sub(r"\{(-[\d.]+)\}", r"\1", source)


@pytest.fixture(scope="module")
def data() -> NDArray[np.float64]:
    return np.loadtxt(CONTENT / "datasets" / "bulbs.csv", delimiter=",", skiprows=1)


@pytest.fixture(scope="module")
def design(data: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack((np.ones(len(data)), data[:, :3]))


def fit(design: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.linalg.lstsq(design, target, rcond=None)[0]


def test_the_first_rows_are_those_of_the_file(text: str, data: NDArray[np.float64]) -> None:
    for voltage, temperature, thickness, lifespan in data[:3]:
        assert f"| {voltage:g} | {temperature:g} | {thickness:g} | {lifespan:g} |" in text


def test_the_normal_equations_are_printed_entry_by_entry(
    text: str, data: NDArray[np.float64], design: NDArray[np.float64]
) -> None:
    for row in design.T @ design:
        assert "&".join(f"{entry:.10g}" for entry in row) in text
    column = "\\\\".join(f"{entry:.10g}" for entry in design.T @ data[:, 3])
    assert column in text


def test_the_weights_and_the_fit_are_as_printed(
    text: str, data: NDArray[np.float64], design: NDArray[np.float64]
) -> None:
    weights = fit(design, data[:, 3])
    assert f"| offset | {weights[0]:.1f} | h |" in text
    units = ("h/V", "h/°C", "h/µm")
    for name, weight, unit in zip(
        ("voltage", "temperature", "thickness"), weights[1:], units, strict=True
    ):
        assert f"| {name} | {weight:.2f} | {unit} |" in text
    residual = data[:, 3] - design @ weights
    r_squared = 1 - residual @ residual / np.sum((data[:, 3] - data[:, 3].mean()) ** 2)
    assert f"R^2={100 * r_squared:.1f}" in text
    assert f"root mean squared residual is {np.sqrt(np.mean(residual**2)):.0f} hours" in text
    assert f"it predicts {weights @ [1, 228, 20, 31]:,.0f} hours" in text


def test_what_the_widget_is_said_to_show_is_so(text: str) -> None:
    table = load_dataset("bulbs", CONTENT / "datasets")
    alone = regress(make_design(table, features=["voltage"]))
    assert f"normal equations lead in one step to {alone.weights[0]:,.0f} h" in text
    assert f"{alone.weights[1]:.2f} h/V" in text
    copy = near_copy_of(table, "temperature")
    names = ["voltage", "temperature", "thickness", copy.name]
    chosen = make_design(
        with_near_copy(table, copy, 1e-4), target="lifespan", features=names, standardize=True
    )
    plain, ridge = regress(chosen), regress(chosen, 0.01)
    assert np.abs(plain.weights[[2, 4]]) / 1e6 == pytest.approx([1.6, 1.6], abs=0.05)
    assert ridge.weights[[2, 4]] == pytest.approx([-19, -19], abs=0.6)
    assert ridge.loss.value(ridge.weights) < 1.01 * plain.loss.value(plain.weights)


def test_the_condition_numbers_are_as_printed(text: str, design: NDArray[np.float64]) -> None:
    condition = np.linalg.cond(design)
    assert f"\\kappa(X)={condition / 1e4:.2f}\\cdot10^4" in text
    assert f"\\kappa(X^\\top X)={condition**2 / 1e8:.2f}\\cdot10^8" in text


def test_the_exponents_of_the_logarithmic_fit_are_as_printed(
    text: str, data: NDArray[np.float64]
) -> None:
    features = (
        np.ones(len(data)),
        np.log(data[:, 0] / 230),
        data[:, 1] - 25,
        np.log(data[:, 2] / 30),
    )
    weights = fit(np.column_stack(features), np.log(data[:, 3]))
    assert f"${weights[1]:.2f}$ for the exponent of the voltage" in text
    assert f"${weights[3]:.2f}$ for that of the thickness" in text
    assert f"${weights[2]:.4f}$ per degree" in text


def test_ridge_weights_are_as_printed(text: str, data: NDArray[np.float64]) -> None:
    features = (data[:, :3] - data[:, :3].mean(axis=0)) / data[:, :3].std(axis=0)
    centred = data[:, 3] - data[:, 3].mean()
    for penalty in (0, 24, 240):
        matrix = features.T @ features + penalty * np.eye(3)
        weights = np.linalg.solve(matrix, features.T @ centred)
        assert "(" + ",\\,".join(f"{weight:.1f}" for weight in weights) + ")" in text
