"""Programs of the Fisher information that the browser runs, for its tests without a server.

Each case of ``tests/fixtures/fisher-information.json`` is a question of
``static/math/natural-gradient/families.js`` to ``/api/fisher-information``, the tape that came as
its answer, and numbers at places.  After a change of what the answer holds,
``python -m tests.support.fisher_information`` writes the file again.
"""

from __future__ import annotations

import json
from typing import Any

from app.api.answers import plain
from app.api.fisher_information import information_answer
from app.calculus import Tape, evaluate
from app.export.asked_always import COORDINATES
from tests.support.server import REPOSITORY

FIXTURE = REPOSITORY / "tests/fixtures/fisher-information.json"
DATA = {"normal": [1.0, 0.0, 1.0], "categorical": [0.5, 0.3, 0.2]}
PLACES = {
    "deviation": [[0, 2], [-3, 0.4]],
    "logarithm": [[0, 0.7], [2, -1]],
    "variance": [[0, 4], [1, 0.3]],
    "logits": [[0, 0], [-2, 2]],
    "probabilities": [[0.2, 0.3], [0.9, 0.05]],
}


def cases() -> list[dict[str, Any]]:
    """The question, the tape, and for each place what the tape has there."""
    found = []
    for family, questions in COORDINATES.items():
        for name, question in questions.items():
            tape = information_answer(dict(question))["tape"]
            answers = [
                evaluate(Tape.from_json(tape), [*place, *DATA[family]]) for place in PLACES[name]
            ]
            values = [
                {"place": place, **plain(answer)}
                for place, answer in zip(PLACES[name], answers, strict=True)
            ]
            found.append(
                {"family": family, "coordinates": name, "question": question, "tape": tape,
                 "data": DATA[family], "values": values}
            )  # fmt: skip
    return found


def main() -> None:
    """Write the fixture."""
    FIXTURE.write_text(json.dumps({"cases": cases()}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
