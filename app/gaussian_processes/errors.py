"""What can be wrong with a Gaussian process that somebody asks for."""

from __future__ import annotations

from app.diagnostics import NablaError, Problem


class ProcessError(NablaError):
    """The data, the kernel or its hyperparameters cannot be used."""


def process_error(code: str, message: str, hint: str | None = None) -> ProcessError:
    """A fault with what to do about it."""
    return ProcessError(Problem(code=code, message=message, hint=hint))
