"""All sections in one place: whoever adds a section adds one line here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from app.settings.base import Section
from app.settings.course import (
    BookSettings,
    CodeSettings,
    CourseSettings,
    LinksSettings,
    ReportSettings,
)
from app.settings.limits import CacheSettings, LimitsSettings
from app.settings.operation import LogSettings, MetricsSettings
from app.settings.server import EmbedSettings, OfflineSettings, ServerSettings
from app.settings.theme import ThemeSettings

ENVIRONMENT_PREFIX = "NABLA__"


class Settings(BaseSettings):
    """All settings.  Build them with ``load_settings``, or directly in a test."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, enable_decoding=False)

    server: ServerSettings = ServerSettings()
    book: BookSettings = BookSettings()
    course: CourseSettings = CourseSettings()
    theme: ThemeSettings = ThemeSettings()
    code: CodeSettings = CodeSettings()
    links: LinksSettings = LinksSettings()
    report: ReportSettings = ReportSettings()
    embed: EmbedSettings = EmbedSettings()
    offline: OfflineSettings = OfflineSettings()
    limits: LimitsSettings = LimitsSettings()
    cache: CacheSettings = CacheSettings()
    log: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()

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


def sections() -> dict[str, type[Section]]:
    """The sections by name, in the order in which the manual lists them."""
    fields = Settings.model_fields.items()
    return {name: cast("type[Section]", field.annotation) for name, field in fields}


def environment_name(section: str, key: str) -> str:
    """The name of a setting in the environment."""
    return f"{ENVIRONMENT_PREFIX}{section}__{key}".upper()


def environment_names() -> Iterator[str]:
    """The names of all settings in the environment."""
    for section, model in sections().items():
        for key in model.model_fields:
            yield environment_name(section, key)


__all__ = ["ENVIRONMENT_PREFIX", "Settings", "environment_name", "environment_names", "sections"]
