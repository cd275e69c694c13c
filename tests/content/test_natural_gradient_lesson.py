"""What lesson and examples say of the natural gradient widget is so, by other arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from ruamel.yaml import YAML

CONTENT = Path(__file__).resolve().parents[2] / "content"
LESSON = CONTENT / "chapters/applications/natural-gradient-and-variational-inference/lesson.md"

Vector = NDArray[np.float64]
Loss = Callable[[Vector], float]
NEAR = 1e-4
STEPS = 300


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    listed = YAML(typ="safe").load(CONTENT / "presets" / "natural-gradient.yaml")
    return {each["id"]: each for each in listed}


def _normal(target: list[float], spread: Callable[[float], float]) -> Loss:
    """The expected −log p in (μ, v), where the standard deviation is spread(v)."""
    mean, deviation = target

    def loss(at: Vector) -> float:
        s = spread(at[1])
        return float(np.log(s) + ((at[0] - mean) ** 2 + deviation**2) / (2 * s**2))

    return loss


def _slope(loss: Loss, at: Vector) -> Vector:
    """The gradient by central differences."""
    steps = np.eye(2) * 1e-6 * np.maximum(1e-2, np.abs(at))
    return np.array([(loss(at + h) - loss(at - h)) / (2 * h.sum()) for h in steps])


def _softmax(theta: Vector) -> Vector:
    weights = np.exp([*theta, 0.0])
    return weights / weights.sum()


def _path(step: Callable[[Vector], Vector], start: Any, steps: int = STEPS) -> list[Vector]:
    points = [np.array(start, float)]
    for _ in range(steps):
        points.append(points[-1] - step(points[-1]))
    return points


def _kl(p: Vector, q: Vector) -> float:
    """Between two normal distributions, by mean and standard deviation."""
    return float(np.log(q[1] / p[1]) + (p[1] ** 2 + (p[0] - q[0]) ** 2) / (2 * q[1] ** 2) - 0.5)


def _normal_paths(example: dict[str, Any], rate: float) -> dict[str, list[Vector]]:
    """All four paths, in mean and standard deviation."""
    by_deviation = _normal(example["target"], float)
    by_logarithm = _normal(example["target"], lambda v: float(np.exp(v)))
    mu, sigma = example["at"]
    logarithmic = {
        "plain log": _path(lambda at: rate * _slope(by_logarithm, at), [mu, np.log(sigma)]),
        "natural log": _path(
            lambda at: rate * _slope(by_logarithm, at) * np.array([np.exp(2 * at[1]), 0.5]),
            [mu, np.log(sigma)],
        ),
    }
    carried = {k: [np.array([m, np.exp(v)]) for m, v in path] for k, path in logarithmic.items()}
    return {
        "plain": _path(lambda at: rate * _slope(by_deviation, at), [mu, sigma]),
        "natural": _path(
            lambda at: rate * _slope(by_deviation, at) * at[1] ** 2 * np.array([1, 0.5]),
            [mu, sigma],
        ),
        **carried,
    }


def test_the_paths_of_the_lesson_are_so_far_apart(examples: dict[str, Any]) -> None:
    paths = _normal_paths(examples["lesson"], examples["lesson"]["rate"])
    plain = max(map(_kl, paths["plain"], paths["plain log"]))
    natural = max(map(_kl, paths["natural"], paths["natural log"]))
    assert plain == pytest.approx(0.078, abs=5e-4)
    assert natural == pytest.approx(1.3e-5, abs=5e-7)
    text = LESSON.read_text("utf-8")
    assert "at most $1.3\\cdot10^{-5}$ nats apart, the plain ones up to 0.078" in text


def test_the_first_steps_from_a_small_deviation(examples: dict[str, Any]) -> None:
    example = examples["narrow"]
    paths = _normal_paths(example, example["rate"])
    first = {name: path[1][1] for name, path in paths.items()}
    expected = {"plain": 4.84, "plain log": 2.36, "natural": 0.76, "natural log": 0.97}
    assert first == pytest.approx(expected, abs=6e-3)
    for number in ("4.84", "2.36", "0.76", "0.97"):
        assert number in example["look"]


def test_the_variance_stands_still(examples: dict[str, Any]) -> None:
    example = examples["variance"]
    rate = example["rate"]
    loss = _normal(example["target"], lambda v: float(np.sqrt(v)))
    start = [example["at"][0], example["at"][1] ** 2]
    plain = _path(lambda at: rate * _slope(loss, at), start)[-1]
    assert np.sqrt(plain[1]) > 2
    natural = _path(lambda at: rate * _slope(loss, at) * np.array([at[1], 2 * at[1] ** 2]), start)
    assert natural[119] == pytest.approx([0.5, 0.25], abs=1e-3)
    assert "about 119 steps" in example["look"]


def test_a_natural_step_brings_the_mean_a_fifth_of_the_way(examples: dict[str, Any]) -> None:
    example = examples["measured"]
    data = np.array(example["data"])
    path = _normal_paths({**example, "target": [data.mean(), data.std()]}, example["rate"])
    away = np.array([mu - data.mean() for mu, _ in path["natural"][:12]])
    assert away[1:] / away[:-1] == pytest.approx(0.8, rel=1e-4)
    first = [path[name][1][0] - path[name][0][0] for name in ("natural", "plain")]
    assert first == pytest.approx([0.41, 0.09], abs=5e-3)
    assert "by 0.41" in example["look"]
    assert "0.09 closer" in example["look"]


def _outcomes(example: dict[str, Any]) -> Vector:
    counts = np.array(example["target"], float)
    return counts / counts.sum()


def _metric(p: Vector) -> Vector:
    return (np.diag(p) - np.outer(p, p))[:2, :2]


def test_natural_in_logits_is_plain_in_probabilities(examples: dict[str, Any]) -> None:
    example = examples["three-outcomes"]
    q = _outcomes(example)

    def by_logits(theta: Vector) -> float:
        return float(-q @ np.log(_softmax(theta)))

    def by_probabilities(p: Vector) -> float:
        return float(-q @ np.log([*p, 1 - p.sum()]))

    theta = np.array(example["at"], float)
    p = _softmax(theta)
    plain = {"θ": _slope(by_logits, theta), "p": _slope(by_probabilities, p[:2])}
    assert np.linalg.solve(_metric(p), plain["θ"]) == pytest.approx(plain["p"], rel=1e-5)
    assert _metric(p) @ plain["p"] == pytest.approx(plain["θ"], rel=1e-5)
    # The path in the triangle is straight: each step goes the same way.
    line = _path(lambda at: 0.05 * (at - q[:2]), p[:2], 9)
    turns = [np.linalg.det([a - line[0], q[:2] - line[0]]) for a in line]
    assert turns == pytest.approx([0] * len(turns), abs=1e-12)


def _natural_in_logits(q: Vector, start: Any, rate: float, steps: int) -> list[Vector]:
    def step(theta: Vector) -> Vector:
        p = _softmax(theta)
        return rate * np.linalg.solve(_metric(p), (p - q)[:2])

    return _path(step, start, steps)


def _length(q: Vector, p: Vector) -> float:
    """Of the natural gradient in the metric, which is the same in all coordinates."""
    slope = (p - q)[:2]
    return float(np.sqrt(slope @ np.linalg.solve(_metric(p), slope)))


def test_a_rare_outcome(examples: dict[str, Any]) -> None:
    example = examples["rare"]
    q, rate = _outcomes(example), example["rate"]
    natural = [_softmax(t) for t in _natural_in_logits(q, example["at"], rate, 210)]
    assert next(k for k, p in enumerate(natural) if _length(q, p) < NEAR) == 205
    crawling = _path(lambda t: rate * (_softmax(t) - q)[:2], example["at"])[-1]
    assert _length(q, _softmax(crawling)) > 1000 * NEAR
    p = _softmax(np.array(example["at"], float))[:2]
    inside = [p]
    while inside[-1].min() > 0 and inside[-1].sum() < 1:
        last = np.array([*inside[-1], 1 - inside[-1].sum()])
        inside.append(inside[-1] + rate * (q[:2] / last[:2] - q[2] / last[2]))
    assert len(inside) - 1 == 12


def test_steps_that_are_too_large(examples: dict[str, Any]) -> None:
    example = examples["large-steps"]
    q, start = _outcomes(example), np.array(example["at"], float)
    thrown = _natural_in_logits(q, start, example["rate"], 2)
    assert np.abs(thrown[2]).max() > 1e4
    straight = _path(lambda p: example["rate"] * (p - q), _softmax(start), 20)
    assert next(k for k, p in enumerate(straight) if _length(q, p) < NEAR) == 14
    curved = [_softmax(t) for t in _natural_in_logits(q, start, 0.05, 100)]
    line = _path(lambda p: 0.05 * (p - q), _softmax(start), 100)
    apart = max(float(a @ np.log(a / b)) for a, b in zip(curved, line, strict=True))
    assert 0.005 < apart < 0.01
