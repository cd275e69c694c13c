"""A network's gradient against central differences, and the faults that a student has to find."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.networks import (
    ACTIVATIONS,
    FAULTS,
    LOSSES,
    Layer,
    NetworkError,
    backward,
    central_differences,
    compare,
    forward,
    sites,
    spoiled,
)


def random_network(
    seed: int, widths: list[int], activation: str | None
) -> tuple[list[Layer], np.ndarray]:
    generator = np.random.default_rng(seed)
    layers = []
    for number, (n, m) in enumerate(itertools.pairwise(widths), start=1):
        last = number == len(widths) - 1
        layers.append(
            Layer(
                generator.normal(size=(m, n)),
                generator.normal(size=m),
                None if last else activation,
            )
        )
    return layers, generator.normal(size=widths[0])


def target(loss: str, width: int, seed: int) -> np.ndarray:
    y = np.random.default_rng(seed + 1).uniform(0.1, 1.0, size=width)
    return y / y.sum() if loss == "cross-entropy" else y


@pytest.mark.parametrize("alone", ["tanh", "sigmoid", "relu", "softmax"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_activation_may_stand_alone(alone: str, place: int) -> None:
    layers, x = random_network(8, [3, 2, 4], "sigmoid")
    layers.insert(place, Layer(None, None, alone))
    y = target("squared error", 4, 8)
    found = backward(forward(layers, x, y, "squared error"))
    checked = compare(layers, x, y, "squared error", found.cotangents)
    numbers = [number for number in (1, 2, 3) if number != place + 1]
    assert list(checked) == ["x", *(f"{name}{number}" for number in numbers for name in "Wb")]
    assert all((each.verdicts == "agrees").all() for each in checked.values())


@given(
    seed=st.integers(0, 10_000),
    widths=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    activation=st.sampled_from(["tanh", "sigmoid", "softmax", None]),
    loss=st.sampled_from(LOSSES),
    separate=st.booleans(),
)
def test_cotangents_are_the_gradient(
    seed: int, widths: list[int], activation: str | None, loss: str, separate: bool
) -> None:
    layers, x = random_network(seed, widths, activation)
    if loss == "cross-entropy" and separate:
        layers[-1] = replace(layers[-1], activation="softmax")
    y = target(loss, widths[-1], seed)
    result = backward(forward(layers, x, y, loss))
    assert result.mismatch is None
    for name, difference in central_differences(layers, x, y, loss).items():
        np.testing.assert_allclose(result.cotangents[name], difference, rtol=1e-5, atol=1e-7)


@given(seed=st.integers(0, 10_000), activation=st.sampled_from([*ACTIVATIONS, None]))
def test_every_edge_multiplies_by_its_transposed_jacobian(
    seed: int, activation: str | None
) -> None:
    layers, x = random_network(seed, [3, 2, 4], activation)
    result = backward(forward(layers, x, np.ones(4), "squared error"))
    for edge in result.edges:
        product = edge.jacobian.T @ np.atleast_1d(edge.incoming)
        np.testing.assert_allclose(edge.outgoing.ravel(order="F"), product, atol=1e-12)


@pytest.mark.parametrize(
    ("fault", "widths", "tail"),
    [("forgotten transpose", [3, 2, 4], "a1"), ("swapped outer product", [3, 2, 4], "W2")],
)
def test_wrong_shapes_are_named_where_they_first_occur(
    fault: str, widths: list[int], tail: str
) -> None:
    layers, x = random_network(1, widths, "tanh")
    result = backward(spoiled(forward(layers, x, np.ones(4), "squared error"), fault))
    assert result.mismatch is not None
    assert result.mismatch.tail == tail


NETWORKS = [
    (["tanh", None], "squared error"),
    (["sigmoid", "softmax"], "cross-entropy"),
    (["relu", None], "cross-entropy"),
]


@pytest.mark.parametrize(("activations", "loss"), NETWORKS)
def test_with_square_weights_only_the_gradient_check_tells(
    activations: list[str | None], loss: str
) -> None:
    layers, x = random_network(2, [3, 3, 3], None)
    layers = [replace(each, activation=a) for each, a in zip(layers, activations, strict=True)]
    y = target(loss, 3, 2)
    nodes = forward(layers, x, y, loss)
    for site in sites(nodes):
        result = backward(spoiled(nodes, site.fault, site.head))
        assert result.mismatch is None
        checked = compare(layers, x, y, loss, result.cotangents)
        wrong = {name for name, each in checked.items() if (each.verdicts == "differs").any()}
        assert wrong, site
        # What is nearer to the loss than the fault is still right.
        order = [edge.tail for edge in result.edges]
        assert not wrong & set(order[: order.index(site.tail)]), site
        honest = compare(layers, x, y, loss, backward(nodes).cotangents)
        assert all((each.verdicts == "agrees").all() for each in honest.values())


def test_every_fault_has_a_network_that_shows_it() -> None:
    shown = set()
    for activations, loss in NETWORKS:
        layers, x = random_network(2, [3, 3, 3], None)
        layers = [replace(each, activation=a) for each, a in zip(layers, activations, strict=True)]
        shown |= {site.fault for site in sites(forward(layers, x, target(loss, 3, 2), loss))}
    assert shown == set(FAULTS)


def test_the_matrix_that_a_fault_uses_is_told() -> None:
    layers, x = random_network(4, [3, 3, 3], "tanh")
    nodes = forward(layers, x, np.ones(3), "squared error")
    for site in sites(nodes):
        edges = backward(spoiled(nodes, site.fault, site.head)).edges
        for edge in edges:
            product = edge.jacobian.T @ np.atleast_1d(edge.incoming)
            np.testing.assert_allclose(edge.outgoing.ravel(order="F"), product, atol=1e-12)


def test_a_kink_within_the_step_is_no_fault() -> None:
    layers = [Layer(np.array([[1.0, -1.0]]), np.array([0.0]), "relu")]
    x, y = np.array([2.0, 2.0]), np.array([1.0])
    nodes = forward(layers, x, y, "squared error")
    checked = compare(layers, x, y, "squared error", backward(nodes).cotangents)
    assert set(checked["W1"].verdicts.ravel()) == {"kink"}


def test_gradients_below_the_rounding_error_are_not_judged() -> None:
    layers = [Layer(np.array([[30.0]]), np.array([0.0]), "sigmoid")]
    x, y = np.array([1.0]), np.array([0.0])
    nodes = forward(layers, x, y, "squared error")
    checked = compare(layers, x, y, "squared error", backward(nodes).cotangents)
    assert checked["W1"].verdicts.item() == "unresolved"


def test_a_fault_has_a_place() -> None:
    layers, x = random_network(3, [3, 2], "tanh")
    nodes = forward(layers, x, np.ones(2), "squared error")
    for fault, at, part in [
        ("forgotten tea", None, "no fault “forgotten tea”"),
        ("forgotten coupling", None, "This network has no place"),
        ("forgotten slope", "z1", "The operation of z1 has no place"),
    ]:
        with pytest.raises(NetworkError) as refusal:
            spoiled(nodes, fault, at)
        assert part in refusal.value.problem.message


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"loss": "hinge"}, "There is no loss “hinge”"),
        ({"y": np.ones(3)}, "The target has 3 entries, but layer 1 gives 2"),
        ({"x": np.ones(5)}, "Layer 1 takes 3 numbers (its weights are 2×3), but the input gives 5"),
        ({"loss": "cross-entropy", "y": np.array([0.5, 0.6])}, "add up to 1"),
        ({"x": np.array([1.0, np.nan, 0.0])}, "finite"),
        ({"layers": []}, "1 to 4 layers"),
        ({"layers": [Layer(np.ones((2, 3)), np.ones(3), None)]}, "bias of layer 1 has 3 entries"),
        ({"layers": [Layer(np.ones((2, 3)), None, "tanh")]}, "a bias, but not both"),
        ({"layers": [Layer(None, None, None)]}, "neither weights nor an activation"),
        ({"layers": [Layer(np.ones((2, 3)), np.ones(2), "gelu")]}, "no activation “gelu”"),
        (
            {
                "layers": [
                    Layer(np.ones((4, 3)), np.ones(4), None),
                    Layer(np.ones((2, 3)), np.ones(2), None),
                ]
            },
            "Layer 2 takes 3 numbers (its weights are 2×3), but layer 1 gives 4",
        ),
        (
            {
                "layers": [Layer(np.ones((2, 3)), np.ones(2), "tanh")],
                "loss": "cross-entropy",
            },
            "the last layer ends in tanh",
        ),
    ],
)
def test_networks_that_do_not_fit(change: dict[str, object], part: str) -> None:
    layers, x = random_network(3, [3, 2], None)
    arguments = {"layers": layers, "x": x, "y": np.ones(2) / 2, "loss": "squared error"} | change
    with pytest.raises(NetworkError) as refusal:
        forward(**arguments)  # type: ignore[arg-type]
    assert part in refusal.value.problem.message
