"""What an instructor configures: ``nabla.toml`` < environment < flags.

Every setting is declared once, here, with its meaning and its default.  In the file a setting is
``key = value`` below ``[section]``; in the environment it is ``NABLA__SECTION__KEY``.  A key that
does not exist is refused, with the nearest one that does, wherever it was written.

Read by ``app.main`` and ``app.cli`` only; the rooms below receive plain values.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app.diagnostics import NablaError, Problem, did_you_mean

ENVIRONMENT_PREFIX = "NABLA__"
DEFAULT_FILE = Path("nabla.toml")

Flags = Mapping[str, Mapping[str, Any]]


class SettingsError(NablaError):
    """A setting that cannot be used, with the place where it was written."""


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(Section):
    """Where the book is served."""

    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(
        default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one"
    )
    prefix: str = Field(
        default="", description="path below which a proxy shows the book, such as /course"
    )
    watch: bool = Field(
        default=False, description="reload lessons in open browsers when their files change"
    )

    @field_validator("port", mode="before")
    @classmethod
    def _is_a_number(cls, port: Any) -> Any:
        if isinstance(port, bool):
            raise ValueError("a port is a number, such as 8000")
        return port

    @field_validator("prefix")
    @classmethod
    def _is_a_path(cls, prefix: str) -> str:
        trimmed = prefix.rstrip("/")
        if trimmed and not trimmed.startswith("/"):
            raise ValueError("a prefix starts with a slash, such as /course")
        if any(character in trimmed for character in "?#%\\ \"'<>"):
            raise ValueError("a prefix consists of plain path segments, such as /course/book")
        return trimmed


class BookSettings(Section):
    """What is shown, and how at first."""

    content: Path | None = Field(
        default=None, description="folder with book.toml; default: the book's own"
    )
    layout: Literal["numerator", "denominator"] | None = Field(
        default=None,
        description="layout for readers who have not chosen; default: as book.toml says",
    )


class EmbedSettings(Section):
    """Who may show the book's widgets inside their own pages."""

    ancestors: tuple[str, ...] = Field(
        default=("*",),
        description="origins that may frame /embed/<widget>: a list, or text with blanks",
    )

    @field_validator("ancestors", mode="before")
    @classmethod
    def _split(cls, origins: Any) -> Any:
        return tuple(origins.split()) if isinstance(origins, str) else origins

    @field_validator("ancestors")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not origin or any(character in origin for character in ";, \t\r\n'\""):
                raise ValueError(f"“{origin}” is not an origin; write https://moodle.example")
        return origins


class Settings(BaseSettings):
    """All settings.  Build them with ``load_settings``, or directly in a test."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, enable_decoding=False)

    server: ServerSettings = ServerSettings()
    book: BookSettings = BookSettings()
    embed: EmbedSettings = EmbedSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what was passed counts; ``load_settings`` adds the file and the environment."""
        return (init_settings,)


def load_settings(
    file: Path | None = None,
    flags: Flags | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings from a file, the environment and flags, the later winning.

    ``file`` must exist when it is named; otherwise ``nabla.toml`` of the current folder is read
    if there is one.  ``flags`` are ``{section: {key: value}}``; a value of None was not given.

    Raises SettingsError for a missing or broken file, an unknown key, or an impossible value.
    """
    path, from_file = _read_file(file)
    variables = dict(os.environ if environment is None else environment)
    _check_environment(variables)
    from_flags = {
        section: {key: value for key, value in values.items() if value is not None}
        for section, values in (flags or {}).items()
    }
    for source in (from_file, from_flags):
        _check_keys(source, path if source is from_file else None)
    merged = _merge(from_file, _read_environment(variables), from_flags)
    try:
        return Settings(**merged)
    except ValidationError as error:
        raise SettingsError(_explain(error, path, from_file, variables)) from None


def _read_file(file: Path | None) -> tuple[Path | None, dict[str, Any]]:
    path = file or DEFAULT_FILE
    if not path.is_file():
        if file is None:
            return None, {}
        hint = "Name a TOML file, or leave --config away."
        raise SettingsError(
            Problem("missing-config", f"There is no settings file “{path}”.", hint=hint)
        )
    try:
        return path, tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"This is not TOML: {error}."
        raise SettingsError(Problem("broken-config", message, file=path)) from None


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


def sections() -> dict[str, type[Section]]:
    """The sections by name, in the order in which the manual lists them."""
    return {"server": ServerSettings, "book": BookSettings, "embed": EmbedSettings}


def _check_keys(source: Mapping[str, Any], path: Path | None) -> None:
    for section, values in source.items():
        if section not in sections():
            raise SettingsError(_unknown_section(section, values, path))
        if not isinstance(values, Mapping):
            message = f"“{section}” is a section; write [{section}] with its keys below."
            raise SettingsError(Problem("wrong-setting", message, file=path))
        known = sections()[section].model_fields
        for key in values:
            if key not in known:
                raise SettingsError(_unknown(f"{section}.{key}", key, known, path))


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


def environment_names() -> Iterator[str]:
    """The names of all settings in the environment."""
    for section, model in sections().items():
        for key in model.model_fields:
            yield f"{ENVIRONMENT_PREFIX}{section}__{key}".upper()


def _unknown_section(word: str, values: Any, path: Path | None) -> Problem:
    """A key that was written above all sections is told where it belongs."""
    home = next((name for name, model in sections().items() if word in model.model_fields), None)
    if home is None or isinstance(values, Mapping):
        return _unknown(f"[{word}]", word, sections(), path)
    message = f"“{word}” stands outside its section."
    hint = f"Write [{home}] on a line above it."
    return Problem("unknown-setting", message, hint=hint, file=path)


def _unknown(shown: str, word: str, known: Mapping[str, Any], path: Path | None) -> Problem:
    hint = did_you_mean(word, known) or f"There are: {', '.join(known)}."
    return Problem("unknown-setting", f"There is no setting {shown}.", hint=hint, file=path)


def _explain(
    error: ValidationError,
    path: Path | None,
    from_file: Mapping[str, Any],
    variables: Mapping[str, str],
) -> Problem:
    first = error.errors(include_url=False)[0]
    section, key = (str(part) for part in (*first["loc"][:2], "")[:2])
    name = f"{ENVIRONMENT_PREFIX}{section}__{key}".upper()
    in_environment = next((given for given in variables if given.upper() == name), None)
    reason = first["msg"].removeprefix("Value error, ")
    given = f"{first['input']!r} was given"
    message = f"{in_environment or f'{section}.{key}'} cannot be used ({given}): {reason}."
    written_in_file = not in_environment and key in from_file.get(section, {})
    return Problem("wrong-setting", message, file=path if written_in_file else None)


__all__ = [
    "BookSettings",
    "EmbedSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "environment_names",
    "load_settings",
    "sections",
]
