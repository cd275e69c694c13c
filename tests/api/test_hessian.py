"""``/api/hessian``: formulas, tape, and the second-derivative test at a point."""

from __future__ import annotations

from typing import Any

import pytest

from app import compute
from app.api import hessian
from app.calculus import Tape, evaluate
from tests.support.reader import Reader


def _get(client: Reader, **fields: str) -> Any:
    response = client.get("/api/hessian", params=fields)
    assert response.status_code == 200, response.text
    return response.json()


def test_answers_with_formulas_and_a_tape(client: Reader) -> None:
    found = _get(client, f="x^2 y + y^2", vars="x,y")
    assert found["f"]["text"] == "x^2*y + y^2"
    assert [entry["text"] for entry in found["gradient"]] == ["2*x*y", "x^2 + 2*y"]
    assert [[e["text"] for e in row] for row in found["hessian"]] == [["2*y", "2*x"], ["2*x", "2"]]
    outputs = evaluate(Tape.from_json(found["tape"]), (1.0, 2.0))
    assert outputs["value"] == 6
    assert outputs["gradient"].tolist() == [4, 5]
    assert outputs["hessian"].tolist() == [[4, 2], [2, 2]]


def test_with_a_point_the_test_is_made(client: Reader) -> None:
    found = _get(client, f="x^2 - y^2", vars="x,y", at="0,0")
    at = found["at"]
    assert at["gradient"] == [0, 0]
    assert at["hessian"] == [[2, 0], [0, -2]]
    assert at["eigenvalues"] == [-2, 2]
    assert len(at["eigenvectors"]) == 2
    assert at["classification"] == "indefinite"
    assert at["verdict"] == "saddle point"
    assert at["higher_order"] is None
    assert found["classification"] == "indefinite"
    assert found["verdict"] == "saddle point"
    assert found["hessian"][0][0]["text"] == "2"


def test_where_the_test_is_inconclusive_higher_terms_speak(client: Reader) -> None:
    at = _get(client, f="x^4 + y^4", vars="x,y", at="0,0")["at"]
    assert (at["classification"], at["verdict"]) == ("singular", "inconclusive")
    assert at["higher_order"]["decision"] == "local minimum"
    assert at["higher_order"]["order"] == 4
    assert at["higher_order"]["explanation"]


def test_at_a_kink_there_is_no_verdict_but_a_reason(client: Reader) -> None:
    at = _get(client, f="abs(x)", vars="x", at="0")["at"]
    assert (at["classification"], at["verdict"], at["higher_order"]) == (None, None, None)
    assert at["reason"] == "abs is not differentiable where its argument is 0."


def test_where_nothing_is_defined_there_is_a_reason(client: Reader) -> None:
    at = _get(client, f="log(x) + y", vars="x,y", at="-1,0")["at"]
    assert (at["value"], at["classification"], at["verdict"]) == (None, None, None)
    assert "no finite value" in at["reason"]


def test_what_there_is_no_time_for_is_said_to_be_undecided(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object, **__: object) -> None:
        raise compute.Timeout(2.0)

    monkeypatch.setattr(hessian.compute, "run", late)
    at = _get(client, f="x^4 + y^4", vars="x,y", at="0,0")["at"]
    assert at["verdict"] == "inconclusive"
    assert at["higher_order"]["decision"] == "undecided"
    assert "no time" in at["higher_order"]["explanation"]


def test_post_takes_an_object(client: Reader) -> None:
    question = {"f": "x^2*y", "vars": ["x", "y"], "at": {"x": 1, "y": 2}}
    response = client.post("/api/hessian", json=question)
    assert response.status_code == 200
    assert response.json() == _get(client, f="x^2*y", vars="x,y", at="1,2")
    assert response.json()["at"]["verdict"] == "not a critical point"


@pytest.mark.parametrize("f", ["[x, y]", "(x, y)"])
def test_a_map_has_no_hessian_here(client: Reader, f: str) -> None:
    response = client.get("/api/hessian", params={"f": f, "vars": "x,y"})
    assert response.status_code == 400
    assert response.json()["code"] == "shape"
    assert response.json()["span"] == [f.index("y"), f.index("y") + 1]
