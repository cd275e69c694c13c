"""``/api/regression``: the shipped data, a reader's own table, and tables that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.reader import Reader


def post(client: Reader, **fields: Any) -> Any:
    return client.post("/api/regression", json=fields)


def test_the_shipped_dataset(client: Reader) -> None:
    answer = post(client, dataset="bulbs")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert found["target"] == {"name": "lifespan", "unit": "h"}
    assert [column["name"] for column in found["columns"]] == [
        "intercept",
        "voltage",
        "temperature",
        "thickness",
    ]
    equations = found["normal_equations"]
    solved = np.linalg.solve(equations["matrix"], equations["right_hand_side"])
    assert solved == pytest.approx(found["weights"], rel=1e-6)
    assert 0.9 < found["r_squared"] < 0.95
    assert len(found["residuals"]) == 240
    assert {each["method"] for each in found["solutions"]} == {"normal equations", "QR", "SVD"}


def test_standardizing_speeds_descent_and_keeps_the_units(client: Reader) -> None:
    plain = post(client, dataset="bulbs").json()
    scaled = post(client, dataset="bulbs", standardize=True).json()
    assert scaled["descent"]["ended"] == "converged"
    assert plain["descent"]["ended"] == "steps used up"
    assert scaled["weights_in_units"] == pytest.approx(plain["weights"], rel=1e-6)
    ratio = plain["condition_numbers"]["X"] / scaled["condition_numbers"]["X"]
    assert ratio > 1000


def test_an_own_table_with_decimal_commas(client: Reader) -> None:
    found = post(client, csv="x;y\n1;2,1\n2;3,9\n3;6,1\n4;8,0\n").json()
    assert found["weights"] == pytest.approx([0.0, 2.01], abs=0.06)


def test_dependent_columns_are_told(client: Reader) -> None:
    found = post(client, csv="a,b,y\n1,2,1\n2,4,3\n3,6,5\n4,8,8\n").json()
    assert "“b” is a linear combination of “a”." in found["notes"]
    methods = {each["method"]: each for each in found["solutions"]}
    assert methods["QR"]["weights"] is None
    assert "dependent" in methods["QR"]["reason"]
    assert methods["SVD"]["weights"] == found["weights"]


def test_each_method_tells_its_correct_digits(client: Reader) -> None:
    found = post(client, dataset="bulbs", near_copy="temperature", deviation=1e-4).json()
    digits = {each["method"]: each["correct_digits"] for each in found["solutions"]}
    assert digits["QR"] > digits["normal equations"] + 3
    assert found["columns"][-1] == {"name": "temperature in °F", "unit": "°F"}
    steps = found["near_copy"]["steps"]
    assert [step["deviation"] for step in steps] == pytest.approx([10.0**-k for k in range(9)])
    conditions = [step["condition_numbers"]["X"] for step in steps]
    assert conditions == sorted(conditions)
    assert steps[4]["weights"] == pytest.approx(found["weights"])


def test_the_ridge_path_shrinks_and_conditions(client: Reader) -> None:
    path = post(client, dataset="bulbs", standardize=True).json()["ridge_path"]
    assert path["strengths"][0] == 0
    assert path["losses"] == sorted(path["losses"])
    assert path["condition_numbers"][0] > path["condition_numbers"][12]
    slopes = [np.linalg.norm(weights[1:]) for weights in path["weights"]]
    assert slopes == sorted(slopes, reverse=True)


def test_points_are_capped_and_spread_over_the_table(client: Reader) -> None:
    rows = "\n".join(f"{i},{2 * i}" for i in range(5000))
    points = post(client, csv=f"x (m),y [s]\n{rows}").json()["points"]
    assert len(points["rows"]) == 400
    assert (points["rows"][0], points["rows"][-1]) == (0, 4999)
    assert points["features"][-1] == [4999]
    assert points["target"][-1] == 9998


def test_units_in_brackets_are_read(client: Reader) -> None:
    found = post(client, csv="x (m),y [s]\n1,2\n2,3\n3,5\n").json()
    assert found["columns"][1] == {"name": "x (m)", "unit": "m"}
    assert found["target"] == {"name": "y [s]", "unit": "s"}


def test_fewer_rows_than_weights_give_the_least_norm(client: Reader) -> None:
    found = post(client, csv="a,b,c,y\n1,2,4,1\n2,9,3,3\n").json()
    X = np.array([[1, 1, 2, 4], [1, 2, 9, 3.0]])
    assert found["weights"] == pytest.approx(np.linalg.pinv(X) @ [1, 3])
    reasons = {each["method"]: each["reason"] for each in found["solutions"]}
    assert (
        "rounding error" in reasons["normal equations"] or "Cholesky" in reasons["normal equations"]
    )
    assert reasons["SVD"] is None


HOSTILE = json.loads(
    (Path(__file__).parent.parent / "regression" / "hostile_tables.json").read_text("utf-8")
)["tables"]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: str(case["id"]))
def test_hostile_tables(client: Reader, case: dict[str, Any]) -> None:
    """Refused in words or fitted; never a failure, and no cell is run or repeated at length."""
    given = case["input"]
    text = (
        "".join(part * times for part, times in given["rep"]) if isinstance(given, dict) else given
    )
    answer = post(client, csv=text)
    if case["expect"] == "answer":
        assert answer.status_code == 200
    elif case["expect"] == "refuse":
        assert 400 <= answer.status_code < 500
    else:
        assert 200 <= answer.status_code < 500
    if answer.status_code >= 400:
        assert len(answer.json()["detail"].split()) >= 3
        assert len(answer.content) < 2000


@pytest.mark.parametrize(
    ("fields", "status", "part"),
    [
        ({}, 422, "either a dataset or a csv"),
        ({"dataset": "bulbs", "csv": "x,y\n1,2\n"}, 422, "either a dataset or a csv"),
        ({"dataset": "lamps"}, 400, "no dataset “lamps”"),
        ({"dataset": "../../etc/passwd"}, 400, "no dataset"),
        ({"csv": "x,y\n1,two\n3,4\n"}, 400, "Column “y”, line 2"),
        ({"csv": "x\n" + "1\n" * 20_001}, 413, "20,000 rows"),
        ({"csv": "x,y\n1,2\n", "target": "z"}, 400, "no column “z”"),
        ({"csv": "x,y\n1,2\n", "ridge": True}, 422, "ridge must be a number"),
        ({"csv": "x,y\n1,2\n", "ridge": -1}, 400, "ridge strength"),
        ({"csv": "x,y\n1,2\n", "features": "x"}, 422, "list of names"),
        ({"csv": "x,y\n1,1e300\n2,1\n"}, 413, "too large to be squared"),
        ({"dataset": "bulbs", "near_copy": "tempreature"}, 400, "no column “tempreature”"),
        ({"dataset": "bulbs", "near_copy": "voltage", "deviation": -1}, 400, "deviation"),
        ({"csv": "x,y\n" + "1,2\n" * 20_000 + "", "near_copy": "x"}, 413, "50,000 numbers"),
    ],
)
def test_refusals(client: Reader, fields: dict[str, Any], status: int, part: str) -> None:
    answer = post(client, **fields)
    assert answer.status_code == status
    assert part in answer.json()["detail"]


def test_two_megabytes_are_read_in_good_time(client: Reader) -> None:
    rows = "\n".join(f"{i % 97}.{i % 10},{i % 89},{(7 * i) % 83},{i % 71}" for i in range(19_000))
    found = post(client, csv=f"a,b,c,y\n{rows}").json()
    assert len(found["residuals"]) == 19_000
