"""What the privacy page says: facts of the running configuration, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Privacy:
    """How this server is set up, as far as it concerns who reads.

    ``level`` is the least that is logged, ``rates`` what one address may ask for, ``memory`` the
    megabytes of results that are kept, ``shared`` whether a Redis keeps them too.
    """

    level: str = "warning"
    requests_logged: bool = False
    rates: str = ""
    in_flight: int = 8
    memory: int = 64
    shared: bool = False
    metrics: bool = False
    ancestors: tuple[str, ...] = ()

    @property
    def framed_by_anyone(self) -> bool:
        """Whether every site may show a widget in its own pages."""
        return "*" in self.ancestors


__all__ = ["Privacy"]
