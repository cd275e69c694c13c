"""The shipped dataset is the one that its documentation describes."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import mean, stdev

import numpy as np
import pytest

from tools.bulbs import CSV, HEADER, Bulb, as_csv, expected_life, make_bulbs


def test_the_generator_makes_the_shipped_file_byte_for_byte() -> None:
    assert as_csv(make_bulbs()).encode("utf-8") == CSV.read_bytes()


def test_another_seed_makes_another_file() -> None:
    assert as_csv(make_bulbs(seed=1)).encode("utf-8") != CSV.read_bytes()


def test_there_are_240_rows_under_the_documented_header() -> None:
    lines = CSV.read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADER
    assert len(lines) == 241


def test_every_column_of_the_file_is_documented() -> None:
    documentation = CSV.with_suffix(".md").read_text(encoding="utf-8")
    for column in HEADER.split(","):
        assert f"| `{column}` |" in documentation


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        (lambda bulb: bulb.voltage, 222, 238),
        (lambda bulb: bulb.temperature, 0, 50),
        (lambda bulb: bulb.thickness, 27, 33),
    ],
)
def test_the_conditions_fill_their_range(
    column: Callable[[Bulb], float], low: float, high: float
) -> None:
    values = [column(bulb) for bulb in make_bulbs()]
    margin = 0.02 * (high - low)
    assert low <= min(values) <= low + margin
    assert high - margin <= max(values) <= high


def test_a_nominal_bulb_lives_a_thousand_hours() -> None:
    assert expected_life(230, 25, 30) == pytest.approx(1000)


def test_twice_the_voltage_shortens_life_by_the_thirteenth_power_of_two() -> None:
    assert expected_life(115, 25, 30) / expected_life(230, 25, 30) == pytest.approx(2**13)


def test_the_scatter_about_the_model_is_the_documented_six_per_cent() -> None:
    logarithms = [
        math.log(bulb.lifespan / expected_life(bulb.voltage, bulb.temperature, bulb.thickness))
        for bulb in make_bulbs()
    ]
    assert mean(logarithms) == pytest.approx(0, abs=0.012)
    assert stdev(logarithms) == pytest.approx(0.06, abs=0.008)


def test_a_plane_fits_well_and_not_perfectly() -> None:
    data = np.loadtxt(CSV, delimiter=",", skiprows=1)
    design = np.column_stack((np.ones(len(data)), data[:, :3]))
    weights, residual, *_ = np.linalg.lstsq(design, data[:, 3], rcond=None)
    r_squared = 1 - float(residual[0]) / float(np.sum((data[:, 3] - data[:, 3].mean()) ** 2))
    assert 0.90 < r_squared < 0.96
    np.testing.assert_allclose(weights[1:], [-56.5, -3.0, 33.3], atol=6)
