"""The command line's parser: argparse, which guesses nothing and names the nearest right word."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from app.diagnostics import NablaError, Problem, did_you_mean

_CHOICE = re.compile(r"argument (?P<what>.*): invalid choice: '(?P<word>.*)' \(choose from .*\)")


class Parser(argparse.ArgumentParser):
    """Flags are written out: half a flag may mean another one tomorrow."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **{"allow_abbrev": False, **keywords})

    def error(self, message: str) -> NoReturn:
        found = _CHOICE.fullmatch(message)
        names = re.findall(r"'?([\w-]+)'?(?:, |\))", message.partition("(choose from ")[2])
        hint = did_you_mean(found["word"], names) if found else None
        super().error(f"{message}. {hint}" if hint else message)


def unknown_argument(unknown: Sequence[str], command: argparse.ArgumentParser) -> NablaError:
    """The error for what a command does not understand, with the nearest flag that it has."""
    word = next((each for each in unknown if each.startswith("-")), unknown[0])
    flag = word.partition("=")[0]
    known = re.findall(r"(?<![\w-])--[a-z][\w-]*", command.format_help())
    hint = did_you_mean(flag, dict.fromkeys(known)) or f"{command.prog} --help lists what it takes."
    what = "flag" if word.startswith("-") else "place for"
    return NablaError(Problem("wrong-flag", f"{command.prog} has no {what} “{flag}”.", hint=hint))


__all__ = ["Parser", "unknown_argument"]
