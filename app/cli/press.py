"""``nabla print``: print the book ahead of time, so that a starting server hands it out at once."""

from __future__ import annotations

import argparse

from app.cli.common import Commands, add_content_flags, add_server_flags, report, settings_of

EXITS = """\
exit code: 0 when the book is printed and kept, 2 when it cannot be, or for a wrong command or
setting
"""


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "print",
        help="print the book, so that its first start takes no longer than later ones",
        description=(
            "Print the book that nabla serve would serve with the same flags and settings, and "
            "keep it for its start: after an installation or an upgrade, or while an image is "
            "built. Without this the first start prints it, which takes some seconds."
        ),
        epilog=EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_server_flags(command)
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.cli.opening import print_ahead

    report(print_ahead(settings_of(options)))
    print("The book is printed; nabla serve with the same settings begins with it.")
    return 0
