"""What can go wrong with a job, as the one who waits for it sees it."""

from __future__ import annotations

from app.diagnostics import NablaError, Problem


class Timeout(NablaError):  # noqa: N818 - the name that callers read
    """The job did not finish within its deadline and was ended.

    ``deserved`` is whether it had the processor for a good part of that time.  Where it had not,
    the machine was busy: the problem says so, and the same question may be tried again.
    """

    def __init__(self, seconds: float, *, deserved: bool = True) -> None:
        self.deserved = deserved
        if deserved:
            message = f"This computation took longer than {seconds:g} seconds and was ended."
            problem = Problem("timeout", message, hint="Try a simpler expression.")
        else:
            message = "The server was too busy to finish this computation in time."
            problem = Problem("busy", message, hint="Try again in a few seconds.")
        super().__init__(problem)


class Busy(NablaError):  # noqa: N818
    """Every worker is taken and the queue is full; ``retry_after`` is in seconds."""

    retry_after = 2

    def __init__(self) -> None:
        message = "Too many computations are waiting at the moment."
        super().__init__(Problem("busy", message, hint="Try again in a few seconds."))


class TooManyRequests(NablaError):  # noqa: N818 - the name of the status
    """One client asks too much; it may come again after ``retry_after`` seconds."""

    def __init__(self, retry_after: int = 2) -> None:
        self.retry_after = retry_after
        message = "There are too many requests from your address at the moment."
        seconds = "a second" if retry_after == 1 else f"{retry_after} seconds"
        hint = f"Try again in {seconds}."
        super().__init__(Problem("too-many-requests", message, hint=hint))


class Interrupted(NablaError):  # noqa: N818
    """The worker process was ended by somebody else while it was at the job."""

    retry_after = 1

    def __init__(self) -> None:
        message = "The computation was interrupted."
        super().__init__(Problem("busy", message, hint="Try again in a few seconds."))


class TooLarge(NablaError):  # noqa: N818
    """The job came up against the memory limit, or nested deeper than a stack may grow."""

    def __init__(self) -> None:
        message = "This computation needs more memory than one question may have."
        super().__init__(Problem("too-large", message, hint="Try a simpler expression."))


class JobFailed(Exception):  # noqa: N818 - a defect, not an error of the reader
    """The job raised what it should not.

    The message names the kind of failure for the log; it is never shown to readers.
    """
