"""Sections for whoever runs the book: where it is served, and who may frame its widgets."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from app.settings.base import Section, Words
from app.web.clients import networks_of


class ServerSettings(Section):
    """Where the book is served."""

    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(
        default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one"
    )
    socket: Path | None = Field(
        default=None, description="Unix socket to listen at instead of a port; its group may ask"
    )
    fd: int | None = Field(
        default=None,
        ge=0,
        description="number of a listening socket that was handed over, as systemd does with 3",
    )
    processes: int = Field(
        default=1,
        ge=1,
        le=64,
        description="server processes that share the address; each has its own workers, caches "
        "and limits, unless cache.redis is set",
    )
    prefix: str = Field(
        default="", description="path below which a proxy shows the book, such as /course"
    )
    watch: bool = Field(
        default=False, description="reload lessons in open browsers when their files change"
    )
    trusted_proxies: Words = Field(
        default=(),
        description="addresses or networks of proxies that tell the reader's own address in "
        "X-Forwarded-For, such as 127.0.0.1 or 10.0.0.0/8; others are not believed",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        try:
            networks_of(proxies)
        except ValueError:
            raise ValueError(
                "write addresses or networks, such as 127.0.0.1 or 10.0.0.0/8"
            ) from None
        return proxies

    @field_validator("prefix")
    @classmethod
    def _is_a_path(cls, prefix: str) -> str:
        trimmed = prefix.rstrip("/")
        if trimmed and not trimmed.startswith("/"):
            raise ValueError("a prefix starts with a slash, such as /course")
        if any(character in trimmed for character in "?#%\\ \"'<>"):
            raise ValueError("a prefix consists of plain path segments, such as /course/book")
        return trimmed


class OfflineSettings(Section):
    """Reading without a connection."""

    reading: bool = Field(
        default=True,
        description="let browsers keep the pages that a reader has opened, for reading offline; "
        "needs https or localhost, and is off while files are watched",
    )


class EmbedSettings(Section):
    """Who may show the book's widgets inside their own pages."""

    ancestors: Words = Field(
        default=("*",),
        description="origins that may frame /embed/<widget>: a list, or text with blanks",
    )

    @field_validator("ancestors")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not origin or any(character in origin for character in ";, \t\r\n'\""):
                raise ValueError(f"“{origin}” is not an origin; write https://moodle.example")
        return origins


__all__ = ["EmbedSettings", "OfflineSettings", "ServerSettings"]
