"""What all sections of the settings share: the strict base, and lists written as text."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator


class Section(BaseModel):
    """A section: its fields are the keys, each with a description and a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_plain(cls, value: Any, info: ValidationInfo) -> Any:
        """Empty text leaves unset what has no default; a truth value is no number."""
        field = cls.model_fields[str(info.field_name)]
        if value == "" and field.default is None:
            return None
        if isinstance(value, bool) and field.annotation in _NUMBERS:
            raise ValueError("write a number")
        return value


_NUMBERS = (int, float, int | None, float | None)


def _words(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(word for word in re.split(r"[\s,]+", value) if word)
    return tuple(value) if isinstance(value, list) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
"""A list of words; in the environment they stand in one text, with blanks or commas between."""

__all__ = ["Section", "Words"]
