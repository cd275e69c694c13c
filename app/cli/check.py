"""``nabla check``: every mistake in the content, with file and line."""

from __future__ import annotations

import argparse

from app.cli.common import EXIT_FAILED, Commands, add_content_flags, report, settings_of


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help="check the whole content and list every mistake",
        description="Check lessons, formulas, identities and references; list every mistake.",
    )
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.lessons.check import check
    from app.main import content_folder, widgets_folder

    settings = settings_of(options)
    problems = check(content_folder(settings), widgets=widgets_folder())
    report(problems)
    errors = sum(problem.level == "error" for problem in problems)
    print(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}.")
    return EXIT_FAILED if errors else 0


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
