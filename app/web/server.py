"""Running the application in a server process: the start, the signals and the end."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from app.web.protocol import Protocol

# Requests under way may finish: all walls of a computation together (a turn, a place in the queue,
# the deadline) are lower.  Whoever still waits after this many seconds is cut off.
GRACE_SECONDS = 12
CONNECTIONS = 16_384
TURN_SECONDS = 0.0005
"""How long a thread that computes may keep the interpreter while the event loop waits for it.

Python's own 5 ms, ten times as long, are what a page would wait at each of its system calls.
"""
READY = b"1"


class Server(uvicorn.Server):
    """A server that tells when it starts to answer and when it is asked to end.

    ``parent`` is the line to the process that minds this one (``app.web.processes``): it is told
    when the server answers, and when it hangs up the server ends.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        on_start: Callable[[], None],
        on_stop: Callable[[], None],
        parent: socket.socket | None = None,
    ) -> None:
        super().__init__(config)
        self._on_start = on_start
        self._on_stop = on_stop
        self._parent = parent

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()
            if self._parent is not None:
                self._report_to(self._parent)

    def _report_to(self, parent: socket.socket) -> None:
        parent.setblocking(False)
        loop = asyncio.get_running_loop()

        def hung_up() -> None:
            loop.remove_reader(parent)
            self.handle_exit(signal.SIGTERM, None)

        loop.add_reader(parent, hung_up)
        with contextlib.suppress(OSError):
            parent.send(READY)

    def handle_exit(self, sig: int, frame: object) -> None:
        self._on_stop()
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


def _allow_many_connections() -> None:
    """Each connection is an open file, and a thousand readers keep more than the usual 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = CONNECTIONS if hard == resource.RLIM_INFINITY else min(CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def run(
    application: ASGIApp,
    listener: socket.socket,
    on_start: Callable[[], None],
    on_stop: Callable[[], None],
    parent: socket.socket | None = None,
) -> int:
    """Serve until a signal, or until ``parent`` hangs up; returns the exit code."""
    config = uvicorn.Config(
        application,
        http=Protocol,
        ws="none",
        log_level="warning",
        log_config=None,  # app.web.logs writes all logs
        access_log=False,
        server_header=False,
        proxy_headers=False,  # app.web.clients believes the proxies that the settings name
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    _allow_many_connections()
    sys.setswitchinterval(TURN_SECONDS)
    server = Server(config, on_start, on_stop, parent)
    # uvicorn raises the signal once more when it has shut down; a clean end is no failure.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: None)
    # What renews several processes ends a single one: whoever holds its socket starts it again.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: server.handle_exit(signal.SIGTERM, None))
    server.run(sockets=[listener])
    return 0 if server.started else 1
