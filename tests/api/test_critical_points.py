"""``/api/critical-points``: every point of the box with its class, complete only where proven."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from app import compute
from app.api import critical_points
from tests.support.reader import Reader

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
SIX_HUMP_CAMEL = "(4 - 2.1 x^2 + x^4/3) x^2 + x y + (-4 + 4 y^2) y^2"


def _get(client: Reader, f: str, box: str, variables: str = "x,y") -> Any:
    response = client.get("/api/critical-points", params={"f": f, "vars": variables, "box": box})
    assert response.status_code == 200, response.text
    return response.json()


def _kinds(found: Any) -> Counter[str]:
    return Counter(point["verdict"] for point in found["points"])


def test_himmelblau_has_nine(client: Reader) -> None:
    found = _get(client, HIMMELBLAU, "-5,5,-5,5")
    assert found["complete"]
    assert found["reason"] is None
    assert _kinds(found) == {"local minimum": 4, "saddle point": 4, "local maximum": 1}
    three_two = [p for p in found["points"] if p["point"]["x"] == pytest.approx(3, abs=1e-12)]
    assert three_two[0]["point"]["y"] == pytest.approx(2, abs=1e-12)
    assert three_two[0]["value"] == pytest.approx(0, abs=1e-20)
    assert three_two[0]["hessian"] == [[pytest.approx(74), 20], [20, pytest.approx(34)]]
    assert found["f"]["mathml"].startswith("<math")
    assert found["box"] == {"x": [-5, 5], "y": [-5, 5]}


def test_the_six_hump_camel_has_fifteen(client: Reader) -> None:
    found = _get(client, SIX_HUMP_CAMEL, "-3,3,-2,2")
    assert found["complete"]
    assert _kinds(found) == {"local minimum": 6, "saddle point": 7, "local maximum": 2}
    lowest = min(point["value"] for point in found["points"])
    assert lowest == pytest.approx(-1.0316284534898774, abs=1e-12)


def test_the_monkey_saddle_is_judged_by_its_third_order(client: Reader) -> None:
    found = _get(client, "x^3 - 3 x y^2", "-2,2,-2,2")
    (point,) = found["points"]
    assert point["point"] == {"x": 0, "y": 0}
    assert (point["classification"], point["verdict"]) == ("singular", "inconclusive")
    assert (point["higher_order"]["decision"], point["higher_order"]["order"]) == (
        "saddle point",
        3,
    )
    assert not found["complete"]
    assert "singular Hessian" in found["reason"]


def test_no_critical_point_is_an_answer_with_a_proof(client: Reader) -> None:
    found = _get(client, "x + exp(y)", "-3,3,-3,3")
    assert (found["points"], found["complete"]) == ([], True)


def test_a_box_of_constants_and_one_variable(client: Reader) -> None:
    found = _get(client, "cos(t)", "-1, 3pi/2", "t")
    assert found["complete"]
    assert [p["verdict"] for p in found["points"]] == ["local maximum", "local minimum"]


@pytest.mark.parametrize("box", [{"x": [-5, 5], "y": [-4, 4]}, [[-5, 5], [-4, 4]], "-5,5,-4,4"])
def test_post_takes_the_box_in_three_forms(client: Reader, box: Any) -> None:
    question = {"f": "x^2 + y^2", "vars": ["x", "y"], "box": box}
    response = client.post("/api/critical-points", json=question)
    assert response.status_code == 200
    assert response.json() == _get(client, "x^2 + y^2", "-5,5,-4,4")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"f": "x"}, 422, "vars is missing"),
        ({"f": "x", "vars": "x"}, 422, "box is missing"),
        ({"f": "x", "vars": "x", "box": "1"}, 400, "two bounds"),
        ({"f": "x", "vars": "x", "box": "1,2,3,4"}, 400, "two bounds"),
        ({"f": "x", "vars": "x", "box": "2,1"}, 422, "the lower one first"),
        ({"f": "x", "vars": "x", "box": "0,0/0"}, 400, "no real value"),
        ({"f": "x", "vars": "x", "box": "0,1e9"}, 422, "Bounds must lie"),
        ({"f": "[x, x]", "vars": "x", "box": "0,1"}, 400, "one function"),
        ({"f": "x", "vars": "x", "box": "0,1", "at": "0"}, 422, "at"),
    ],
)
def test_mistakes_are_told(client: Reader, fields: dict[str, str], status: int, words: str) -> None:
    response = client.get("/api/critical-points", params=fields)
    assert response.status_code == status, response.text
    assert words in response.json()["detail"]


def test_what_the_clock_has_spoilt_is_asked_again(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = {"f": "x^3 - 3x + cosh(y)", "vars": "x,y", "box": "-2,2,-2,2"}

    def late(*_: object, **__: object) -> None:
        raise compute.Timeout(critical_points.DEADLINE)

    with monkeypatch.context() as busy:
        busy.setattr(critical_points.compute, "run", late)
        refused = client.get("/api/critical-points", params=question)
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert int(refused.headers["retry-after"]) > 0

    with monkeypatch.context() as busy:
        busy.setattr(critical_points, "SEARCH_SECONDS", 0.0)
        hurried = client.get("/api/critical-points", params=question)
    assert hurried.json()["out_of_time"]
    assert not hurried.json()["complete"]
    assert hurried.headers["cache-control"] == "no-store"

    calm = client.get("/api/critical-points", params=question)
    assert calm.json()["complete"]
    assert not calm.json()["out_of_time"]
    assert len(calm.json()["points"]) == 2


def test_the_deadline_is_short() -> None:
    assert critical_points.DEADLINE < 2


def test_a_hard_function_is_answered_in_time_with_the_reason(client: Reader) -> None:
    found = _get(client, "sin(40x y) cos(30x + y^2)", "-9,9,-9,9")
    assert not found["complete"]
    assert found["reason"]
