"""``nabla serve``: the book in the reader's browser."""

from __future__ import annotations

import argparse
from functools import partial

from app.cli.common import Commands, add_content_flags, report, settings_of


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "serve", help="serve the book to browsers", description="Serve the book to browsers."
    )
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", help="port to listen on (default 8000; 0 takes a free one)")
    command.add_argument("--prefix", help="path below which a proxy shows the book")
    add_content_flags(command)
    command.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="reload lessons in open browsers when their files are saved",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.main import create_app
    from app.web.server import address_of, listen
    from app.web.server import run as run_server

    settings = settings_of(options)
    server = settings.server
    with listen(server.host, server.port) as listener:
        address = address_of(listener) + server.prefix + "/"
        application = create_app(settings)
        desk = application.state.desk
        report(desk.problems())
        greet = partial(_greet, address, server.watch)
        return run_server(application, listener, greet, desk.changes.close)


def _greet(address: str, watch: bool) -> None:
    ending = " Lessons reload when they are saved." if watch else ""
    print(f"Nabla is at {address} (Ctrl+C ends it).{ending}", flush=True)
