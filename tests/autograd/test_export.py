"""Exported layers are run, and their gradients compared with the libraries' own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.autograd.presets import PRESETS, RIGHT, answer_to

SIZES = {"n": 4, "k": 3, "m": 5, "r": 2}


def arguments(answer: dict[str, Any], seed: int = 0) -> dict[str, np.ndarray]:
    """Random inputs of a layer, positive where they must be."""
    random = np.random.default_rng(seed)
    declared = {each["name"]: each for each in answer["declarations"]}
    found = {}
    for name in answer["inputs"]:
        shape = tuple(SIZES.get(axis, axis) for axis in declared[name]["shape"])
        value = random.normal(size=shape)
        found[name] = 0.5 + np.abs(value) if declared[name]["properties"] else np.asarray(value)
    return found


def executed(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "<exported layer>", "exec"), names)  # noqa: S102 - our own source
    return names


@pytest.mark.parametrize("name", RIGHT)
def test_the_sources_are_python(name: str) -> None:
    found = answer_to(PRESETS[name])
    for source, word in ((found["torch"], "autograd.Function"), (found["jax"], "custom_vjp")):
        compile(source, "<exported layer>", "exec")
        assert word in source


@pytest.mark.parametrize("name", RIGHT)
def test_the_torch_function_agrees_with_torch(name: str) -> None:
    torch = pytest.importorskip("torch")
    answer = answer_to(PRESETS[name])
    exported = executed(answer["torch"])
    inputs = {
        key: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for key, value in arguments(answer).items()
    }
    written = [inputs[check["name"]] for check in answer["checks"]]
    value = exported["layer"](*inputs.values())
    torch.manual_seed(1)
    cotangent = torch.randn(value.shape, dtype=torch.float64)
    ours = torch.autograd.grad(value, written, cotangent)

    class Context:
        def save_for_backward(self, *tensors: Any) -> None: ...

    plain = exported["Layer"].forward(Context(), *inputs.values())
    theirs = torch.autograd.grad(plain, written, cotangent)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.shape == other.shape
        torch.testing.assert_close(mine, other, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", ["softmax", "layer-norm", "gelu"])
def test_torch_itself_checks_first_and_second_derivatives(name: str) -> None:
    torch = pytest.importorskip("torch")
    answer = answer_to(PRESETS[name])
    layer = executed(answer["torch"])["layer"]
    given = {each["name"] for each in answer["checks"]}
    inputs = [
        torch.tensor(value, dtype=torch.float64, requires_grad=key in given)
        for key, value in arguments(answer).items()
    ]
    assert torch.autograd.gradcheck(layer, inputs)
    assert torch.autograd.gradgradcheck(layer, inputs)


@pytest.mark.parametrize("name", RIGHT)
def test_the_jax_function_agrees_with_jax(name: str) -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    answer = answer_to(PRESETS[name])
    layer = executed(answer["jax"])["layer"]
    inputs = [jax.numpy.asarray(value) for value in arguments(answer).values()]
    value, ours = jax.vjp(layer, *inputs)
    _, theirs = jax.vjp(layer.fun, *inputs)
    cotangent = jax.random.normal(jax.random.key(1), value.shape)
    written = {check["name"] for check in answer["checks"]}
    pairs = zip(answer["inputs"], ours(cotangent), theirs(cotangent), strict=True)
    for key, mine, other in pairs:
        assert mine.shape == other.shape
        if key in written:
            np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-13)
        else:
            assert np.all(np.isnan(mine)), "a gradient that nobody wrote must not look like one"
