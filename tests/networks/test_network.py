"""A network's gradient against central differences, and the faults that a student has to find."""

from __future__ import annotations

import itertools

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
    forward,
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


@given(
    seed=st.integers(0, 10_000),
    widths=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    activation=st.sampled_from(["tanh", "sigmoid", "softmax", None]),
    loss=st.sampled_from(list(LOSSES)),
)
def test_cotangents_are_the_gradient(
    seed: int, widths: list[int], activation: str | None, loss: str
) -> None:
    layers, x = random_network(seed, widths, activation)
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


@pytest.mark.parametrize("fault", FAULTS)
def test_with_square_weights_only_the_gradient_check_tells(fault: str) -> None:
    activation = "softmax" if fault == "forgotten coupling" else "tanh"
    layers, x = random_network(2, [3, 3, 3], activation)
    y = np.ones(3)
    result = backward(spoiled(forward(layers, x, y, "squared error"), fault))
    assert result.mismatch is None
    differences = central_differences(layers, x, y, "squared error")
    wrong = [
        n for n, d in differences.items() if not np.allclose(result.cotangents[n], d, rtol=1e-4)
    ]
    assert wrong


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"loss": "hinge"}, "There is no loss “hinge”"),
        ({"y": np.ones(3)}, "The target has 3 entries, the last layer 2"),
        ({"x": np.ones(5)}, "W1 is 2×3, but it takes 5 entries to 2"),
        ({"loss": "cross-entropy", "y": np.array([0.5, 0.6])}, "add up to 1"),
        ({"x": np.array([1.0, np.nan, 0.0])}, "finite"),
    ],
)
def test_networks_that_do_not_fit(change: dict[str, object], part: str) -> None:
    layers, x = random_network(3, [3, 2], None)
    arguments = {"layers": layers, "x": x, "y": np.ones(2) / 2, "loss": "squared error"} | change
    with pytest.raises(NetworkError) as refusal:
        forward(**arguments)  # type: ignore[arg-type]
    assert part in refusal.value.problem.message
