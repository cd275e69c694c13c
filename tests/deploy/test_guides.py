"""What the guides for instructors tell: their files, commands and settings exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import build_parser
from app.settings import Settings, load_settings
from tests.deploy.books import DEPLOY
from tests.support.server import REPOSITORY

GUIDES = {
    path: (REPOSITORY / path).read_text()
    for path in ("README.md", "deploy/README.md", "examples/README.md")
}
THE_GUIDE = GUIDES["deploy/README.md"]
BLOCK = r"(?ms)^```{language}\n(.*?)^```$"


def blocks(guide: str, language: str) -> list[str]:
    """The programs of one language in a guide."""
    return re.findall(BLOCK.format(language=language), GUIDES[guide])


def commands(guide: str) -> Iterator[list[str]]:
    """The arguments of ``nabla`` in what a guide lets one type."""
    for line in "".join(blocks(guide, "console")).splitlines():
        words = shlex.split(line.removeprefix("$ ").removeprefix("# "), comments=True)
        if words[:1] == ["nabla"]:
            yield words[1:]
    for written in re.findall(r"`nabla (\w+ [^`<…]+)`", GUIDES[guide]):
        yield shlex.split(written)


def test_the_guide_names_what_there_is() -> None:
    named = {
        *re.findall(r"`((?:docker|kubernetes|nginx|systemd)/[\w./-]+)`", THE_GUIDE),
        *re.findall(r"deploy/((?:docker|kubernetes|nginx|systemd)/[\w./-]+)", THE_GUIDE),
    }
    assert len(named) > 5
    assert [path for path in named if not (DEPLOY / path).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_are_understood(guide: str) -> None:
    found = list(commands(guide))
    assert found
    for arguments in found:
        _, unknown = build_parser()[0].parse_known_args(arguments)
        assert unknown == [], arguments


@pytest.mark.parametrize("guide", ["README.md", "deploy/README.md"])
def test_settings_are_understood(guide: str, tmp_path: Path) -> None:
    (written,) = blocks(guide, "toml")
    path = tmp_path / "nabla.toml"
    path.write_text(written)
    assert load_settings(path, environment={}).course.instructor == "Ada Example"


def test_the_service_finds_its_settings_even_when_none_were_written() -> None:
    """The course may come later: what the unit asks for is there from the first step on."""
    unit = (DEPLOY / "systemd" / "nabla.service").read_text()
    (asked_for,) = re.findall(r"^ExecStart=.* --config (\S+)$", unit, re.MULTILINE)
    first_step = THE_GUIDE.partition("### 1.")[2].partition("### 2.")[0]
    assert f"touch {asked_for}\n" in first_step


def test_empty_settings_are_those_of_the_book(tmp_path: Path) -> None:
    path = tmp_path / "nabla.toml"
    path.touch()
    assert load_settings(path, environment={}) == Settings()
