"""The examples of the widget, for tests that go over all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.autograd.answers import layer_answer

FILE = Path(__file__).resolve().parents[2] / "content" / "presets" / "custom-autograd.yaml"
PRESETS: dict[str, dict[str, Any]] = {
    each["id"]: each for each in YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
}
RIGHT = ("affine", "softmax", "cross-entropy", "layer-norm", "gelu", "attention")


def answer_to(preset: dict[str, Any]) -> dict[str, Any]:
    """What the check says of an example."""
    backward = dict(zip(preset["inputs"], preset["backward"], strict=True))
    return layer_answer(preset["forward"], preset["given"], preset.get("cotangent", ""), backward)
