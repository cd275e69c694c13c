"""``/api/regression``: the shipped data, a reader's own table, and tables that are refused."""

from __future__ import annotations

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
