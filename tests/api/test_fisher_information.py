"""``/api/fisher-information``: the normal distribution, a die, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.fisher_information import FIXTURE, cases
from tests.support.reader import Reader

NORMAL = {
    "log_density": "-log(σ) - (x - μ)^2/(2 σ^2)",
    "vars": "mu, sigma",
    "about": "mu",
    "moments": "[0, sigma^2, 0, 3 sigma^4]",
}
COIN = {"log_density": ["log(t)", "log(1 - t)"], "vars": ["t"]}


def ask(client: Reader, **fields: Any) -> Any:
    return client.get("/api/fisher-information", params=fields)


def post(client: Reader, fields: dict[str, Any]) -> Any:
    return client.post("/api/fisher-information", json=fields)


def test_the_normal_distribution(client: Reader) -> None:
    response = ask(client, **NORMAL)
    assert response.status_code == 200, response.text
    assert response.headers["etag"]
    found = response.json()
    texts = [[entry["text"] for entry in row] for row in found["information"]]
    assert texts == [["1/sigma^2", "0"], ["0", "2/sigma^2"]]
    assert [[entry["text"] for entry in row] for row in found["inverse"]] == [
        ["sigma^2", "0"], ["0", "sigma^2/2"],
    ]  # fmt: skip
    assert "<math" in found["result"]["mathml"]
    assert all("<math" in step["mathml"] and step["explanation"] for step in found["steps"])
    assert found["tape"]["inputs"] == ["mu", "sigma", "data_centre", "data_moment1", "data_moment2"]
    assert found["check"]["samples"] > 10
    assert found["check"]["max_relative_error"] < 1e-9
    again = client.get(str(response.url), headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_lists_and_texts_ask_the_same(client: Reader) -> None:
    listed = NORMAL | {"vars": ["mu", "sigma"], "moments": ["0", "sigma^2", "0", "3 sigma^4"]}
    assert post(client, listed).json() == ask(client, **NORMAL).json()
    coin = ask(client, log_density="[log(t), log(1 - t)]", vars="t").json()
    assert coin == post(client, COIN).json()
    assert len(coin["score"]) == len(coin["hessian"]) == 2
    assert coin["tape"]["inputs"] == ["t", "data_weight1", "data_weight2"]


@pytest.mark.parametrize(
    ("change", "status", "field", "part"),
    [
        ({"log_density": None}, 422, "log_density", "is missing"),
        ({"log_density": "-log(sigma) - (x - m)^2"}, 400, "log_density", "m"),
        ({"log_density": ["-x", 3]}, 422, "log_density", "list of texts"),
        ({"log_density": ["x"] * 900 + ["x" * 1200]}, 413, "log_density", "characters"),
        ({"log_density": "[-x, -x]"}, 400, "moments", "belong to one log-density"),
        ({"log_density": ["-x", "[x, x]"]}, 400, "log_density[1]", "within a list"),
        ({"log_density": ["-x", "x +"]}, 400, "log_density[1]", "Expected"),
        ({"vars": None}, 422, "vars", "is missing"),
        ({"vars": "mu, x"}, 400, "vars", "x is the outcome"),
        ({"vars": "mu, data_centre"}, 400, "vars", "data_centre is of the data"),
        ({"vars": "a,b,c,d,e"}, 413, "vars", "At most 4"),
        ({"about": "[mu, sigma]"}, 400, "about", "one expression"),
        ({"about": "x"}, 400, "about", "x"),
        ({"moments": None}, 400, "moments", "A density of x needs its moments"),
        ({"moments": ["0", "sigma^2"]}, 400, None, "is needed"),
        ({"moments": ["0", "sigma^2", "0", "sigma^4"]}, 400, None, "not the moments"),
        ({"moments": ["0", "x^2", "0", "3"]}, 400, "moments[1]", "x"),
        ({"spread": 1}, 422, None, "does not know"),
    ],
)
def test_refusals(
    client: Reader, change: dict[str, Any], status: int, field: str | None, part: str
) -> None:
    fields = {name: value for name, value in {**NORMAL, **change}.items() if value is not None}
    response = post(client, fields)
    assert response.status_code == status, response.text
    assert part in response.json()["detail"]
    assert response.json().get("field") == field
    assert response.json()["hint"]


def test_a_list_of_outcomes_has_bounds(client: Reader) -> None:
    one = post(client, {"log_density": "log(t)", "vars": "t"})
    assert (one.status_code, one.json()["field"]) == (400, "moments")
    seven = post(client, {"log_density": ["log(t)"] * 7, "vars": "t"})
    assert (seven.status_code, seven.json()["field"]) == (413, "log_density")
    outcome = post(client, {"log_density": ["x*log(t)", "log(1 - t)"], "vars": "t"})
    assert (outcome.status_code, outcome.json()["field"]) == (400, "log_density")
    assert "have no x" in outcome.json()["detail"]
    about = post(client, COIN | {"about": "t"})
    assert (about.status_code, about.json()["field"]) == (400, "about")


def test_the_programs_that_the_browser_is_held_to_are_still_given() -> None:
    kept = json.loads(FIXTURE.read_text(encoding="utf-8"))["cases"]
    for found, expected in zip(cases(), kept, strict=True):
        assert found["question"] == expected["question"]
        assert found["tape"]["inputs"] == expected["tape"]["inputs"]
        for here, there in zip(found["values"], expected["values"], strict=True):
            assert here["loss"] == pytest.approx(there["loss"], rel=1e-12)
            assert here["gradient"] == pytest.approx(there["gradient"], rel=1e-12)
            for row, wanted in zip(here["information"], there["information"], strict=True):
                assert row == pytest.approx(wanted, rel=1e-12, abs=1e-15)
