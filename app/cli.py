"""The command ``nabla``: serve the book, check it, differentiate in the terminal.

Every mistake that a person can make here ends in one sentence and an exit code of 2 (a wrong
command or setting) or 1 (content with errors, a port in use); a traceback is a defect of ours.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.diagnostics import NablaError

EXIT_FAILED = 1
EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help()
        return EXIT_USAGE
    try:
        return int(options.run(options))
    except NablaError as error:
        print(f"nabla: {error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, described."""
    parser = argparse.ArgumentParser(
        prog="nabla",
        description="Nabla, the interactive textbook of matrix calculus.",
        epilog="Settings may also stand in nabla.toml or in the environment (NABLA__SERVER__PORT).",
    )
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="<command>")
    _add_serve(commands)
    _add_check(commands)
    return parser


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "serve", help="serve the book to browsers", description="Serve the book to browsers."
    )
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", help="port to listen on (default 8000; 0 takes a free one)")
    command.add_argument("--prefix", help="path below which a proxy shows the book")
    _add_common(command)
    command.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="reload lessons in open browsers when their files are saved",
    )
    command.set_defaults(run=_serve)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "check",
        help="check the whole content and list every mistake",
        description="Check lessons, formulas, identities and references; list every mistake.",
    )
    _add_common(command)
    command.set_defaults(run=_check)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, help="settings file (default ./nabla.toml if there)")
    command.add_argument("--content", help="folder with book.toml (default: the book's own)")


def _flags(options: argparse.Namespace) -> dict[str, dict[str, object]]:
    names = ("host", "port", "prefix", "watch")
    server = {name: getattr(options, name, None) for name in names}
    return {"server": server, "book": {"content": options.content}}


# The rooms that a command needs are imported when it runs: `nabla --help` does not wait for SymPy.


def _serve(options: argparse.Namespace) -> int:
    from app.serving import serve
    from app.settings import load_settings

    return serve(load_settings(options.config, _flags(options)))


def _check(options: argparse.Namespace) -> int:
    from app.main import check
    from app.settings import load_settings

    return check(load_settings(options.config, _flags(options)))


if __name__ == "__main__":
    sys.exit(main())
