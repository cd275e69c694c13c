"""What can go wrong with a job, as the one who waits for it sees it."""

from __future__ import annotations

from app.diagnostics import NablaError, Problem


class Timeout(NablaError):  # noqa: N818 - the name that callers read
    """The job did not finish within its deadline and was ended."""

    def __init__(self, seconds: float) -> None:
        message = f"This computation took longer than {seconds:g} seconds and was ended."
        super().__init__(Problem("timeout", message, hint="Try a simpler expression."))


class Busy(NablaError):  # noqa: N818
    """Every worker is taken and the queue is full; ``retry_after`` is in seconds."""

    retry_after = 2

    def __init__(self) -> None:
        message = "Too many computations are waiting at the moment."
        super().__init__(Problem("busy", message, hint="Try again in a few seconds."))


class JobFailed(Exception):  # noqa: N818 - a defect or a wall, not an error of the reader
    """The job raised something else, or its process died (for instance of its memory limit).

    The message names the kind of failure for the log; it is never shown to readers.
    """
