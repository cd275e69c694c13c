"""Running the application in a server process: the port, the signals and the end."""

from __future__ import annotations

import contextlib
import errno
import resource
import signal
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from app.diagnostics import NablaError, Problem
from app.web.protocol import Protocol

# Requests under way may finish; whoever still waits after this many seconds is cut off.
GRACE_SECONDS = 3
CONNECTIONS = 16_384


class AddressError(NablaError):
    """The server cannot listen where it was told to."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises AddressError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, for only then asyncio sends at once what is written (TCP_NODELAY); otherwise the
    # body waits up to 40 ms for the acknowledgement of the headers.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise AddressError(_explain(error, host, port)) from None
    return listener


def _explain(error: OSError, host: str, port: int) -> Problem:
    if error.errno == errno.EADDRINUSE:
        hint = f"Stop it, or choose another port: nabla serve --port {port % 65535 + 1}"
        return Problem("port-in-use", f"Another program listens on {host}:{port}.", hint=hint)
    if error.errno in {errno.EACCES, errno.EPERM}:
        hint = "Ports below 1024 are reserved; choose a higher one, such as 8000."
        return Problem("port-forbidden", f"Listening on port {port} is not permitted.", hint=hint)
    hint = "Use 127.0.0.1 for this computer alone, or 0.0.0.0 for all who can reach it."
    return Problem("bad-host", f"“{host}” is no address of this computer.", hint=hint)


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """A server that tells when it starts to answer and when it is asked to end."""

    def __init__(
        self, config: uvicorn.Config, on_start: Callable[[], None], on_stop: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._on_start = on_start
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

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
) -> int:
    """Serve until a signal; returns the exit code."""
    config = uvicorn.Config(
        application,
        http=Protocol,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # app.web.clients believes the proxies that the settings name
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    _allow_many_connections()
    server = Server(config, on_start, on_stop)
    # uvicorn raises the signal once more when it has shut down; a clean end is no failure.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: None)
    server.run(sockets=[listener])
    return 0 if server.started else 1
