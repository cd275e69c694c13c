"""``/api/backpropagation``: both passes, the check, hidden faults, and what is refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest

from app.api.answers import plain
from app.api.backpropagation import backpropagation_answer
from tests.support.networks import FIXTURE
from tests.support.reader import Reader

LESSON = {
    "layers": [
        {
            "weights": [[0.5, -0.5], [1, 0.5], [-1, 1]],
            "bias": [0.5, -1.5, -0.5],
            "activation": "tanh",
        },
        {"weights": [[1, -1, 2], [0.5, 1, -1]], "bias": [0, 0.5], "activation": None},
    ],
    "input": [1, 2],
    "target": [1, 0],
}


def post(client: Reader, **fields: Any) -> Any:
    return client.post("/api/backpropagation", json=fields)


def test_the_network_of_the_lesson(client: Reader) -> None:
    found = post(client, **LESSON).json()
    assert found["loss"] == pytest.approx(0.2697, abs=5e-5)
    nodes = {node["name"]: node for node in found["nodes"]}
    assert [*nodes] == ["x", "W1", "b1", "z1", "a1", "W2", "b2", "z2", "y", "loss"]
    assert nodes["z1"]["cotangent"] == pytest.approx([-0.2879, 0.8162, -1.2393], abs=5e-5)
    assert nodes["W1"]["shape"] == "3×2"
    assert nodes["z1"]["operation"]["rule"]["expr"] == "W*x + b"
    order = [(edge["head"], edge["tail"]) for edge in found["edges"]]
    assert order[:3] == [("loss", "z2"), ("z2", "W2"), ("z2", "a1")]
    checked = found["check"]["entries"]
    assert {*checked} == {"x", "W1", "b1", "W2", "b2"}
    assert {word for each in checked["W1"]["verdicts"] for word in each} == {"agrees"}
    assert found["mismatch"] is None
    assert found["limits"] == {"layers": 4, "width": 8, "value": 1000}


def test_a_layer_may_be_an_activation_alone(client: Reader) -> None:
    first, second = LESSON["layers"]
    split = [first | {"activation": None}, {"activation": "tanh"}, second]
    found = post(client, **LESSON | {"layers": split}).json()
    assert found["loss"] == pytest.approx(0.2697, abs=5e-5)
    assert {*found["check"]["entries"]} == {"x", "W1", "b1", "W3", "b3"}


def test_a_fault_with_wrong_shapes_ends_the_way_back(client: Reader) -> None:
    found = post(client, **LESSON, fault={"name": "forgotten transpose", "at": "z2"}).json()
    assert found["mismatch"]["tail"] == "a1"
    assert "2×3" in found["mismatch"]["message"]
    assert found["check"]["entries"]["W1"]["verdicts"][0] == ["undefined", "undefined"]
    assert found["check"]["entries"]["W2"]["verdicts"][0] == ["agrees"] * 3


def test_the_answers_that_the_browser_is_held_to_are_still_given() -> None:
    for case in json.loads(FIXTURE.read_text(encoding="utf-8"))["cases"]:
        _expect_same(plain(backpropagation_answer(case["question"])), case["answer"])


def _expect_same(found: Any, expected: Any, name: str = "") -> None:
    """The same but for rounding; what central differences give is rounded most."""
    if name in {"relative_errors", "differences"}:
        return
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key in expected:
            _expect_same(found[key], expected[key], key)
    elif isinstance(expected, list):
        assert len(found) == len(expected), name
        for one, other in zip(found, expected, strict=True):
            _expect_same(one, other, name)
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-13), name
    else:
        assert found == expected, name


def test_numbers_that_are_not_finite_are_null(client: Reader) -> None:
    layer = {"weights": [[1000], [-1000]], "bias": [0, 0], "activation": "softmax"}
    fields = {"layers": [layer], "input": [1], "target": [0, 1], "loss": "cross-entropy"}
    assert post(client, **fields).json()["loss"] is None
    layer["activation"] = None
    assert post(client, **fields).json()["loss"] == 2000


@pytest.mark.parametrize(
    ("place", "value", "status", "part"),
    [
        (["layers", 1, "weights"], [[1, 2]], 400, "Layer 2 takes 2 numbers"),
        (["layers", 1, "weights"], [[1, 2, 3], [4, 5]], 422, "3 entries in row 1, but 2 in row 2"),
        (["layers", 1, "weights"], [1, 2], 422, "weights of layer 2, row 1"),
        (["layers", 0, "bias"], [1, 2], 400, "bias of layer 1 has 2 entries"),
        (["layers", 0, "bias"], None, 422, "bias of layer 1"),
        (["layers", 0], {"weights": [[1, 2]]}, 422, "bias of layer 1"),
        (["layers", 0], {}, 400, "neither weights nor an activation"),
        (["layers", 0, "activation"], "gelu", 400, "no activation “gelu”"),
        (["layers", 0, "activation"], 3, 422, "activation of layer 1"),
        (["layers", 0, "width"], 3, 422, "does not know"),
        (["layers"], [], 413, "1 to 4 layers"),
        (["layers"], "tanh", 422, "list of objects"),
        (["layers"], [LESSON["layers"][0]] * 5, 413, "at most 4"),
        (["input"], [True, 1], 422, "input must be a list"),
        (["input"], [1e4, 1], 413, "at most 1,000"),
        (["input"], list(range(9)), 422, "1 to 8 numbers"),
        (["target"], [1], 400, "but layer 2 gives 2"),
        (["loss"], "hinge", 400, "no loss “hinge”"),
        (["loss"], None, 422, "loss must be text"),
        (["fault"], "slope", 422, "fault must be an object"),
        (["fault"], {"name": "forgotten coupling"}, 400, "no place"),
        (["fault"], {"at": "z1"}, 422, "has a name"),
        (["seed"], 1, 422, "does not know"),
    ],
)  # fmt: skip
def test_refusals(client: Reader, place: list[Any], value: Any, status: int, part: str) -> None:
    fields: Any = copy.deepcopy(LESSON)
    inner = fields
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    answer = post(client, **fields)
    assert answer.status_code == status, answer.text
    assert part in answer.json()["detail"]


def test_the_largest_network_is_quick_and_right(client: Reader) -> None:
    generator = np.random.default_rng(1)
    layer = {"weights": generator.normal(size=(8, 8)).tolist(), "bias": [0.1] * 8,
             "activation": "tanh"}  # fmt: skip
    fields = {"layers": [layer] * 4, "input": [0.5] * 8, "target": [0.0] * 8}
    answer = post(client, **fields)
    verdicts = answer.json()["check"]["entries"]["W1"]["verdicts"]
    assert {word for row in verdicts for word in row} == {"agrees"}
