"""``nabla check``: every mistake in the content, with file and line."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.common import EXIT_FAILED, Commands, add_content_flags, settings_of
from app.cli.formats import FORMATS, count

if TYPE_CHECKING:
    from app.diagnostics import Level, Problem
    from app.lessons import Book
    from app.lessons.check import Report
    from app.lessons.library.overrides import Change

EXITS = """\
exit code: 0 when the book can be served as it is, 1 when it has errors (with --strict also for
warnings), 2 for a wrong command or setting
"""


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help="check the whole content and list every mistake",
        description=(
            "Check lessons, formulas, identities, references, widgets and templates of the book or "
            "overlay; list every mistake with file and line."
        ),
        epilog=EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_content_flags(command)
    command.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        help="text (default), json, or github for annotations in GitHub's checks",
    )
    command.add_argument(
        "--strict", action="store_true", help="let warnings fail the check as well"
    )
    command.add_argument(
        "--notes",
        action="store_true",
        help="list also the labels of a whole book that nothing in it refers to, since an overlay "
        "may; those of an overlay are always listed",
    )
    command.add_argument(
        "--diff",
        action="store_true",
        help="show how shipped lessons have changed since they were copied by nabla override",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.main import content_folder

    report, found = examined(content_folder(settings_of(options)))
    every = options.notes or report.overlay
    shown = [each for each in found if every or each.level != "note"]
    print(FORMATS[options.format](shown), end="")
    levels = Counter(problem.level for problem in found)
    if options.format == "text":
        print(_summary(levels, notes_listed=every))
    if options.diff:
        _show(report.changes)
    return EXIT_FAILED if levels["error"] or (options.strict and levels["warning"]) else 0


def examined(content: Path) -> tuple[Report, list[Problem]]:
    """What is found in the content, and all problems, those of its templates included."""
    from app.lessons.check import examine
    from app.main import widgets_folder

    report = examine(content, widgets=widgets_folder())
    of_templates = _of_templates(content, report.book) if report.book else []
    return report, [*report.problems, *of_templates]


def _of_templates(content: Path, book: Book) -> list[Problem]:
    """What is wrong with replaced templates; some of it shows only when pages are printed."""
    from app.pages.press import Press
    from app.pages.templates import replaced_in

    edition = Press(content, book=book).print() if replaced_in(book) else None
    return [each for each in edition.problems if each not in book.problems] if edition else []


def _summary(levels: Counter[Level], *, notes_listed: bool) -> str:
    parts = [count(levels["error"], "error"), count(levels["warning"], "warning")]
    if levels["note"]:
        hint = "" if notes_listed else " (nabla check --notes lists them)"
        parts.append(f"{count(levels['note'], 'note')}{hint}")
    return ", ".join(parts) + "."


def _show(changes: Iterable[Change]) -> None:
    differences = [change.diff() for change in changes]
    print(
        "".join(f"\n{difference}" for difference in differences) or "No shipped text has changed."
    )
