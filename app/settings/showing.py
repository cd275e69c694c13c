"""The settings in force as text: TOML that could be a settings file, or JSON; secrets hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr

from app.settings.model import Settings, sections
from app.settings.origins import DEFAULT, Origins

HIDDEN = "(hidden)"
_PASSWORD = re.compile(r"(?<=://)([^/@\s]*)@")


def shown_value(value: Any) -> Any:
    """A value as it may be shown: no secrets, no password inside an address, plain data."""
    match value:
        case SecretStr():
            return HIDDEN if value.get_secret_value() else ""
        case str():
            return without_passwords(value)
        case Path():
            return str(value)
        case BaseModel():
            return {name: shown_value(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {name: shown_value(part) for name, part in value.items()}
        case tuple() | list():
            return [shown_value(part) for part in value]
    return value


def without_passwords(text: str) -> str:
    """``text`` with the names and passwords inside its addresses hidden."""
    return _PASSWORD.sub(f"{HIDDEN}@", text)


def as_json(settings: Settings, origins: Origins) -> str:
    """``{section: {key: {value, source}}}``."""
    shown = {
        section: {
            key: {
                "value": shown_value(getattr(getattr(settings, section), key)),
                "source": str(origins.get((section, key), DEFAULT)),
            }
            for key in model.model_fields
        }
        for section, model in sections().items()
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)


def as_toml(settings: Settings, origins: Origins) -> str:
    """A settings file with the values in force, each with its source as a comment."""
    return "\n".join(_toml_lines(settings, origins))


def _toml_lines(settings: Settings, origins: Origins) -> Iterator[str]:
    for number, (section, model) in enumerate(sections().items()):
        if number:
            yield ""
        yield f"[{section}]"
        for key in model.model_fields:
            value = shown_value(getattr(getattr(settings, section), key))
            written = f"# {key} is not set" if value is None else f"{key} = {toml_value(value)}"
            yield f"{written}  # {origins.get((section, key), DEFAULT)}"


def toml_value(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            pairs = (f"{key} = {toml_value(part)}" for key, part in value.items())
            return "{ " + ", ".join(pairs) + " }"
        case list():
            return "[" + ", ".join(map(toml_value, value)) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


__all__ = ["HIDDEN", "as_json", "as_toml", "shown_value", "toml_value", "without_passwords"]
