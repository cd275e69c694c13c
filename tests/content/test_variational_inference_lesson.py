"""What the lesson and the examples say of the variational inference widget is so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from tests.support import variational
from tests.support.variational import Target, best, bound, divergence, gradient, on_a_lattice

CONTENT = Path(__file__).resolve().parents[2] / "content"
LESSON = (
    CONTENT
    / "chapters"
    / "applications"
    / "natural-gradient-and-variational-inference"
    / "lesson.md"
)


@pytest.fixture(scope="module")
def lesson() -> str:
    return LESSON.read_text("utf-8")


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    listed = YAML(typ="safe").load(CONTENT / "presets" / "variational-inference.yaml")
    return {each["id"]: each for each in listed}


def _target(example: dict[str, Any]) -> Target:
    return Target(
        tuple(example.get("mean", (0.0, 0.0))),
        tuple(example.get("deviations", (1.0, 1.0))),
        example["correlation"],
        example.get("curvature", 0.0),
    )


def _start(example: dict[str, Any]) -> Any:
    return np.array([*example["centre"], *example["factor"]])


def _gap(target: Target, value: float) -> float:
    found: float = on_a_lattice(target)["evidence"] - value
    return found


def test_the_start_of_the_lesson(examples: dict[str, Any], lesson: str) -> None:
    target, place = _target(examples["full"]), _start(examples["full"])
    parts = bound(target, place)
    assert [parts["value"], parts["expected"], parts["entropy"]] == pytest.approx(
        [-4.917, -7.139, 2.222], abs=5e-4
    )
    assert divergence(target, place) == pytest.approx(6.244, abs=5e-4)
    assert _gap(target, parts["value"]) == pytest.approx(6.244, abs=5e-4)
    assert gradient(target, place)[:2] == pytest.approx([5.28, -5.22], abs=5e-3)
    for words in ("−4.917", "−7.139", "2.222", "is 6.244", "(5.28, −5.22)", "log p(x) = 1.327"):
        assert words in lesson


def test_the_full_covariance_closes_the_gap(examples: dict[str, Any], lesson: str) -> None:
    target = _target(examples["full"])
    place, value = best(target, diagonal=False)
    parts = bound(target, place)
    assert value == pytest.approx(1.327, abs=5e-4)
    assert [parts["entropy"], parts["expected"]] == pytest.approx([2.327, -1.0], abs=5e-4)
    assert divergence(target, place) == pytest.approx(0, abs=1e-9)
    assert "ends at 2.327" in lesson


def test_the_mean_field_underestimates(examples: dict[str, Any], lesson: str) -> None:
    target = _target(examples["mean-field"])
    place, value = best(target, diagonal=True)
    assert np.square(place[[2, 4]]) == pytest.approx([0.36, 0.36], abs=1e-6)
    assert _gap(target, value) == pytest.approx(0.511, abs=5e-4)
    assert "0.36 where the target has 1, and a gap of 0.511" in examples["mean-field"]["look"]
    assert "$1/P_{ii}=0.36$ and the gap 0.511" in lesson


def test_true_variances_have_a_worse_bound(examples: dict[str, Any], lesson: str) -> None:
    example = examples["true-variances"]
    target, place = _target(example), _start(example)
    variances = np.diag(variational.factor(place) @ variational.factor(place).T)
    assert variances == pytest.approx(np.diag(target.covariance))
    assert divergence(target, place) == pytest.approx(1.267, abs=5e-4)
    inwards = gradient(target, place)[[2, 4]]
    assert (inwards < 0).all()
    assert "the gap 1.267, more than twice as much" in lesson
    assert 1.267 > 2 * 0.511


def test_what_is_kept_falls_with_the_correlation(examples: dict[str, Any], lesson: str) -> None:
    strong, independent = (_target(examples[name]) for name in ("strong", "independent"))
    place, _ = best(strong, diagonal=True)
    kept = np.square(place[[2, 4]]) / np.diag(strong.covariance)
    assert kept == pytest.approx([0.0975, 0.0975], abs=1e-6)
    assert _gap(independent, best(independent, diagonal=True)[1]) == pytest.approx(0, abs=1e-9)
    assert "keeps 9.75 % of either variance" in lesson


def test_no_gaussian_is_a_banana(examples: dict[str, Any], lesson: str) -> None:
    target = _target(examples["banana"])
    for diagonal in (False, True):
        place, value = best(target, diagonal=diagonal)
        spread = variational.factor(place) @ variational.factor(place).T
        assert np.diag(spread) == pytest.approx([0.648, 0.36], abs=5e-4)
        assert _gap(target, value) == pytest.approx(0.500, abs=5e-4)
        assert place[1] < on_a_lattice(target)["means"][1]
    # The quadratic equation of the lesson.
    narrow = 1 / target.deviations[0] ** 2 + 4 * target.curvature**2 / 0.36 * spread[0, 0]
    assert 1 / spread[0, 0] == pytest.approx(narrow, rel=1e-6)
    assert on_a_lattice(target)["variances"] == pytest.approx([2.56, 2.457], abs=5e-4)
    assert "0.648 and 0.36 where the target has 2.56 and 2.457, and a gap of 0.500" in lesson


def test_a_leaning_banana_has_both_faults(examples: dict[str, Any], lesson: str) -> None:
    target = _target(examples["leaning-banana"])
    gaps = [_gap(target, best(target, diagonal=diagonal)[1]) for diagonal in (False, True)]
    assert gaps == pytest.approx([0.265, 0.438], abs=5e-4)
    assert "a gap of 0.265 and the diagonal one 0.438" in lesson


def test_the_fixture_of_the_browser_is_what_quadrature_gives() -> None:
    kept = json.loads(variational.FIXTURE.read_text("utf-8"))["cases"]
    assert len(kept) == len(variational.TARGETS)
    for target, written in zip(variational.TARGETS, kept, strict=True):
        found = variational.case(target)
        assert written["target"]["curvature"] == target.curvature
        for one, other in zip(written["places"], found["places"], strict=True):
            assert one["value"] == pytest.approx(other["value"], rel=1e-9)
            assert one["gradient"] == pytest.approx(other["gradient"], rel=1e-9, abs=1e-10)
        assert written["evidence"] == pytest.approx(found["evidence"], abs=1e-9)
