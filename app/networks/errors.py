"""What can be wrong with a network that somebody asks for."""

from __future__ import annotations

from app.diagnostics import NablaError, Problem


class NetworkError(NablaError):
    """The network, its input or its target does not fit together."""


def network_error(code: str, message: str, hint: str | None = None) -> NetworkError:
    """A fault with what to do about it."""
    return NetworkError(Problem(code=code, message=message, hint=hint))
