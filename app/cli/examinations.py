"""What ``nabla doctor`` looks at with the settings in force: where the book listens, what it keeps,
Redis, worker processes, the content.

Each examination finds one thing right or wrong, and what to do.  It never raises: whatever breaks
in it is itself a finding.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from app.cli.check import examined
from app.cli.formats import count
from app.cli.installation import AGAIN, Finding, words
from app.diagnostics import NablaError

if TYPE_CHECKING:
    from app.settings import Settings

REDIS_SECONDS: Final = 2.0
WORKER_SECONDS: Final = 10.0

Examination = Callable[["Settings"], Iterator[Finding]]


def address(settings: Settings) -> Iterator[Finding]:
    """The server can listen where it is told to."""
    server = settings.server
    if server.fd is not None:
        message = f"The socket is handed over as file {server.fd} when the server is started."
        yield Finding("address", message)
    elif server.socket:
        yield _socket(Path(server.socket).absolute())
    else:
        yield _port("address", server.host, server.port)


def _socket(path: Path) -> Finding:
    from app.web.listening import listening_at

    try:
        with listening_at(path):
            return Finding("address", f"A socket can be made at {path}.")
    except NablaError as error:
        return _taken("address", str(path), error, _SocketConnection(path))


class _SocketConnection(http.client.HTTPConnection):
    """A connection through a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=1)
        self._path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _port(name: str, host: str, port: int) -> Finding:
    from app.web.listening import listen

    try:
        with listen(host, port):
            return Finding(name, f"{host}:{port} is free.")
    except NablaError as error:
        near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        connection = http.client.HTTPConnection(near, port, timeout=1)
        return _taken(name, f"{host}:{port}", error, connection)


def _taken(
    name: str, where: str, error: NablaError, connection: http.client.HTTPConnection
) -> Finding:
    """An address that cannot be had: most often the book itself is there."""
    hint = error.problem.hint or ""
    try:
        with contextlib.closing(connection):
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            is_ours = answer.getheader("X-Request-ID") is not None and answer.read(8) == b"ok\n"
    except (OSError, http.client.HTTPException):
        is_ours = False
    if is_ours:
        message = f"A server of this book answers at {where} already."
        return Finding(name, message, "warning", hint)
    return Finding(name, error.problem.message, "error", hint)


def figures(settings: Settings) -> Iterator[Finding]:
    """The port for figures, where there is one."""
    metrics, server = settings.metrics, settings.server
    if not metrics.port:
        return
    found = _port("metrics", metrics.host, metrics.port)
    is_port = server.socket is None and server.fd is None
    if found.level == "ok" and is_port and metrics.port == server.port:
        message = f"The figures cannot have port {metrics.port}, which is that of the book."
        hint = "Choose another port in the section [metrics], or 0 for none."
        found = Finding("metrics", message, "error", hint)
    yield found


def workers(_: Settings) -> Iterator[Finding]:
    """A worker process starts and answers."""
    from app import compute

    try:
        answered = compute.answers(WORKER_SECONDS)
    finally:
        compute.close()
    if answered:
        yield Finding("workers", "A worker process starts and answers.")
        return
    hint = (
        "Readable forms of derivatives would be missing. Check that the user may start processes "
        "(ulimit -u, TasksMax) and that there are 500 MB of memory."
    )
    yield Finding("workers", "No worker process answers.", "error", hint)


def redis(settings: Settings) -> Iterator[Finding]:
    """The Redis of the settings can be reached."""
    text = settings.cache.redis.get_secret_value()
    if not text:
        return
    import redis as library

    parts = urlsplit(text)
    where = f"{parts.hostname}:{parts.port or 6379}" if parts.hostname else parts.path
    try:
        client = library.Redis.from_url(
            text, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        )
        client.ping()
        client.close()
    except (library.RedisError, OSError, ValueError) as error:
        hint = (
            "The book works without, but results and rates are not shared. Check that Redis runs, "
            "and the address and password of the setting [cache] redis."
        )
        message = f"Redis at {where} does not answer ({type(error).__name__})."
        yield Finding("redis", message, "error", hint)
        return
    yield Finding("redis", f"Redis at {where} answers.")


def content(settings: Settings) -> Iterator[Finding]:
    """The book can be loaded, and has no mistakes."""
    from app.main import content_folder

    folder = content_folder(settings)
    _, problems = examined(folder)
    levels = Counter(each.level for each in problems)
    errors, warnings = levels["error"], levels["warning"]
    if not errors and not warnings:
        yield Finding("content", f"The content in {folder} has no mistakes.")
        return
    hint = f"List them with: nabla check --content {folder}"
    level: Literal["error", "warning"] = "error" if errors else "warning"
    first = next(each for each in problems if each.level == level)
    counted = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
    yield Finding("content", f"The content in {folder}: {counted}. {first}", level, hint)


def cache(_: Settings) -> Iterator[Finding]:
    """Printed editions can be kept, so that the next start is quick."""
    from app.pages.storeroom import Storeroom

    folder = Storeroom().folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        hint = (
            "The book works without, but every start prints it anew, which takes some seconds. "
            "Let the user write there, or name another folder in XDG_CACHE_HOME."
        )
        yield Finding("cache", f"{folder} cannot be written: {words(error)}.", "warning", hint)
        return
    if folder.stat().st_mode & 0o022:
        hint = f"Others may write there, so it is not trusted: chmod 700 {folder}"
        yield Finding("cache", f"{folder} is not private.", "warning", hint)
    else:
        yield Finding("cache", f"{folder} can be written.")


EXAMINATIONS: Final[tuple[Examination, ...]] = (
    *(address, figures, cache, redis, workers, content),
)


def examine_all(settings: Settings) -> Iterator[Finding]:
    """What all examinations find; one that breaks is a finding itself."""
    for examination in EXAMINATIONS:
        try:
            yield from examination(settings)
        except NablaError as error:
            problem = error.problem
            yield Finding(examination.__name__, problem.message, "error", problem.hint or "")
        except Exception as error:
            message = f"This could not be examined: {type(error).__name__}."
            yield Finding(examination.__name__, message, "error", AGAIN)


__all__ = ["EXAMINATIONS", "examine_all"]
