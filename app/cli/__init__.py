"""The command ``nabla``: serve the book, write and check it, differentiate in the terminal.

Every mistake that a person can make here ends in a sentence of ours and an exit code: 2 for a wrong
command, setting or expression, 1 for content with errors; a traceback is a defect of the book.
Each command has a module; what it needs of the book is imported when it runs, so that
``nabla --help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from app import __version__
from app.cli import check, config, derive, doctor, export, new, override, press, serve
from app.cli.common import EXIT_USAGE
from app.cli.parser import Parser, unknown_argument
from app.diagnostics import NablaError

COMMANDS = (serve, check, export, new, override, press, config, doctor, derive)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser, commands = build_parser()
    options, unknown = parser.parse_known_args(arguments)
    options.arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if unknown:
            raise unknown_argument(unknown, commands.get(options.command, parser))
        if options.run is None:
            parser.print_help()
            return EXIT_USAGE
        return int(options.run(options))
    except NablaError as error:
        print(f"nabla: {error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is None:
            raise
        print(f"nabla: “{error.filename}” cannot be used: {error.strerror}.", file=sys.stderr)
        return EXIT_USAGE


def build_parser() -> tuple[Parser, Mapping[str, argparse.ArgumentParser]]:
    """The whole command line, described, and the part of each command."""
    parser = Parser(
        prog="nabla",
        description="Nabla, the interactive textbook of matrix calculus.",
        epilog="Settings may also stand in nabla.toml or in the environment (NABLA__SERVER__PORT).",
    )
    parser.add_argument("--version", action="version", version=f"nabla {__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="<command>", dest="command")
    for command in COMMANDS:
        command.add_to(commands)
    return parser, commands.choices
