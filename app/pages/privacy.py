"""What the privacy page says: facts of the running configuration, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.kept import BYTES


@dataclass(frozen=True, slots=True)
class Privacy:
    """How this server is set up, as far as it concerns who reads.

    ``level`` is the least that is logged, ``rates`` what one address may ask for, ``memory`` and
    ``answers`` the megabytes of results and of answers as they were sent that are kept, ``shared``
    whether a Redis keeps results, too.
    """

    level: str = "warning"
    requests_logged: bool = False
    rates: str = ""
    in_flight: int = 8
    memory: int = 64
    answers: int = BYTES // 2**20
    shared: bool = False
    metrics: bool = False
    ancestors: tuple[str, ...] = ()

    @property
    def framed_by_anyone(self) -> bool:
        """Whether every site may show a widget in its own pages."""
        return "*" in self.ancestors


__all__ = ["Privacy"]
