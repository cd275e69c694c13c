"""The table of budgets is what is enforced; beyond it an input is refused at once."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.expressions import ExpressionError, limits, parse
from tests.support.reader import Reader

HOSTILE = {
    "a tower of powers": "9**9**9**9",
    "a huge exponent of ten": "1e999999999",
    "a tower of exponentials": "exp(exp(exp(10)))",
    "ten thousand parentheses": "(" * 10_000 + "x" + ")" * 10_000,
    "a hundred kilobytes of a sum": "+".join(["x"] * 50_000),
    "ten thousand signs": "-" * 10_000 + "x",
    "a number of a hundred thousand digits": "9" * 100_000,
    "a tower of variables": "x^x^x^x^x^(10^10)",
    "a product that grows": "*".join(["(x+1)"] * 10_000),
    "factorials of towers": "2^2^2^2^2^2^2",
}


@pytest.mark.parametrize("mode", ["scalar", "matrix"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_expressions_are_refused_by_the_parser(text: str, mode: Any) -> None:
    if mode == "matrix" and text.startswith(("exp(exp", "2^2")):
        pytest.skip("a number that overflows is Inf in a matrix expression, and costs nothing")
    with pytest.raises(ExpressionError) as caught:
        parse(text, variables="x" if mode == "scalar" else None, mode=mode)
    assert caught.value.problem.message.endswith(".")
    best = min(_seconds(text, mode) for _ in range(3))
    assert best < 0.1, "ten times the budget that tests/benchmarks/test_refusals.py measures"


def _seconds(text: str, mode: Any) -> float:
    started = time.perf_counter()
    with pytest.raises(ExpressionError):
        parse(text, variables="x" if mode == "scalar" else None, mode=mode)
    return time.perf_counter() - started


def test_the_table_names_what_is_enforced(client: Reader) -> None:
    found = client.get("/api/limits")
    assert found.headers["etag"]
    table = {each["subject"]: each["limit"] for each in found.json()["expression"]}
    assert table["length"] == limits.CHARACTERS
    within = "x" + " " * (limits.CHARACTERS - 1)
    question = {"f": within, "vars": "x"}
    assert client.post("/api/jacobian", json=question).status_code == 200
    refused = client.post("/api/jacobian", json={**question, "f": within + " "})
    assert refused.status_code == 413


def test_people_find_the_table_too(client: Reader) -> None:
    page = client.get("/api/docs").text
    assert '<h2 id="limits">' in page
    assert "2,000,000" in page


ADDRESSES = {
    "/api/openapi.json": {},
    "/api/docs": {},
    "/api/limits": {},
    "/api/jacobian": {"f": "x y", "vars": "x,y"},
    "/api/hessian": {"f": "x y", "vars": "x,y"},
    "/api/critical-points": {"f": "x^2", "vars": "x", "box": "-1,1"},
    "/api/derivative": {"expr": "x'*x", "wrt": "x"},
    "/api/derivative/numbers": {"expr": "x'*x", "wrt": "x"},
    "/api/reading": {"expr": "A*x"},
    "/api/equivalence": {"left": "x", "right": "x"},
    "/api/fisher-information": {
        "log_density": "-log(s) - x^2/(2 s^2)",
        "vars": "s",
        "moments": "[0, s^2, 0, 3 s^4]",
    },
    "/api/check-working": {"lines": "2*x'*dx", "expr": "x'*x", "wrt": "x"},
}


def test_every_get_of_the_api_has_an_etag_and_answers_304(client: Reader) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    known = {path for path, item in paths.items() if "get" in item}
    assert known <= set(ADDRESSES), "an address is missing from this list"
    for path, query in ADDRESSES.items():
        first = client.get(path, params=query)
        assert first.status_code == 200, (path, first.text)
        assert "max-age" in first.headers["cache-control"], path
        again = client.get(path, params=query, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
