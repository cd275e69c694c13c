"""``nabla new``: a lesson, a chapter, an identity or an overlay, ready to be filled."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.common import Commands, add_content_flags, settings_of
from app.diagnostics import NablaError, Problem

KINDS = ("lesson", "chapter", "identity", "overlay")


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "new",
        help="begin a lesson, a chapter, an identity or an overlay",
        description=(
            "Write the files that a new lesson, chapter, identity or overlay begins with, and its "
            "place in book.toml. What is written passes nabla check; nothing is overwritten."
        ),
    )
    command.add_argument("kind", choices=KINDS, help="what to begin")
    command.add_argument("name", help="its name, as in an address; for an overlay its folder")
    command.add_argument("--title", default="", help="its title (default: made from the name)")
    command.add_argument("--chapter", default="", help="lesson: the chapter (default: the last)")
    command.add_argument("--expr", default="tr(A*X)", help="identity: what is differentiated")
    command.add_argument("--wrt", default="X", help="identity: by which name")
    command.add_argument("--given", default="", help="identity: shapes and properties of names")
    command.add_argument("--extends", default="builtin", help="overlay: the book that it extends")
    add_content_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    for path in _write(options):
        print(path)
    return 0


def _write(options: argparse.Namespace) -> list[Path]:
    from app.lessons import scaffold

    if options.kind == "overlay":
        return scaffold.new_overlay(Path(options.name), options.title, options.extends)
    content = _own_content(options)
    if options.kind == "lesson":
        return scaffold.new_lesson(content, options.name, options.chapter, options.title)
    if options.kind == "chapter":
        return scaffold.new_chapter(content, options.name, options.title)
    identity = scaffold.NewIdentity(
        options.name, options.expr, options.wrt, options.given, options.title
    )
    return scaffold.new_identity(content, identity)


def _own_content(options: argparse.Namespace) -> Path:
    """The folder to write into: the one of the settings, or else the current one."""
    content = settings_of(options).book.content
    if content is not None:
        return content
    message = "It is not said into which book to write."
    hint = "Give --content <folder>, or go there; nabla new overlay <folder> makes one."
    raise NablaError(Problem("no-content", message, hint=hint))
