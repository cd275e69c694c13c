"""The command ``nabla``: serve the book, check it, differentiate in the terminal.

Every mistake that a person can make here ends in one sentence and an exit code of 2 (a wrong
command or setting) or 1 (content with errors, a port in use); a traceback is a defect of ours.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.diagnostics import NablaError, Problem

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
    command.add_argument(
        "--config", type=Path, help="settings file (default ./nabla.toml if there)"
    )
    command.add_argument("--content", help="folder with book.toml (default: the book's own)")


def _flags(options: argparse.Namespace) -> dict[str, dict[str, object]]:
    names = ("host", "port", "prefix", "watch")
    server = {name: getattr(options, name, None) for name in names}
    return {"server": server, "book": {"content": options.content}}


# The rooms that a command needs are imported when it runs: `nabla --help` does not wait for SymPy.


def _serve(options: argparse.Namespace) -> int:
    from app.main import create_app
    from app.settings import load_settings
    from app.web.server import address_of, listen, run

    settings = load_settings(options.config, _flags(options))
    server = settings.server
    with listen(server.host, server.port) as listener:
        address = address_of(listener) + server.prefix + "/"
        application = create_app(settings)
        desk = application.state.desk
        _report(desk.problems())
        return run(application, listener, lambda: _greet(address, server.watch), desk.changes.close)


def _greet(address: str, watch: bool) -> None:
    ending = " Lessons reload when they are saved." if watch else ""
    print(f"Nabla is at {address} (Ctrl+C ends it).{ending}", flush=True)


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr, flush=True)


def _check(options: argparse.Namespace) -> int:
    from app.lessons.check import check
    from app.main import content_folder, widgets_folder
    from app.settings import load_settings

    settings = load_settings(options.config, _flags(options))
    problems = check(content_folder(settings), widgets=widgets_folder())
    _report(problems)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    print(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    return EXIT_FAILED if errors else 0


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
