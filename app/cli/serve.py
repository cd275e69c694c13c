"""``nabla serve``: the book in the reader's browser."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.cli.common import Commands, add_content_flags, add_server_flags, report, settings_of
from app.diagnostics import NablaError, Problem

if TYPE_CHECKING:
    from app.settings import Settings
    from app.settings.server import ServerSettings
    from app.web.observer import Observer


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "serve", help="serve the book to browsers", description="Serve the book to browsers."
    )
    add_server_flags(command)
    add_content_flags(command)
    # How one of several server processes is told of the line to its parent (its file number), its
    # own number and how many there are: 7:1:2.
    command.add_argument("--worker", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.web.logs import configure

    settings = settings_of(options)
    configure(settings.log.format, settings.log.level)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listener(settings.server))
        if options.worker is not None:
            from app import compute

            line, number, processes = map(int, options.worker.split(":"))
            compute.serve_beside(processes - 1)
            parent = stack.enter_context(socket.socket(fileno=line))
            return _serve(settings, listener, parent, tell=number == 1)
        if settings.server.processes > 1:
            return _serve_with_several(settings, listener, options.arguments)
        return _serve(settings, listener)


def _listener(server: ServerSettings) -> contextlib.AbstractContextManager[socket.socket]:
    """Where to listen: on a socket that was handed over, else at a path, else at a port."""
    from app.web.listening import inherited, listen, listening_at

    if server.fd is not None:
        return inherited(server.fd)
    return listening_at(server.socket) if server.socket else listen(server.host, server.port)


def _serve(
    settings: Settings,
    listener: socket.socket,
    parent: socket.socket | None = None,
    tell: bool = True,
) -> int:
    from app.cli.opening import open_book
    from app.web.allocator import share_one_arena
    from app.web.server import run as run_server

    share_one_arena()
    opening = open_book(settings)
    if tell:
        report(opening.problems)
    greet = partial(_greet, settings, listener) if parent is None else _nothing
    observer = opening.application.observer
    with contextlib.closing(observer), _figures(settings, observer):
        return run_server(opening.application, listener, greet, opening.close, parent)


@contextlib.contextmanager
def _figures(settings: Settings, observer: Observer) -> Iterator[None]:
    """Serve figures at their port where one is set, and leave them for the other processes."""
    metrics = settings.metrics
    if not (metrics.port or metrics.token.get_secret_value()):
        yield
        return
    from app.web.figures import Board

    board = Board(observer)
    if metrics.port:
        from app.web.metrics import serve_figures

        serve_figures(metrics.host, metrics.port, board)
    board.start()
    try:
        yield
    finally:
        board.close()


def _serve_with_several(settings: Settings, listener: socket.socket, arguments: list[str]) -> int:
    from app.web.figures import FOLDER
    from app.web.processes import run_processes

    command = [sys.executable, "-P", "-m", "app.cli", *arguments]
    greet = partial(_greet, settings, listener)
    with _temporary_folder() as folder:
        os.environ[FOLDER] = folder  # inherited by all of them
        return run_processes(command, listener, settings.server.processes, greet)


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Where the processes put their figures together. Raises NablaError where none can be made."""
    try:
        return tempfile.TemporaryDirectory(prefix="nabla-figures-")
    except OSError as error:
        message = f"There is no folder for temporary files: {error.strerror}."
        hint = "Let this user write to /tmp (in a container: a tmpfs), or name a folder in TMPDIR."
        raise NablaError(Problem("no-temporary-folder", message, hint=hint)) from None


def _greet(settings: Settings, listener: socket.socket) -> None:
    from app.web.listening import address_of
    from app.web.readiness import tell_systemd

    server, address = settings.server, address_of(listener)
    if not address.startswith("unix:"):
        address += server.prefix + "/"
    several = f" {server.processes} processes serve it." if server.processes > 1 else ""
    watch = " Lessons reload when they are saved." if server.watch else ""
    tell_systemd("READY=1")
    with contextlib.suppress(OSError):  # a log on a full disk is no reason not to serve
        print(f"Nabla is at {address} (Ctrl+C ends it).{several}{watch}", flush=True)


def _nothing() -> None:
    """The parent greets."""
