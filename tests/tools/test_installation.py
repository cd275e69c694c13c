"""An installed wheel serves the whole book from an empty folder, without a checkout around."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.support.server import REPOSITORY, running_server


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(REPOSITORY))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked into a folder of its own; its dependencies come from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--target", str(folder), str(wheel))
    return folder


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, env={**os.environ, "PIP_NO_INDEX": "1"})


def test_the_wheel_carries_the_book(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("content/book.toml", "static/boot.js", "templates/"):
        assert any(name.startswith(f"app/_book/{part}") for name in names), part
    assert not any("tests/" in name or "node_modules" in name for name in names)


def test_it_serves_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    with running_server(cwd=tmp_path, source=installed) as server:
        for address, expected in (
            ("/", "Nabla"),
            ("/lessons/jacobian", 'data-widget="jacobian"'),
            ("/static/boot.js", "import"),
        ):
            assert expected in read(server.url + address)
    assert list(tmp_path.iterdir()) == [], "serving leaves nothing behind"


def test_it_serves_an_overlay_that_began_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    """An instructor's hour: an overlay, a lesson of its own, a shipped one changed, served."""
    nabla(
        installed,
        tmp_path,
        ["new", "overlay", ".", "--title", "Our course"],
        ["new", "lesson", "our-laboratory", "--chapter", "derivatives", "--content", "."],
        ["override", "jacobian", "--content", "."],
    )
    plan = tmp_path / "book.toml"
    plan.write_text(plan.read_text().replace("# only = [", "only = ["))
    with running_server("--content", ".", cwd=tmp_path, source=installed) as server:
        assert "Our course" in read(server.url)
        assert "Our laboratory" in read(server.url + "/lessons/our-laboratory")
        assert 'data-widget="jacobian"' in read(server.url + "/lessons/jacobian")


def nabla(installed: Path, folder: Path, *commands: list[str]) -> None:
    """Run commands of the installed package in one process; they must succeed."""
    program = f"from app.cli import main\nfor each in {commands!r}:\n    assert main(each) == 0"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, check=True)


def read(address: str) -> str:
    """The page at an address."""
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())
