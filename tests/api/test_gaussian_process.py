"""``/api/gaussian-process``: the lesson's numbers, the shared cases, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.api.answers import plain
from app.api.gaussian_process import gaussian_process_answer
from tests.support.gaussian_processes import FIXTURE
from tests.support.reader import Reader

SEVEN = [[-4, 0.8], [-3, -0.2], [-2, -0.9], [-0.5, -0.5], [0.5, 0.6], [2, 0.9], [3.5, -0.3]]


def post(client: Reader, **fields: Any) -> Any:
    return client.post("/api/gaussian-process", json=fields)


def test_the_seven_points_of_the_lesson(client: Reader) -> None:
    found = post(client, points=SEVEN, noise=0.2, at=[0, 10]).json()
    assert found["value"] == pytest.approx(-7.3067, abs=5e-5)
    assert found["value"] == pytest.approx(sum(found["parts"].values()))
    expected = {"length": 2.2104, "scale": -3.4116, "noise": -0.3133}
    assert found["gradient"] == pytest.approx(expected, abs=5e-5)
    assert found["differences"] == pytest.approx(expected, abs=5e-5)
    mean, deviation = found["posterior"]["mean"], found["posterior"]["deviation"]
    assert abs(mean[1]) < 1e-6
    assert deviation[1] == pytest.approx(1)
    assert deviation[0] < 0.5


def test_the_answers_that_the_browser_is_held_to_are_still_given() -> None:
    for case in json.loads(FIXTURE.read_text(encoding="utf-8"))["cases"]:
        found, expected = plain(gaussian_process_answer(case["question"])), case["answer"]
        # Rounding is magnified by the condition of the matrix.
        near = max(1e-10, expected["condition"] * 1e-15)
        assert found["value"] == pytest.approx(expected["value"], rel=near)
        assert found["gradient"] == pytest.approx(expected["gradient"], rel=near, abs=near)
        assert found["posterior"]["mean"] == pytest.approx(expected["posterior"]["mean"], abs=near)


@pytest.mark.parametrize(
    ("fields", "status", "part"),
    [
        ({}, 422, "1 to 200 pairs"),
        ({"points": []}, 422, "1 to 200 pairs"),
        ({"points": [[0, 1]] * 201}, 413, "1 to 200 pairs"),
        ({"points": [[0, 1], [1]]}, 422, "Point 2 must be a pair"),
        ({"points": [[0, True]]}, 422, "Point 1 must be a pair"),
        ({"points": [[0, 1e7]]}, 413, "at most 1,000,000"),
        ({"points": [[0, 1]], "kernel": "periodical"}, 400, "no kernel “periodical”"),
        ({"points": [[0, 1]], "kernel": 3}, 422, "kernel must be text"),
        ({"points": [[0, 1]], "length": "1"}, 422, "length must be a number"),
        ({"points": [[0, 1]], "noise": 0}, 413, "noise must lie between"),
        ({"points": [[0, 1]], "at": 0}, 422, "at must be a list"),
        ({"points": [[0, 1]], "at": [0] * 501}, 413, "at most 500"),
        ({"points": [[0, 1], [0, 1]], "noise": 1e-12}, 400, "not positive definite"),
        ({"points": [[0, 1]], "sigma": 1}, 422, "does not know"),
    ],
)
def test_refusals(client: Reader, fields: dict[str, Any], status: int, part: str) -> None:
    answer = post(client, **fields)
    assert answer.status_code == status, answer.text
    assert part in answer.json()["detail"]


def test_the_largest_process_is_answered(client: Reader) -> None:
    points = [[k / 20, (k % 7) / 7] for k in range(200)]
    found = post(client, points=points, kernel="Matérn 3/2", at=[k / 50 for k in range(500)]).json()
    assert found["gradient"] == pytest.approx(found["differences"], rel=1e-4)
