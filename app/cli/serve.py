"""``nabla serve``: the book in the reader's browser."""

from __future__ import annotations

import argparse
import contextlib
from functools import partial

from app.cli.common import Commands, add_content_flags, add_server_flags, report, settings_of


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "serve", help="serve the book to browsers", description="Serve the book to browsers."
    )
    add_server_flags(command)
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.cli.opening import open_book
    from app.web.server import address_of, listen
    from app.web.server import run as run_server

    settings = settings_of(options)
    server = settings.server
    with listen(server.host, server.port) as listener:
        address = address_of(listener) + server.prefix + "/"
        opening = open_book(settings)
        report(opening.problems)
        greet = partial(_greet, address, server.watch)
        return run_server(opening.application, listener, greet, opening.close)


def _greet(address: str, watch: bool) -> None:
    ending = " Lessons reload when they are saved." if watch else ""
    with contextlib.suppress(OSError):  # a log on a full disk is no reason not to serve
        print(f"Nabla is at {address} (Ctrl+C ends it).{ending}", flush=True)
