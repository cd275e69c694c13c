"""What ``nabla doctor`` looks at: each examination finds one thing right or wrong, and what to do.

An examination never raises: whatever breaks in it is itself a finding.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from app.cli.formats import count
from app.diagnostics import NablaError

if TYPE_CHECKING:
    from app.settings import Settings

DISTRIBUTION: Final = "nabla-textbook"
OLDEST_PYTHON: Final = (3, 11)
REDIS_SECONDS: Final = 2.0
WORKER_SECONDS: Final = 10.0
# A row of static/vendor/README.md: the file comes first, its SHA-256 last.
_VENDORED: Final = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``hint`` says what to do where it is not right."""

    name: str
    message: str
    level: Literal["ok", "warning", "error"] = "ok"
    hint: str = ""


Examination = Callable[["Settings"], Iterator[Finding]]


def python(_: Settings) -> Iterator[Finding]:
    """The interpreter is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        hint = f"Install Python {wanted} or newer and create the environment with it."
        yield Finding("python", f"Python {found} is too old.", "error", hint)
    else:
        yield Finding("python", f"Python {found}.")


def libraries(_: Settings) -> Iterator[Finding]:
    """Every library that the book needs is installed."""
    try:
        wanted = [each for each in requires(DISTRIBUTION) or () if "extra ==" not in each]
    except PackageNotFoundError:
        hint = "Install it with pip, also from a checkout: pip install -e ."
        message = "The book runs from its files and is not installed, so libraries are not known."
        yield Finding("libraries", message, "warning", hint)
        return
    missing = [name for name in map(_name, wanted) if not _is_installed(name)]
    if missing:
        hint = "Install the book again: pip install --force-reinstall " + DISTRIBUTION
        yield Finding("libraries", f"Missing: {', '.join(missing)}.", "error", hint)
    else:
        yield Finding("libraries", f"All {len(wanted)} libraries are installed.")


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def files(_: Settings) -> Iterator[Finding]:
    """Content, templates and static files are there, and vendored ones are as they were shipped."""
    from app.resources import book_root

    hint = "The installation is damaged; install the book again."
    try:
        vendor = book_root() / "static" / "vendor"
        table = _VENDORED.findall((vendor / "README.md").read_text("utf-8"))
    except OSError as error:
        yield Finding("files", f"Files of the book are missing: {_words(error)}.", "error", hint)
        return
    missing = [name for name, _ in table if not (vendor / name).is_file()]
    changed = [
        name for name, digest in table if name not in missing and _digest(vendor / name) != digest
    ]
    for what, names in (("missing", missing), ("not as shipped", changed)):
        if names:
            yield Finding("files", f"Vendored files {what}: {', '.join(names)}.", "error", hint)
    if not missing and not changed:
        yield Finding("files", f"{len(table)} vendored files have the checksums they should have.")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def address(settings: Settings) -> Iterator[Finding]:
    """The server can listen where it is told to."""
    server = settings.server
    if server.fd is not None:
        yield Finding("address", f"The socket is handed over as file {server.fd}.")
    elif server.socket:
        yield from _socket_folder(Path(server.socket).absolute().parent)
    else:
        yield _port("address", server.host, server.port)


def _socket_folder(folder: Path) -> Iterator[Finding]:
    if os.access(folder, os.W_OK | os.X_OK):
        yield Finding("address", f"A socket can be made in {folder}.")
        return
    hint = f"Create {folder}, owned by the user that runs the server."
    yield Finding("address", f"No socket can be made in {folder}.", "error", hint)


def _port(name: str, host: str, port: int) -> Finding:
    from app.web.listening import listen

    try:
        with listen(host, port):
            return Finding(name, f"{host}:{port} is free.")
    except NablaError as error:
        hint = error.problem.hint or ""
        if _is_nabla(host, port):
            message = f"A server of this book answers at {host}:{port} already."
            return Finding(name, message, "warning", hint)
        return Finding(name, error.problem.message, "error", hint)


def _is_nabla(host: str, port: int) -> bool:
    """Whether what listens there answers as the book does."""
    import http.client

    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        with contextlib.closing(http.client.HTTPConnection(host, port, timeout=1)) as connection:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.getheader("X-Request-ID") is not None and answer.read(8) == b"ok\n"
    except (OSError, http.client.HTTPException):
        return False


def figures(settings: Settings) -> Iterator[Finding]:
    """The port for figures, where there is one."""
    if settings.metrics.port:
        yield _port("metrics", settings.metrics.host, settings.metrics.port)


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
    from app.lessons.check import examine
    from app.main import content_folder, widgets_folder

    folder = content_folder(settings)
    levels = Counter(each.level for each in examine(folder, widgets=widgets_folder()).problems)
    errors, warnings = levels["error"], levels["warning"]
    if not errors and not warnings:
        yield Finding("content", f"The content in {folder} has no mistakes.")
        return
    hint = f"List them with: nabla check --content {folder}"
    message = f"The content in {folder}: {count(errors, 'error')}, {count(warnings, 'warning')}."
    yield Finding("content", message, "error" if errors else "warning", hint)


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
        yield Finding("cache", f"{folder} cannot be written: {_words(error)}.", "warning", hint)
        return
    if folder.stat().st_mode & 0o022:
        hint = f"Others may write there, so it is not trusted: chmod 700 {folder}"
        yield Finding("cache", f"{folder} is not private.", "warning", hint)
    else:
        yield Finding("cache", f"{folder} can be written.")


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).rstrip(".").lower()


EXAMINATIONS: Final[tuple[Examination, ...]] = (
    *(python, libraries, files, address, figures),
    *(cache, redis, workers, content),
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
            hint = "The installation is damaged; install the book again."
            yield Finding(examination.__name__, message, "error", hint)


__all__ = ["EXAMINATIONS", "Finding", "examine_all"]
