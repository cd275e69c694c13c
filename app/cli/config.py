"""``nabla config``: the settings in force and where each of them was written."""

from __future__ import annotations

import argparse

from app.cli.common import Commands, add_content_flags, add_server_flags, origins_of


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "config",
        help="print the settings in force and where each was written",
        description=(
            "Print the settings in force, each with the place where it was written: a line of the "
            "settings file, a variable of the environment, a flag, or the default. "
            "Secrets are hidden."
        ),
    )
    add_server_flags(command)
    add_content_flags(command)
    command.add_argument(
        "--format",
        choices=("toml", "json"),
        default="toml",
        help="toml can be used as a settings file (default); json is for programs",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.settings.showing import as_json, as_toml

    settings, origins = origins_of(options)
    print(as_json(settings, origins) if options.format == "json" else as_toml(settings, origins))
    return 0
