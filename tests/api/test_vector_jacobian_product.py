"""``/api/vector-jacobian-product``: verdicts, named mistakes, sources, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.reader import Reader

AFFINE = {"forward": "X*W + ones(n)*b'", "given": "X: n,k; W: k,m; b: m"}


def post(client: Reader, **fields: Any) -> Any:
    return client.post("/api/vector-jacobian-product", json=fields)


def test_a_layer_is_checked_input_by_input(client: Reader) -> None:
    backward = {"X": "G*W'", "W": "X*G", "b": "G"}
    found = post(client, **AFFINE, backward=backward).json()
    assert [each["verdict"] for each in found["checks"]] == ["right", "unread", "wrong"]
    right, unread, wrong = found["checks"]
    assert right["symbolic"] == {
        "agree": True,
        "decided_by": "normal form",
        "explanation": "Multiplied out, both are the same expression.",
        "error": None,
    }
    assert right["numeric"]["best_error"] < 1e-12
    assert len(right["numeric"]["errors"]) == len(found["steps"]) == 27
    assert unread["problem"]["field"] == "backward.W"
    assert unread["problem"]["span"] == [0, 3]
    assert unread["mistake"]["kind"] == "transposed"
    assert wrong["shape"] == {
        "expected": ["m"],
        "expected_words": "a column of length m",
        "found": ["n", "m"],
        "found_words": "an n×m matrix",
        "agree": False,
    }
    assert wrong["mistake"]["kind"] == "sum over the batch"
    assert wrong["pullback"]["text"] == "G'*ones(n)"
    assert wrong["pullback"]["mathml"].startswith("<math")
    assert (found["correct"], found["torch"], found["jax"]) == (False, None, None)
    assert found["cotangent"]["name"] == "G"
    assert found["cotangent"]["shape"] == ["n", "m"]


def test_a_layer_that_is_right_comes_as_source(client: Reader) -> None:
    backward = {"X": "U*W'", "W": "X'*U", "b": "U'*ones(n)"}
    found = post(client, **AFFINE, cotangent="U", backward=backward).json()
    assert found["correct"]
    assert "class Layer(torch.autograd.Function):" in found["torch"]
    assert "@jax.custom_vjp" in found["jax"]


@pytest.mark.parametrize(
    ("fields", "status", "field", "span"),
    [
        ({"forward": "X*Q + sinn(X)", "backward": {}}, 400, "forward", [6, 10]),
        ({"forward": "X*W", "given": "X: n,!", "backward": {}}, 400, "given", [5, 6]),
        ({**AFFINE, "cotangent": "X", "backward": {}}, 400, "cotangent", None),
        ({**AFFINE, "backward": {"Z": "G"}}, 400, "backward.Z", None),
        ({**AFFINE, "backward": "G*W'"}, 422, "backward", None),
        ({**AFFINE, "backward": {"X": 3}}, 422, "backward", None),
        ({"backward": {}}, 422, "forward", None),
        ({**AFFINE, "backward": {f"X{i}": "" for i in range(7)}}, 413, "backward", None),
        ({"forward": "x'", "given": "x: n", "backward": {"x": "g"}}, 400, "forward", None),
    ],
)
def test_a_refusal_tells_forward_from_backward(
    client: Reader, fields: dict[str, Any], status: int, field: str, span: Any
) -> None:
    refused = post(client, **fields)
    assert refused.status_code == status, refused.text
    problem = refused.json()
    assert problem["field"] == field
    assert problem["detail"].endswith(".")
    assert problem["hint"]
    if span is not None:
        assert problem["span"] == span


def test_an_unknown_field_is_refused(client: Reader) -> None:
    refused = post(client, **AFFINE, backwards={})
    assert refused.status_code == 422
    assert "backward" in refused.json()["hint"]


def test_a_backward_pass_is_never_run_as_python(client: Reader) -> None:
    text = "__import__('os').system('true')"
    found = post(client, **AFFINE, backward={"X": text}).json()
    assert found["checks"][0]["verdict"] == "unread"
    assert found["checks"][0]["problem"]["code"] in {"syntax", "unknown-function"}


def test_a_long_layer_is_refused_or_answered_in_time(client: Reader) -> None:
    nested = "X"
    for _ in range(12):
        nested = f"sin({nested}*A).*{nested}" if len(nested) < 300 else f"exp({nested})"
    refused = post(client, forward=nested, given="X: n,n; A: n,n", backward={"X": "G"})
    assert refused.status_code in {200, 400, 413, 504}
    if refused.status_code != 200:
        assert refused.json()["detail"].endswith(".")


def test_it_is_described(client: Reader) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    described = paths["/api/vector-jacobian-product"]["post"]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == {"forward", "given", "cotangent", "backward"}
    assert schema["required"] == ["forward", "backward"]
