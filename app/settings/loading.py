"""Reads the settings from their three places, and says where each one was written."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from app.diagnostics import NablaError, Problem, did_you_mean
from app.settings.course import Link
from app.settings.model import (
    ENVIRONMENT_PREFIX,
    Settings,
    environment_name,
    environment_names,
    sections,
)
from app.settings.origins import DEFAULT, Origin, Origins, line_of_item, lines_of_keys
from app.settings.reasons import reason
from app.settings.showing import without_passwords

DEFAULT_FILE = Path("nabla.toml")
HERE = Path("book.toml")  # whoever stands in the folder of a book means that book

Flags = Mapping[str, Mapping[str, Any]]


class SettingsError(NablaError):
    """A setting that cannot be used, with the place where it was written."""


@dataclass(frozen=True)
class _File:
    """A settings file: what it says and on which lines."""

    path: Path | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    text: str = ""

    def place(self, section: str, key: str = "") -> dict[str, Any]:
        """File and line of a key, for a problem."""
        line = self.lines.get((section, key)) or self.lines.get((section, ""))
        return {"file": self.path, "line": line} if self.path else {}


def load_settings(
    file: Path | None = None,
    flags: Flags | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings from a file, the environment and flags, the later winning.

    ``file`` must exist when it is named; otherwise ``nabla.toml`` of the current folder is read
    if there is one.  ``flags`` are ``{section: {key: value}}``; a value of None was not given.
    Paths in a file start from its folder, other paths from the current one.  Where nothing names
    the content, it is the current folder if that holds a ``book.toml``.

    Raises SettingsError for a missing or broken file, an unknown key, or an impossible value.
    """
    return load_with_origins(file, flags, environment)[0]


