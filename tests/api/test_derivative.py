"""``/api/derivative`` and its neighbours, as the calculator and instructors use them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.reader import Reader

LEAST_SQUARES = {"expr": "norm2(A*x-b)^2", "wrt": "x", "given": "A: m,n; x: n; b: m"}


def _get(client: Reader, address: str, **fields: str) -> Any:
    response = client.get(f"/api/{address}", params=fields)
    assert response.status_code == 200, response.text
    return response.json()


def test_answers_in_the_layout_asked_for(client: Reader) -> None:
    row = _get(client, "derivative", **LEAST_SQUARES)
    assert row["result"]["text"] == "2*(A*x - b)'*A"
    assert row["result"]["shape"] == [1, "n"]
    assert row["value_shape"] == []
    column = _get(client, "derivative", **LEAST_SQUARES, layout="denominator")
    assert column["result"]["text"] == "2*A'*(A*x - b)"
    assert column["result"]["shape"] == ["n", 1]
    assert column["result"]["mathml"].startswith("<math")


def test_factors_carry_their_shapes_but_the_tex_stays_plain(client: Reader) -> None:
    result = _get(client, "derivative", **LEAST_SQUARES)["result"]
    assert 'data-shape="m×n"' in result["mathml"]
    assert r"\data" not in result["tex"]


def test_steps_name_their_rules_and_end_in_the_result(client: Reader) -> None:
    steps = _get(client, "derivative", **LEAST_SQUARES)["steps"]
    assert steps[0]["applied"][0]["name"] == "squared norm"
    assert steps[-1]["rule"] == "identification" or steps[-1]["text"] == "2*(A*x - b)'*A*dx"
    for step in steps:
        assert step["explanation"]
        assert step["mathml"].startswith("<math")
        assert "dx" in step["text"]


def test_steps_show_what_is_still_to_be_differentiated(client: Reader) -> None:
    first, second, *_ = _get(client, "derivative", **LEAST_SQUARES)["steps"]
    assert first["tex"].endswith(r"\mathrm{d}(A \mathbf{x} - \mathbf{b})")
    assert second["tex"].endswith(r"\mathrm{d}(A \mathbf{x})")
    assert first["text"] == "2*(A*x - b)'*A*dx"


def test_the_source_computes_the_array(client: Reader) -> None:
    found = _get(client, "derivative", **LEAST_SQUARES)
    namespace: dict[str, Any] = {}
    exec(found["numpy"], namespace)  # noqa: S102 - our own source, not a reader's
    rng = np.random.default_rng(1)
    A, x, b = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=3)
    gradient = namespace["derivative"](A=A, x=x, b=b)
    assert gradient == pytest.approx(2 * A.T @ (A @ x - b))
    assert "gradient by x: 2*A'*(A*x - b)" in found["torch"]
    assert "jnp.linalg.norm" in found["jax"]


def test_says_how_it_was_checked(client: Reader) -> None:
    check = _get(client, "derivative", **LEAST_SQUARES)["check"]
    assert check["samples"] == 3
    assert check["max_relative_error"] < 1e-6
    assert all(len(set(sizes.values())) == len(sizes) for sizes in check["sizes"])


def test_declares_what_was_not_declared_and_says_so(client: Reader) -> None:
    found = _get(client, "derivative", expr="norm2(A*x-b)^2", wrt="x")
    assert found["given"] == "A: m,n; x: n; b: m"
    assert any("b was read as a column" in note for note in found["notes"])


def test_a_variable_is_chosen_when_none_is_named(client: Reader) -> None:
    assert _get(client, "derivative", expr="y'*A*x")["wrt"] == ["x"]


def test_a_post_takes_lists_and_booleans(client: Reader) -> None:
    body = {"expr": "x'*A*x", "wrt": ["x", "x"], "simplify": True}
    response = client.post("/api/derivative", json=body)
    assert response.status_code == 200
    assert response.json()["result"]["text"] == "A + A'"
    assert response.json()["result"]["form"] == "Hessian"


def test_a_matrix_by_a_matrix_is_told_in_three_ways(client: Reader) -> None:
    views = _get(client, "derivative", expr="A*X*B", wrt="X")["three_ways"]
    assert views["action"]["text"] == "A*dX*B"
    assert views["matrix"]["text"] == "kron(B', A)"
    assert "A_{ik} B_{lj}" in views["entries"]["tex"]


@pytest.mark.parametrize(
    ("fields", "status", "code", "field"),
    [
        ({"expr": "x*y", "wrt": "x"}, 400, "shape", None),
        ({"expr": "foo(x)", "wrt": "x"}, 400, "unknown-function", None),
        ({"expr": "x'*", "wrt": "x"}, 400, "syntax", None),
        ({"expr": "sum(vector(1))", "wrt": "x"}, 400, "size-undetermined", None),
        ({"expr": "x", "given": "x: n tall"}, 400, "syntax", "given"),
        ({"expr": "x", "wrt": "x,y,z"}, 422, "malformed", "wrt"),
        ({"expr": "x", "layout": "sideways"}, 422, "malformed", "layout"),
        ({"wrt": "x"}, 422, "malformed", "expr"),
    ],
)
def test_refuses_with_a_designed_problem(
    client: Reader, fields: dict[str, str], status: int, code: str, field: str | None
) -> None:
    response = client.get("/api/derivative", params=fields)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    assert problem["detail"].endswith(".")
    if field is not None:
        assert problem["field"] == field


def test_the_preview_shows_shapes(client: Reader) -> None:
    found = _get(client, "reading", expr="A*x")
    assert found["value_shape"] == ["m"]
    assert [each["given"] for each in found["declarations"]] == ["A: m,n", "x: n"]


def test_equivalence_says_how_it_was_decided(client: Reader) -> None:
    found = _get(client, "equivalence", left="(A+A')*x", right="2*A*x", given="A: n,n symmetric")
    assert (found["agree"], found["decided_by"]) == (True, "normal form")
    assert not _get(client, "equivalence", left="A*B", right="B*A", given="A: n,n")["agree"]


def test_working_names_the_first_wrong_line(client: Reader) -> None:
    body = {**LEAST_SQUARES, "lines": ["df = 2*(A*x-b)'*A*dx", "(A*x-b)'*A*dx", "= 3"]}
    found = client.post("/api/check-working", json=body).json()
    assert (found["correct"], found["first_wrong"]) == (False, 1)
    assert "1/2 times the differential" in found["lines"][1]["problem"]["hint"]
