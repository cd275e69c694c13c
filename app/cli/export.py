"""``nabla export``: the whole book as files, for any host."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.common import EXIT_FAILED, Commands, add_content_flags, report, settings_of

EXAMPLES = """\
examples:
  nabla export site --base /book/        files for https://university.example/book/
  python -m http.server --directory site try a copy that was made with --base /

exit code: 0 when every link of the copy leads somewhere, 1 with a list of those that do not
(nothing is written then), 2 for a wrong command or setting
"""


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "export",
        help="write the whole book as files that any host serves",
        description=(
            "Write the book or overlay as files: reading, search, both layouts, the cheat sheet, "
            "and every widget with its examples work without a server. What a reader types into "
            "a widget needs one, and the copy says so in place."
        ),
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "folder", type=Path, help="folder for the copy; an earlier one is replaced"
    )
    command.add_argument(
        "--base", help="path below which the host shows it, such as /book/ (default: /)"
    )
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.export import export, write
    from app.export.folder import check_folder

    settings = settings_of(options)
    check_folder(options.folder)
    base = options.base if options.base is not None else f"{settings.server.prefix}/"
    exported = export(settings, base)
    report(exported.problems)
    if exported.broken:
        report(exported.broken)
        print(f"{len(exported.broken)} links of the copy lead nowhere; nothing was written.")
        return EXIT_FAILED
    write(exported, options.folder)
    size = exported.size / 2**20
    print(
        f"{len(exported.files)} files, {size:.1f} MB, for {exported.prefix}/ in {options.folder}. "
        "Every link leads somewhere."
    )
    return 0
