"""The programs printed in the lessons run, and print what the lessons say they print.

Programs that need PyTorch or JAX are run where these are installed.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).resolve().parents[2] / "content" / "chapters"
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def programs(lesson: str) -> list[str]:
    return FENCE.findall((CHAPTERS / lesson / "lesson.md").read_text(encoding="utf-8"))


def program_that_mentions(lesson: str, word: str) -> str:
    (found,) = [program for program in programs(lesson) if word in program]
    return found


def run(program: str) -> list[str]:
    completed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert completed.returncode == 0, completed.stderr
    return completed.stdout.splitlines()


def numbers(text: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text.replace("−", "-"))]


def test_the_best_order_of_multiplication_is_as_printed() -> None:
    program = program_that_mentions("chain-rule/matrix-chain-rule", "best_order")
    promised = re.findall(r"^print\(.*\) +# (.*)$", program, re.MULTILINE)
    assert len(promised) == 2
    assert run(program) == promised


def test_the_batch_backward_pass_agrees_with_differences() -> None:
    backward = program_that_mentions("chain-rule/backpropagation", "def backward")
    check = """
import numpy as np
random = np.random.default_rng(0)
shapes = {"W": (3, 2), "b": (3,), "V": (4, 3), "c": (4,), "X": (5, 2)}
at = {name: random.normal(size=shape) for name, shape in shapes.items()}
Y = random.normal(size=(5, 4))

def forward(W, b, V, c, X):
    A = np.tanh(X @ W.T + b)
    return A, A @ V.T + c

def loss(**values):
    return np.sum((forward(**values)[1] - Y) ** 2) / 2

A, S = forward(**at)
for name, gradient in zip(shapes, backward(at["X"], A, S, Y, at["V"], at["W"]), strict=True):
    assert gradient.shape == shapes[name]
    for index in np.ndindex(shapes[name]):
        step = np.zeros(shapes[name])
        step[index] = 1e-6
        up = loss(**{**at, name: at[name] + step})
        down = loss(**{**at, name: at[name] - step})
        assert abs((up - down) / 2e-6 - gradient[index]) < 1e-7, (name, index)
print("checked", len(shapes))
"""
    assert run(backward + check) == ["checked 5"]


def test_the_gradient_check_passes_the_right_rule_and_catches_the_wrong_one() -> None:
    right, wrong = run(program_that_mentions("applications/custom-autograd", "check_vjp"))
    assert float(right) < 1e-8
    assert float(wrong) > 0.5


def test_the_marginal_likelihood_and_its_gradient_are_as_printed() -> None:
    program = program_that_mentions("applications/gaussian-processes", "log_marginal_likelihood")
    (promised,) = re.findall(r"^print\(value, gradient\) +# (.*)$", program, re.MULTILINE)
    values, difference = run(program)
    assert numbers(values) == pytest.approx(numbers(promised), abs=5e-5)
    assert float(difference) < 1e-8


@pytest.mark.parametrize("package", ["torch", "jax"])
def test_the_framework_examples_agree_with_the_framework(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed here")
    printed = run(program_that_mentions("applications/custom-autograd", f"import {package}\n"))
    assert printed
    assert set(printed) == {"True"}
