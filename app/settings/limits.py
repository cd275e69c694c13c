"""Sections for whoever runs the book for many: how much one reader may ask, what is remembered."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator

from app.settings.base import Section
from app.web.rates import RATES, check_rates


class LimitsSettings(Section):
    """How much one address may ask.  A classroom shares one, so these are loose."""

    rates: str = Field(
        default=RATES,
        description="computations for one address, such as “200/second; 6000/minute”; "
        "empty for no limit. Remembered answers are not counted",
    )
    in_flight: int = Field(
        default=8, ge=1, le=1000, description="computations for one address at the same time"
    )

    patience: float | None = Field(
        default=None,
        gt=0,
        le=100,
        description="factor for the deadlines of computations, above 1 on a slow machine",
    )

    @field_validator("rates")
    @classmethod
    def _can_be_read(cls, rates: str) -> str:
        try:
            check_rates(rates)
        except ValueError:
            raise ValueError("write rates as “200/second; 6000/minute”") from None
        return rates.strip()


class CacheSettings(Section):
    """Where results are remembered."""

    memory: int = Field(
        default=64, ge=1, le=65_536, description="megabytes of results in each server process"
    )
    redis: SecretStr = Field(
        default=SecretStr(""),
        description="Redis that servers share for results and rates, such as "
        "redis://localhost:6379/0; empty for none",
    )

    @field_validator("redis")
    @classmethod
    def _is_an_address(cls, address: SecretStr) -> SecretStr:
        text = address.get_secret_value()
        if text and not text.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("write an address such as redis://localhost:6379/0")
        return address


__all__ = ["CacheSettings", "LimitsSettings"]
