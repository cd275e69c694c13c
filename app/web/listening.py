"""Where the server listens: at a port, at a path (a Unix socket), or on a socket that it was given.

A socket that was given outlives the server: systemd, or the process that minds several servers,
holds it, so that readers who come during a restart wait a moment instead of being refused.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from app.diagnostics import NablaError, Problem

BACKLOG = 2048
SOCKET_MODE = 0o660
"""Who may ask through a Unix socket: its owner, and its group, to which the proxy belongs."""


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
        listener.listen(BACKLOG)
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


@contextlib.contextmanager
def listening_at(path: Path) -> Iterator[socket.socket]:
    """A listening Unix socket, removed at the end.

    A socket that an earlier server left behind is replaced.  Raises AddressError when a program
    still listens there, when something else has that name, or when the folder cannot be written.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with listener:
        try:
            _remove_leftover(path)
            _bind_privately(listener, path)
            path.chmod(SOCKET_MODE)
            listener.listen(BACKLOG)
        except OSError as error:
            raise AddressError(_explain_path(error, path)) from None
        identity = _identity(path)
        try:
            yield listener
        finally:
            with contextlib.suppress(OSError):
                if _identity(path) == identity:  # or else another server has come in between
                    path.unlink()


def _remove_leftover(path: Path) -> None:
    if not path.is_socket():
        return  # nothing is there, or somebody's file: binding tells
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
        try:
            visitor.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()


def _bind_privately(listener: socket.socket, path: Path) -> None:
    """Bind so that nobody can connect before the permissions are set."""
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)


def _identity(path: Path) -> tuple[int, int]:
    status = path.lstat()
    return status.st_dev, status.st_ino


def _explain_path(error: OSError, path: Path) -> Problem:
    if error.errno == errno.EADDRINUSE:
        if path.is_socket():
            hint = "Stop that program, or choose another path with --socket."
            return Problem("socket-in-use", f"A program listens at “{path}”.", hint=hint)
        hint = "Choose a path that does not exist; its folder must."
        return Problem("socket-taken", f"“{path}” is there and is no socket.", hint=hint)
    if "too long" in str(error):  # the kernel has room for about a hundred bytes
        hint = "Choose a shorter path, such as /run/nabla/nabla.sock."
        return Problem("socket-path-long", f"“{path}” is too long for a socket.", hint=hint)
    reason = os.strerror(error.errno) if error.errno else str(error)
    hint = "Choose a folder that exists and that this user may write to."
    message = f"No socket can be made at “{path}”: {reason}."
    return Problem("socket-forbidden", message, hint=hint)


def inherited(number: int) -> socket.socket:
    """The listening socket with this file number, opened by whoever started this process.

    Raises AddressError when the number is no listening stream socket.
    """
    try:
        listener = socket.socket(fileno=number)
    except OSError:
        raise AddressError(_explain_number(number, "is no open socket")) from None
    if listener.type != socket.SOCK_STREAM or not _listens(listener):
        listener.detach()  # it belongs to somebody else
        raise AddressError(_explain_number(number, "does not listen for connections"))
    listener.set_inheritable(False)
    return listener


def _listens(listener: socket.socket) -> bool:
    if not hasattr(socket, "SO_ACCEPTCONN"):  # a system that cannot tell
        return True
    return bool(listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


def _explain_number(number: int, fault: str) -> Problem:
    hint = "--fd takes the number under which a listening socket was handed over; systemd's is 3."
    return Problem("bad-fd", f"File number {number} {fault}.", hint=hint)


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser; for a Unix socket ``unix:`` and its path."""
    if listener.family == socket.AF_UNIX:
        return f"unix:{listener.getsockname()}"
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
