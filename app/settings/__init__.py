"""What an instructor configures: ``nabla.toml`` < environment < flags.

Every setting is declared once, with its meaning and its default, as a field of a section.  In the
file a setting is ``key = value`` below ``[section]``; in the environment it is
``NABLA__SECTION__KEY``.  A key that does not exist is refused, with the nearest one that does,
wherever it was written.  ``nabla config`` prints the values and where each was written.

    base      what a section is           model     the sections together
    server    [server], [embed]           loading   file, environment and flags become settings
    course    [book], [course], [code],   origins   where a value was written
              [links], [report]           showing   settings as TOML and JSON, secrets hidden
    theme     [theme]                     limits    [limits], [cache]
    operation [log], [metrics]            reasons   why a value cannot be used

A value that must not be shown (a token, a password) is a pydantic ``SecretStr``.  Read by
``app.main`` and ``app.cli`` only; the rooms below receive plain values.
"""

from app.settings.course import (
    BookSettings,
    CodeSettings,
    CourseSettings,
    LinksSettings,
    ReportSettings,
)
from app.settings.limits import CacheSettings, LimitsSettings
from app.settings.loading import DEFAULT_FILE, SettingsError, load_settings, load_with_origins
from app.settings.model import Settings, environment_names, sections
from app.settings.origins import Origin
from app.settings.server import EmbedSettings, OfflineSettings, ServerSettings
from app.settings.theme import ThemeSettings

__all__ = [
    "DEFAULT_FILE",
    "BookSettings",
    "CacheSettings",
    "CodeSettings",
    "CourseSettings",
    "EmbedSettings",
    "LimitsSettings",
    "LinksSettings",
    "OfflineSettings",
    "Origin",
    "ReportSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "ThemeSettings",
    "environment_names",
    "load_settings",
    "load_with_origins",
    "sections",
]
