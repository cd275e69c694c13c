"""``/api/jacobian`` as instructors embed it and widgets use it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app import compute
from app.api import derivatives
from app.calculus import Tape, evaluate
from tests.support.reader import Reader

SQUARE = {"f": "[x^2 - y^2, 2 x y]", "vars": "x,y"}


def _get(client: Reader, **fields: str) -> Any:
    response = client.get("/api/jacobian", params=fields)
    assert response.status_code == 200, response.text
    return response.json()


def _texts(matrix: list[list[dict[str, str]]]) -> list[list[str]]:
    return [[entry["text"] for entry in row] for row in matrix]


def test_answers_with_formulas_and_a_tape(client: Reader) -> None:
    found = _get(client, **SQUARE)
    assert [entry["text"] for entry in found["f"]] == ["x^2 - y^2", "2*x*y"]
    assert _texts(found["jacobian"]) == [["2*x", "-2*y"], ["2*y", "2*x"]]
    assert found["note"] is None
    assert found["notes"] == []
    for entry in (*found["f"], *found["jacobian"][0]):
        assert entry["mathml"].startswith("<math")
        assert entry["tex"]
    tape = Tape.from_json(found["tape"])
    outputs = evaluate(tape, (1.0, 1.0))
    assert outputs["jacobian"].tolist() == [[2, -2], [2, 2]]
    assert "at" not in found


def test_with_a_point_it_has_numbers(client: Reader) -> None:
    found = _get(client, **SQUARE, at="1,1")["at"]
    assert found["point"] == {"x": 1, "y": 1}
    assert found["value"] == [0, 2]
    assert found["jacobian"] == [[2, -2], [2, 2]]
    assert found["determinant"] == 8
    assert found["singular_values"] == pytest.approx([8**0.5, 8**0.5])
    assert found["rank"] == 2
    assert found["rank_tolerance"] == 1e-10


def test_numbers_with_names_of_their_own_stand_beside_the_formulas(client: Reader) -> None:
    found = _get(client, **SQUARE, at="1,1")
    for name in ("value", "determinant", "singular_values", "rank"):
        assert found[name] == found["at"][name]


@pytest.mark.parametrize(
    "fields",
    [
        {"f": "[x^2 - y^2, 2xy]", "vars": ["x", "y"], "at": {"x": 1, "y": 1}},
        {"f": ["x^2 - y^2", "2 x y"], "vars": "x y", "at": [1, 1]},
        {"f": "(x²−y², 2·x·y)", "vars": "x, y", "at": "1.0, 2/2"},
    ],
)
def test_post_takes_lists_and_objects(client: Reader, fields: dict[str, Any]) -> None:
    found = client.post("/api/jacobian", json=fields)
    assert found.status_code == 200, found.text
    assert found.json() == _get(client, **SQUARE, at="1,1")


def test_a_point_may_be_written_with_constants(client: Reader) -> None:
    found = _get(client, f="[r cos θ, r sin θ]", vars="r,θ", at="2,pi/2")
    assert found["vars"] == ["r", "theta"]
    assert found["at"]["value"] == pytest.approx([0, 2])
    assert found["at"]["determinant"] == pytest.approx(2)


def test_a_scalar_function_is_a_map_with_one_entry(client: Reader) -> None:
    found = _get(client, f="x^2 y", vars="x,y", at="3,2")
    assert _texts(found["jacobian"]) == [["2*x*y", "x^2"]]
    assert found["at"]["jacobian"] == [[12, 9]]
    assert found["at"]["determinant"] is None


def test_numbers_that_are_not_finite_are_null(client: Reader) -> None:
    found = _get(client, f="[log x, 1/y]", vars="x,y", at="-1,0")
    assert found["at"]["value"] == [None, None]
    assert found["at"]["jacobian"][0] == [None, None]
    assert found["at"]["determinant"] is None
    assert found["at"]["singular_values"] is None
    assert found["at"]["rank"] is None


def test_says_where_the_text_could_be_meant_otherwise(client: Reader) -> None:
    (note,) = _get(client, f="1/2x", vars="x")["notes"]
    assert note["code"] == "division-order"
    assert note["span"] == [0, 4]
    assert note["message"]
    assert note["hint"]


def test_get_is_cacheable_and_not_sent_twice(client: Reader) -> None:
    first = client.get("/api/jacobian", params=SQUARE)
    assert "max-age" in first.headers["cache-control"]
    again = client.get(
        "/api/jacobian", params=SQUARE, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(
        "/api/jacobian", params={**SQUARE, "at": "1,2"}, headers={"If-None-Match": '"0"'}
    )
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


def test_head_has_the_headers_alone(client: Reader) -> None:
    whole = client.get("/api/jacobian", params=SQUARE)
    head = client.head("/api/jacobian", params=SQUARE)
    assert head.status_code == 200
    assert head.headers["etag"] == whole.headers["etag"]
    assert client.head("/api/docs").status_code == 200


@pytest.mark.parametrize("failure", [compute.Timeout(2.0), compute.Busy(), compute.JobFailed("x")])
def test_without_a_readable_form_the_tape_is_there_and_the_reason(
    client: Reader, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise failure

    monkeypatch.setattr(compute, "run", fail)
    monkeypatch.setattr(derivatives, "_CACHE", compute.ResultCache())
    found = _get(client, f="x^3 + 1", vars="x", at="2")
    assert found["jacobian"] is None
    assert found["note"] in {derivatives.LATE, derivatives.BUSY, derivatives.DEFECT}
    assert found["at"]["jacobian"] == [[12]]
    assert found["tape"]["operations"]


def test_a_question_is_derived_once_however_it_is_spelt(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[str] = []
    run = compute.run

    def counted(job: str, *arguments: Any, **options: Any) -> Any:
        jobs.append(job)
        return run(job, *arguments, **options)

    monkeypatch.setattr(compute, "run", counted)
    for text in ("x^5 y + 17", "x**5*y+17", "x⁵·y + 17"):
        _get(client, f=text, vars="x,y")
    assert len(jobs) == 1


@pytest.mark.parametrize(
    ("fields", "status", "code", "span"),
    [
        ({"f": "x + sqr(y)", "vars": "x,y"}, 400, "unknown-function", [4, 7]),
        ({"f": "x + z", "vars": "x,y"}, 400, "unknown-name", [4, 5]),
        ({"f": "x +", "vars": "x,y"}, 400, "syntax", [3, 3]),
        ({"f": "sin(x, y)", "vars": "x,y"}, 400, "arity", [0, 9]),
        ({"f": "[x, y]/2", "vars": "x,y"}, 400, "shape", [0, 6]),
        ({"f": "1/0", "vars": "x"}, 400, "not-differentiable", [0, 3]),
        ({"f": "x^(10^9)", "vars": "x"}, 413, "too-large", [3, 7]),
        ({"f": "x+" * 1500 + "x", "vars": "x"}, 413, "too-large", [2000, 2001]),
        ({"f": "x", "vars": "a,b,c,d,g,h,x"}, 413, "too-large", None),
        ({"f": "x", "vars": "x,x"}, 400, "syntax", None),
        ({"f": "x", "vars": "2x"}, 400, "syntax", None),
        ({"f": "x", "vars": "x", "at": "1,2"}, 400, "shape", None),
        ({"f": "x", "vars": "x", "at": "q"}, 400, "unknown-name", [0, 1]),
        ({"f": "x", "vars": "x", "at": "1e301"}, 413, "too-large", [0, 5]),
        ({"vars": "x"}, 422, "malformed", None),
        ({"f": "x"}, 422, "malformed", None),
        ({"f": "x", "vars": ""}, 422, "malformed", None),
        ({"f": "x", "vars": "x", "att": "1"}, 422, "malformed", None),
    ],
)
def test_what_is_wrong_is_said_as_problem_details(
    client: Reader, fields: dict[str, str], status: int, code: str, span: list[int] | None
) -> None:
    response = client.get("/api/jacobian", params=fields)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["span"] == span
    assert " " in problem["detail"]
    assert problem["hint"]


def test_an_error_in_a_list_says_which_entry(client: Reader) -> None:
    response = client.post("/api/jacobian", json={"f": ["x", "y + foo(x)"], "vars": ["x", "y"]})
    problem = response.json()
    assert (problem["field"], problem["span"]) == ("f[1]", [4, 7])


def test_a_lone_surrogate_does_not_break_the_answer(client: Reader) -> None:
    body = json.dumps({"f": "x + \ud800", "vars": ["x"]})
    response = client.post(
        "/api/jacobian", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert response.json()["detail"] == "The body is not valid UTF-8 text."
