"""``nabla override``: a shipped lesson is copied into an overlay, to be changed there."""

from __future__ import annotations

import argparse

from app.cli.common import Commands, add_content_flags, settings_of


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "override",
        help="copy a shipped lesson into an overlay, to change it there",
        description=(
            "Copy a shipped lesson into the overlay and remember which version it was. After an "
            "upgrade nabla check says whether the shipped lesson has changed since."
        ),
    )
    command.add_argument("lesson", help="the lesson's name, as in its address")
    command.add_argument(
        "--accept",
        action="store_true",
        help="keep the copy as it is and take the present shipped lesson as known",
    )
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from app.lessons.errors import ContentError, Notebook
    from app.lessons.library import open_library
    from app.lessons.library.overrides import override
    from app.main import content_folder

    content = content_folder(settings_of(options))
    notes = Notebook(content / "book.toml")
    library = open_library(content, notes)
    if library is None:
        raise ContentError(notes.problems[0])
    path = override(library, options.lesson, accept=options.accept)
    print(
        f"The present shipped text is known for {path}." if options.accept else f"Copied to {path}."
    )
    return 0
