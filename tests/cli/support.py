"""Commands that run in this process."""

from __future__ import annotations

from app.cli import main


def run(*arguments: str) -> int:
    """The exit code of a command."""
    try:
        return main(arguments)
    except SystemExit as end:  # argparse's own way out
        return int(end.code or 0)
