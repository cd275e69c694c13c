"""``/api/variational-inference``: the lesson's numbers, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.reader import Reader

START = {"centre": [-1.1, 1], "factor": [0.9, 0, 0.6], "correlation": 0.8}


def post(client: Reader, **fields: Any) -> Any:
    return client.post("/api/variational-inference", json=fields)


def test_the_start_of_the_lesson(client: Reader) -> None:
    found = post(client, **START).json()
    assert found["value"] == pytest.approx(-4.917, abs=5e-4)
    assert found["value"] == pytest.approx(sum(found["parts"].values()))
    assert found["gap"] == pytest.approx(6.244, abs=5e-4)
    assert found["gradient"]["mean"] == pytest.approx([5.2778, -5.2222], abs=5e-5)
    for row, expected in zip(found["gradient"]["factor"], [[-1.3889, 0], [2, 0]], strict=True):
        assert row == pytest.approx(expected, abs=5e-5)
    assert found["differences"]["mean"] == pytest.approx(found["gradient"]["mean"], rel=1e-6)
    assert found["variances"]["mean_field"] == pytest.approx([0.36, 0.36])


def test_a_mean_field_on_a_banana(client: Reader) -> None:
    place = {"centre": [0, -0.76474], "factor": [0.80507, 0, 0.6], "covariance": "diagonal"}
    found = post(client, deviations=[1.6, 0.6], curvature=0.4, **place).json()
    assert found["gap"] == pytest.approx(0.500, abs=5e-4)
    assert found["gradient"]["mean"] == pytest.approx([0, 0], abs=1e-3)
    assert found["variances"]["target"] == pytest.approx([2.56, 2.457], abs=5e-4)
    assert found["variances"]["mean_field"] is None


@pytest.mark.parametrize(
    ("fields", "status", "part"),
    [
        ({}, 422, "centre must be a list of 2 numbers"),
        ({"centre": [0, 0]}, 422, "factor must be a list of 3 numbers"),
        (START | {"factor": [1, 0, True]}, 422, "factor must be a list"),
        (START | {"factor": [0, 0, 1]}, 413, "diagonal entry of L must lie between"),
        (START | {"correlation": 1}, 413, "correlation must lie between"),
        (START | {"correlation": "0"}, 422, "correlation must be a number"),
        (START | {"deviations": [1]}, 422, "deviations must be a list of 2 numbers"),
        (START | {"covariance": ["full"]}, 422, "covariance must be “full” or “diagonal”"),
        (START | {"factor": [1, 1, 1], "covariance": "diagonal"}, 400, "L₂₁ = 0"),
        (START | {"sigma": 1}, 422, "does not know"),
    ],
)
def test_refusals(client: Reader, fields: dict[str, Any], status: int, part: str) -> None:
    answer = post(client, **fields)
    assert answer.status_code == status, answer.text
    assert part in answer.json()["detail"]
