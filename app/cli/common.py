"""What the commands have in common: exit codes, the flags for settings, how problems are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.diagnostics import Problem

if TYPE_CHECKING:
    from app.settings import Settings

EXIT_FAILED = 1
EXIT_USAGE = 2

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_content_flags(command: argparse.ArgumentParser) -> None:
    """The flags of every command that reads the book."""
    command.add_argument(
        "--config", type=Path, help="settings file (default ./nabla.toml, if there)"
    )
    command.add_argument("--content", help="folder with book.toml (default: the book's own)")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings with the flags of a command on top. Raises SettingsError."""
    from app.settings import load_settings

    names = ("host", "port", "prefix", "watch")
    server = {name: getattr(options, name, None) for name in names}
    return load_settings(options.config, {"server": server, "book": {"content": options.content}})


def report(problems: Iterable[Problem]) -> None:
    """Tell problems on the terminal, one a line."""
    for problem in problems:
        print(problem, file=sys.stderr, flush=True)
