"""What the commands have in common: exit codes, the flags for settings, how problems are told."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from app.diagnostics import NablaError, Problem

if TYPE_CHECKING:
    from app.settings import Settings
    from app.settings.origins import Origins

EXIT_FAILED = 1
EXIT_USAGE = 2

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
SERVER_FLAGS = ("host", "port", "socket", "fd", "processes", "prefix", "watch")


def add_content_flags(command: argparse.ArgumentParser) -> None:
    """The flags of every command that reads the book."""
    command.add_argument(
        "--config", type=Path, help="settings file (default ./nabla.toml, if there)"
    )
    command.add_argument(
        "--content",
        help="folder with book.toml (default: the current one if it has one, else the book's own)",
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="SECTION.KEY=VALUE",
        help="any other setting, such as --set course.title='Calculus II'; may be repeated",
    )


def add_server_flags(command: argparse.ArgumentParser) -> None:
    """The flags that say where the book is served."""
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", help="port to listen on (default 8000; 0 takes a free one)")
    command.add_argument("--socket", help="Unix socket to listen at instead of a port")
    command.add_argument(
        "--fd", help="number of a listening socket that was handed over (systemd's is 3)"
    )
    command.add_argument("--processes", help="server processes that share the address (default 1)")
    command.add_argument("--prefix", help="path below which a proxy shows the book")
    command.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="reload lessons in open browsers when their files are saved",
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings with the flags of a command on top. Raises SettingsError."""
    return origins_of(options)[0]


def origins_of(options: argparse.Namespace) -> tuple[Settings, Origins]:
    """The settings, and where each value was written. Raises SettingsError."""
    from app.settings import load_with_origins

    flags: dict[str, dict[str, Any]] = {
        "server": {name: getattr(options, name, None) for name in SERVER_FLAGS},
        "book": {"content": options.content},
    }
    for written in options.set:
        section, key, value = _assignment(written)
        flags.setdefault(section, {})[key] = value
    return load_with_origins(options.config, flags)


def _assignment(written: str) -> tuple[str, str, str]:
    name, equals, value = written.partition("=")
    section, dot, key = name.strip().partition(".")
    if not (equals and dot and section and key):
        message = f"“--set {written}” sets nothing."
        hint = "Write --set section.key=value, such as --set course.title=Analysis."
        raise NablaError(Problem("wrong-flag", message, hint=hint))
    return section, key, value.strip()


def report(problems: Iterable[Problem]) -> None:
    """Tell problems on the terminal, one a line."""
    with contextlib.suppress(OSError):  # a log on a full disk
        for problem in problems:
            print(problem, file=sys.stderr, flush=True)
