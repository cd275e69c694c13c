"""Why a value cannot be used, in words for those who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pydantic_core import ErrorDetails

_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "write text, in quotes",
        "int_type": "write a whole number",
        "int_parsing": "write a whole number",
        "int_parsing_size": "write a whole number",
        "int_from_float": "write a whole number",
        "float_type": "write a number",
        "float_parsing": "write a number",
        "bool_type": "write true or false",
        "bool_parsing": "write true or false",
        "path_type": "write a path, in quotes",
        "tuple_type": "write a list",
        "model_type": 'write { title = "…", address = "https://…" }',
        "missing": "it is missing",
    }
)


def reason(error: ErrorDetails) -> str:
    """The reason of one of pydantic's errors."""
    words = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "too_long":
        return f"at most {error['ctx']['max_length']} of them find a place"
    return _REASONS.get(error["type"], re.sub(r"^(Input|String) should", "it should", words))


__all__ = ["reason"]
