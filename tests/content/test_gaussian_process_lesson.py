"""What the lesson and the examples say of the Gaussian process widget is so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from ruamel.yaml import YAML
from sklearn.gaussian_process import GaussianProcessRegressor, kernels

from app.gaussian_processes import Hyperparameters, ProcessError, condition_on, evidence

CONTENT = Path(__file__).resolve().parents[2] / "content"
LESSON = CONTENT / "chapters" / "applications" / "gaussian-processes" / "lesson.md"


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    listed = YAML(typ="safe").load(CONTENT / "presets" / "gaussian-process.yaml")
    return {each["id"]: each for each in listed}


def _data(example: dict[str, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = np.array(example["points"], dtype=float)
    return points[:, 0], points[:, 1]


def _climb(example: dict[str, Any], signal: Any, noise: float) -> tuple[NDArray[np.float64], float]:
    """Length scale and noise where scikit-learn's optimiser ends, and the value there."""
    x, y = _data(example)
    white = kernels.WhiteKernel(noise**2, (1e-5, 10))
    fixed = kernels.ConstantKernel(example.get("scale", 1) ** 2, "fixed")
    found = GaussianProcessRegressor(fixed * signal + white, alpha=0.0).fit(x[:, None], y)
    length, variance = np.exp(found.kernel_.theta)
    return np.array([length, np.sqrt(variance)]), found.log_marginal_likelihood_value_


def _smooth(length: float) -> Any:
    return kernels.RBF(length, (0.05, 50))


def test_the_summit_of_the_seven_points(examples: dict[str, Any]) -> None:
    place, value = _climb(examples["smooth"], _smooth(1.0), 0.2)
    assert place == pytest.approx([1.73, 0.056], abs=5e-3)
    assert value == pytest.approx(-5.65, abs=5e-3)
    assert "$l=1.73$, $\\sigma=0.06$ and $\\mathcal{L}=-5.65$" in LESSON.read_text("utf-8")


def test_the_best_length_scale_for_the_noise_at_the_start(examples: dict[str, Any]) -> None:
    x, y = _data(examples["smooth"])
    held = GaussianProcessRegressor(_smooth(1.0), alpha=0.2**2).fit(x[:, None], y)
    assert np.exp(held.kernel_.theta) == pytest.approx([1.65], abs=5e-3)
    assert "at length scale 1.65" in examples["smooth"]["look"]
    assert "held at 0.2 the best length scale is 1.65" in LESSON.read_text("utf-8")


def test_a_line_finds_its_noise(examples: dict[str, Any]) -> None:
    slope = kernels.ConstantKernel(0.1, (1e-3, 10)) * kernels.DotProduct(0.0, "fixed")
    line = kernels.ConstantKernel(1.0, "fixed") + slope
    (_, noise), _ = _climb(examples["noisy-line"], line, 0.9)
    assert noise == pytest.approx(0.44, abs=5e-3)
    assert "the noise, 0.44" in examples["noisy-line"]["look"]


# The summit of the short length scale lies where the noise vanishes, at the optimiser's bound.
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_two_optima_are_found_from_two_starts(examples: dict[str, Any]) -> None:
    short, low = _climb(examples["two-optima"], _smooth(1.3), 0.2)
    long, high = _climb(examples["two-optima"], _smooth(3.0), 0.7)
    assert short[0] == pytest.approx(0.89, abs=5e-3)
    assert long == pytest.approx([4.27, 0.74], abs=6e-3)
    assert [low, high] == pytest.approx([-11.28, -12.04], abs=5e-3)


def test_the_seasons_are_periodic(examples: dict[str, Any]) -> None:
    example = examples["seasons"]
    turning = kernels.ExpSineSquared(0.8, 1.0, (0.05, 50), "fixed")
    assert _climb(example, turning, 0.6)[1] == pytest.approx(-22.71, abs=5e-3)
    assert _climb(example, _smooth(0.2), 0.6)[1] == pytest.approx(-49.50, abs=5e-3)


def test_near_duplicates_need_the_jitter(examples: dict[str, Any]) -> None:
    example = examples["twins"]
    for jitter in (0.0, 1e-8):
        chosen = Hyperparameters("squared exponential", 1.0, 1.0, example["noise"], jitter=jitter)
        if jitter:
            assert 1e8 < evidence(condition_on(*_data(example), chosen)).condition < 1e9
            continue
        with pytest.raises(ProcessError):
            condition_on(*_data(example), chosen)


def test_there_are_examples_of_every_size(examples: dict[str, Any]) -> None:
    sizes = [len(example["points"]) for example in examples.values()]
    assert min(sizes) == 2
    assert max(sizes) == 200
