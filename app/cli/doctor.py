"""``nabla doctor``: what is wrong with an installation, and what to do about it."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.cli.common import (
    EXIT_FAILED,
    Commands,
    add_content_flags,
    add_server_flags,
    settings_of,
)
from app.cli.formats import count
from app.diagnostics import NablaError

if TYPE_CHECKING:  # every command starts without what only this one needs
    from app.cli.installation import Finding
    from app.settings import Settings

EXITS = """\
exit code: 0 when the book can be served, 1 when something is wrong; warnings do not count
"""
WIDTH = 100


def add_to(commands: Commands) -> None:
    command = commands.add_parser(
        "doctor",
        help="find what is wrong with the installation",
        description=(
            "Examine the installation with the settings in force: Python and its libraries, "
            "shipped files and their checksums, the address to listen on, the folder for the "
            "cache, Redis, worker processes and the content. What is wrong is told with what to do."
        ),
        epilog=EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_server_flags(command)
    add_content_flags(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    found = []
    for finding in _examine(options):
        found.append(finding)
        if options.format == "text":
            _tell(finding)
    levels = Counter(finding.level for finding in found)
    if options.format == "json":
        print(_as_json(found))
    else:
        print(f"{count(levels['error'], 'error')}, {count(levels['warning'], 'warning')}.")
    return EXIT_FAILED if levels["error"] else 0


def _examine(options: argparse.Namespace) -> Iterator[Finding]:
    """First what everything else stands on: without its libraries the book cannot look further."""
    from app.cli.installation import Finding, examine_installation

    can_go_on = True
    for finding in examine_installation():
        yield finding
        can_go_on = can_go_on and (finding.name, finding.level) != ("libraries", "error")
    if not can_go_on:
        hint = "Put the libraries right, then ask again."
        message = "Settings, address, workers and content were not examined."
        yield Finding("the rest", message, "warning", hint)
        return
    from app.cli.examinations import examine_all

    settings, wrong = _settings(options)
    yield from wrong
    yield from examine_all(settings)


def _settings(options: argparse.Namespace) -> tuple[Settings, list[Finding]]:
    """The settings in force; where they cannot be read, the defaults and what is wrong."""
    from app.cli.installation import Finding
    from app.settings import Settings

    try:
        return settings_of(options), []
    except NablaError as error:
        problem = error.problem
        hint = f"{problem.hint or ''} The rest is examined with the defaults.".strip()
        place = f"{problem.file}: " if problem.file else ""
        finding = Finding("settings", f"{place}{problem.message}", "error", hint)
        return Settings(), [finding]


def _tell(finding: Finding) -> None:
    print(f"{finding.level:>7}  {finding.name}: {finding.message}", flush=True)
    if finding.level != "ok" and finding.hint:
        indent = " " * 9
        print(textwrap.fill(finding.hint, WIDTH, initial_indent=indent, subsequent_indent=indent))


def _as_json(found: Iterable[Finding]) -> str:
    findings = [asdict(finding) for finding in found]
    levels = Counter(finding["level"] for finding in findings)
    content = {"errors": levels["error"], "warnings": levels["warning"], "findings": findings}
    return json.dumps(content, indent=2, ensure_ascii=False)
