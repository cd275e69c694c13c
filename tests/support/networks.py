"""Networks that the server and the browser must evaluate alike: ``tests/fixtures/networks.json``.

Each case is a question to ``/api/backpropagation`` and what the server answered.  After a change of
what the answer holds, ``python -m tests.support.networks`` writes the file again.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np

from app.api.answers import plain
from app.api.backpropagation import backpropagation_answer
from app.networks import FAULTS, TOLERANCE
from tests.support.server import REPOSITORY

FIXTURE = REPOSITORY / "tests/fixtures/networks.json"


def question(
    seed: int, widths: list[int], activations: list[str | None], loss: str, **more: Any
) -> dict[str, Any]:
    """A network with numbers that are all different, as a question."""
    generator = np.random.default_rng(seed)

    def numbers(*shape: int) -> Any:
        return np.round(generator.normal(size=shape), 3).tolist()

    layers = [
        {"weights": numbers(m, n), "bias": numbers(m), "activation": activation}
        for (n, m), activation in zip(itertools.pairwise(widths), activations, strict=True)
    ]
    chance = generator.uniform(0.1, 1.0, size=widths[-1])
    target = (chance / chance.sum()).tolist()
    return {"layers": layers, "input": numbers(widths[0]), "target": target, "loss": loss, **more}


def questions() -> list[dict[str, Any]]:
    """Every operation, every fault, wide and narrow."""
    found = [
        question(1, [1, 1], [None], "squared error"),
        question(2, [2, 3, 2], ["tanh", None], "squared error"),
        question(3, [3, 4, 2, 3], ["relu", "sigmoid", "softmax"], "squared error"),
        question(4, [4, 3], ["softmax"], "cross-entropy"),
        question(5, [2, 5, 4], ["sigmoid", None], "cross-entropy"),
        question(6, [4, 5, 4, 5, 4], ["tanh", "relu", "sigmoid", "softmax"], "cross-entropy"),
        question(7, [3, 2], ["softmax"], "squared error"),
    ]
    saturated = question(8, [2, 2], ["softmax"], "cross-entropy")
    saturated["layers"][0]["weights"] = [[900, 0], [0, -900]]
    saturated["input"] = [2, 2]
    return [*found, saturated, *_with_faults()]


def _with_faults() -> list[dict[str, Any]]:
    networks = [
        question(9, [3, 2, 4], ["tanh", None], "squared error"),
        question(10, [3, 3, 3], ["sigmoid", "softmax"], "cross-entropy"),
        question(11, [2, 2, 2], ["relu", None], "cross-entropy"),
    ]
    return [
        {**network, "fault": {"name": site["fault"], "at": site["head"]}}
        for network in networks
        for site in backpropagation_answer(network)["sites"]
    ]


def main() -> None:
    cases = [{"question": each, "answer": backpropagation_answer(each)} for each in questions()]
    faults = [{"name": each.name, "explanation": each.explanation} for each in FAULTS.values()]
    content = plain({"tolerance": TOLERANCE, "faults": faults, "cases": cases})
    FIXTURE.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
