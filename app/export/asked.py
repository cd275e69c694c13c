"""One question of a widget to the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """``fields`` as they are sent, in the address or (POST) as a JSON object.

    ``optional``: an example can do without the answer, so that a refusal is no mistake.
    """

    subject: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    method: Literal["GET", "POST"] = "GET"
    optional: bool = False
