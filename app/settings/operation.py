"""Sections for whoever watches over the server: what it writes to its log, and its figures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, field_validator

from app.settings.base import Section

SHORTEST_TOKEN = 16


class LogSettings(Section):
    """What stands in the log, on standard error.  What readers type never does."""

    format: Literal["text", "json"] = Field(
        default="text", description="text for people, or json: one object a line"
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="the least that is written"
    )
    requests: bool = Field(
        default=False,
        description="a line for each request: its page or route, status, time and id, "
        "but no address of a reader and nothing that was typed",
    )


class MetricsSettings(Section):
    """Figures for Prometheus: at /metrics for who has the token, or on a port of their own."""

    token: SecretStr = Field(
        default=SecretStr(""),
        description="bearer token with which /metrics answers; empty: it does not",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="address to listen on for figures"
    )
    port: int = Field(
        default=0, ge=0, le=65535, description="port that serves figures alone; 0 for none"
    )

    @field_validator("token")
    @classmethod
    def _is_hard_to_guess(cls, token: SecretStr) -> SecretStr:
        text = token.get_secret_value()
        if text and (len(text) < SHORTEST_TOKEN or not text.isascii() or not text.isprintable()):
            raise ValueError(
                f"a token has at least {SHORTEST_TOKEN} letters and digits, "
                'such as those of python -c "import secrets; print(secrets.token_urlsafe())"'
            )
        return token


__all__ = ["LogSettings", "MetricsSettings"]
