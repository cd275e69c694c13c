"""Gaussian processes that the server and the browser must work out alike.

Each case of ``tests/fixtures/gaussian-processes.json`` is a question to ``/api/gaussian-process``
and what the server answered.  After a change of what the answer holds,
``python -m tests.support.gaussian_processes`` writes the file again.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from app.api.answers import plain
from app.api.gaussian_process import gaussian_process_answer
from app.gaussian_processes import KERNELS
from tests.support.server import REPOSITORY

FIXTURE = REPOSITORY / "tests/fixtures/gaussian-processes.json"
AT = np.linspace(-5, 5, 11).tolist()


def question(seed: int, n: int, kernel: str, **more: Any) -> dict[str, Any]:
    """Noisy waves at uneven places, as a question."""
    generator = np.random.default_rng(seed)
    x = np.round(generator.uniform(-4, 4, size=n), 3)
    y = np.round(np.sin(1.3 * x) + 0.2 * generator.normal(size=n), 3)
    points = np.column_stack((x, y)).tolist()
    return {"points": points, "kernel": kernel, "at": AT, **more}


def questions() -> list[dict[str, Any]]:
    """Every kernel, few and many points, much and hardly any noise."""
    numbers = {"length": 1.4, "scale": 0.8, "noise": 0.25, "period": 3.1}
    found = [question(k, n, kernel, **numbers) for k, kernel in enumerate(KERNELS) for n in (1, 12)]
    found.append(question(11, 60, "squared exponential", length=0.7, noise=0.1))
    found.append(question(12, 30, "squared exponential", length=0.9, noise=1e-3, jitter=1e-6))
    found.append(question(13, 25, "Matérn 3/2", length=3.0, noise=1e-8, scale=2.0))
    duplicates = question(14, 6, "squared exponential", length=0.6, noise=1e-9, jitter=1e-8)
    duplicates["points"].append([duplicates["points"][0][0] + 1e-9, duplicates["points"][0][1]])
    return [*found, duplicates]


def main() -> None:
    cases = [{"question": each, "answer": gaussian_process_answer(each)} for each in questions()]
    FIXTURE.write_text(json.dumps(plain({"cases": cases}), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