def load_with_origins(
    file: Path | None = None,
    flags: Flags | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[Settings, Origins]:
    """The settings, and for each (section, key) where its value was written.

    Raises SettingsError as ``load_settings`` does.
    """
    written = _read_file(file)
    variables = dict(os.environ if environment is None else environment)
    _check_environment(variables)
    given = {
        section: {key: value for key, value in values.items() if value is not None}
        for section, values in (flags or {}).items()
    }
    _check_keys(written.data, written)
    _check_keys(given, _File())
    merged = _merge(written.data, _read_environment(variables), given)
    origins = _origins(written, variables, given)
    if origins["book", "content"] == DEFAULT and HERE.is_file():
        merged = _merge(merged, {"book": {"content": str(HERE.parent)}})
        origins["book", "content"] = Origin("file", HERE, 1)
    try:
        return Settings(**merged), origins
    except ValidationError as error:
        raise SettingsError(_explain(error, origins, written.text)) from None


def _read_file(file: Path | None) -> _File:
    path = file or DEFAULT_FILE
    if not path.is_file():
        if file is None:
            return _File()
        hint = "Name a TOML file, or leave --config away."
        raise SettingsError(
            Problem("missing-config", f"There is no settings file “{path}”.", hint=hint)
        )
    written = path.read_bytes()
    try:
        text = written.decode("utf-8-sig")  # some editors begin a file with a mark
        data = tomllib.loads(text)
        return _File(path, _with_paths_from(path.parent, data), lines_of_keys(text), text)
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        raise _broken(path, line, "The file is not UTF-8.", "Save it in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else written.count(b"\n") + 1
        raise _broken(path, line, f"This is not TOML: {error}.") from None


def _broken(path: Path, line: int, message: str, hint: str | None = None) -> SettingsError:
    return SettingsError(Problem("broken-config", message, hint=hint, file=path, line=line))


def _with_paths_from(folder: Path, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a file with its paths, which start from the folder of the file."""
    found: dict[str, Any] = dict(data)
    for section, model in sections().items():
        values = found.get(section)
        if isinstance(values, Mapping):
            paths = {
                key: os.path.normpath(folder / values[key])
                for key, field in model.model_fields.items()
                if field.annotation in (Path, Path | None)
                and isinstance(values.get(key), str)
                and values[key]
            }
            found[section] = {**values, **paths}
    return found


def _read_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    source = EnvSettingsSource(
        Settings, env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter="__", case_sensitive=False
    )
    source.env_vars = {name.lower(): value for name, value in variables.items()}
    return source()


def _merge(*sources: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, dict[str, Any]] = {}
    for source in sources:
        for section, values in source.items():
            merged.setdefault(section, {}).update(values)
    return merged


def _origins(
    written: _File, variables: Mapping[str, str], flags: Flags
) -> dict[tuple[str, str], Origin]:
    named = {name.upper(): name for name in variables}
    found = {}
    for section, model in sections().items():
        for key in model.model_fields:
            origin = DEFAULT
            if key in written.data.get(section, {}):
                origin = Origin("file", **written.place(section, key))
            if variable := named.get(environment_name(section, key)):
                origin = Origin("environment", name=variable)
            if key in flags.get(section, {}):
                origin = Origin("flag", name=_flag(section, key))
            found[section, key] = origin
    return found


def _flag(section: str, key: str) -> str:
    own = section == "server" or (section, key) == ("book", "content")
    return f"--{key}" if own else f"--set {section}.{key}"


def _check_keys(source: Mapping[str, Any], written: _File) -> None:
    for section, values in source.items():
        if section not in sections():
            raise SettingsError(_unknown_section(section, values, written))
        if not isinstance(values, Mapping):
            message = f"“{section}” is a section; write [{section}] with its keys below."
            raise SettingsError(Problem("wrong-setting", message, **written.place(section)))
        known = sections()[section].model_fields
        for key in values:
            if key not in known:
                place = written.place(section, key)
                raise SettingsError(_unknown(f"{section}.{key}", key, known, place))


def _check_environment(variables: Mapping[str, str]) -> None:
    """Unknown variables with our prefix are mistakes, though pydantic would pass over them."""
    known = {name: name for name in environment_names()}
    keys = {key.upper() for model in sections().values() for key in model.model_fields}
    for name in variables:
        words = re.split("_+", name.upper())
        ours = name.upper().startswith(ENVIRONMENT_PREFIX)
        meant = ours or (words[0] == "NABLA" and words[-1] in keys)
        if meant and name.upper() not in known:
            full = next((each for each in known if each.endswith(f"__{words[-1]}")), name)
            hint = did_you_mean(full.upper(), known)
            message = f"The environment has {name}, which is no setting of the book."
            raise SettingsError(Problem("unknown-setting", message, hint=hint))


def _unknown_section(word: str, values: Any, written: _File) -> Problem:
    """A key that was written above all sections is told where it belongs."""
    home = next((name for name, model in sections().items() if word in model.model_fields), None)
    if home is None or isinstance(values, Mapping):
        return _unknown(f"[{word}]", word, sections(), written.place(word))
    message = f"“{word}” stands outside its section."
    hint = f"Write [{home}] on a line above it."
    return Problem("unknown-setting", message, hint=hint, **written.place(word))


def _unknown(shown: str, word: str, known: Mapping[str, Any], place: Mapping[str, Any]) -> Problem:
    hint = did_you_mean(word, known) or f"There are: {', '.join(known)}."
    return Problem("unknown-setting", f"There is no setting {shown}.", hint=hint, **place)


def _explain(error: ValidationError, origins: Origins, text: str) -> Problem:
    every = error.errors(include_url=False)
    # A misspelt key is missing as well; it is the misspelling that one wants to hear of.
    first = min(every, key=lambda one: one["type"] != "extra_forbidden")
    section, key, *inner = (*(str(part) for part in first["loc"]), "")
    origin = origins.get((section, key), DEFAULT)
    name = origin.name if origin.kind == "environment" else f"{section}.{key}"
    place = "".join(f".{part}" for part in inner if part)
    message = f"{name}{place} cannot be used{_given(first, section, key)}: {reason(first)}."
    hint = None
    if first["type"] == "extra_forbidden":
        message = f"{name} has no key “{inner[-2]}”."
        hint = did_you_mean(inner[-2], Link.model_fields)
    elif first["type"] == "literal_error":
        hint = did_you_mean(str(first["input"]), re.findall("'(.*?)'", first["msg"]))
    line = origin.line
    if origin.kind == "file" and origin.file != HERE:
        line = line_of_item(text, section, key, inner) or line
    message = without_passwords(message)
    return Problem("wrong-setting", message, hint=hint, file=origin.file, line=line)


def _given(error: ErrorDetails, section: str, key: str) -> str:
    """What was given, unless it is a secret."""
    field = sections()[section].model_fields.get(key)
    secret = field is not None and field.annotation is SecretStr
    return "" if secret or error["type"] == "missing" else f" ({error['input']!r} was given)"


__all__ = ["DEFAULT_FILE", "Flags", "SettingsError", "load_settings", "load_with_origins"]
