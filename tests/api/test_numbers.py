"""``/api/derivative/numbers``: what the widget of interactive rules stands on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.calculus import Tape, evaluate
from tests.support.reader import Reader

ADDRESS = "/api/derivative/numbers"


def _get(client: Reader, **fields: str) -> Any:
    response = client.get(ADDRESS, params=fields)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_program_computes_the_derivative_in_both_layouts(client: Reader) -> None:
    found = _get(client, expr="norm2(A*x - b)^2", wrt="x", given="b: m")
    values = {symbol["name"]: np.array(symbol["values"]) for symbol in found["symbols"]}
    a, x, b = values["A"], values["x"], values["b"]
    point = [entry for symbol in found["symbols"] for row in symbol["values"] for entry in row]
    results = evaluate(Tape.from_json(found["tape"]), point)
    gradient = 2 * a.T @ (a @ x - b)
    assert results["denominator"] == pytest.approx(gradient)
    assert results["numerator"] == pytest.approx(gradient.T)
    assert results["entries"] == pytest.approx(gradient.T)
    assert results["value"] == pytest.approx(np.sum((a @ x - b) ** 2))


def test_it_names_what_it_found(client: Reader) -> None:
    found = _get(client, expr="A*x")
    assert found["wrt"] == "x"
    assert found["numerator"]["text"] == "A"
    assert found["denominator"]["mathml"].startswith("<math")
    assert found["sizes"] == {"m": 3, "n": 2}
    assert found["tape"]["inputs"][:4] == ["A[1,1]", "A[1,2]", "A[2,1]", "A[2,2]"]
    assert "delta" not in found["entries"]["tex"]
    assert found["check"]["max_relative_error"] < 1e-6


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"expr": "w'*("}, "syntax"),
        ({"expr": "w'*A", "given": "w: 3; A: 4,4"}, "shape"),
        ({"expr": "kron(A, X)", "given": "A: 9,9; X: 9,9"}, "too-large"),
        ({"expr": "w'*x", "wrt": "w,x"}, "arity"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(
    client: Reader, fields: dict[str, str], code: str
) -> None:
    response = client.get(ADDRESS, params=fields)
    assert response.status_code in {400, 413}
    assert response.json()["code"] == code
