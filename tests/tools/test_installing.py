"""How what tests need is installed: by whom, in which order, and what is told of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.installing import attempt, install_debian_package


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was asked of the only apt-get and sudo that are found; apt-get always fails."""
    log = tmp_path / "log"
    for name, code in (("apt-get", "exit 1"), ("sudo", 'shift; exec "$@"')):
        script = tmp_path / "bin" / name
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/sh\necho {name} "$@" >> {log}\n{code}\n')
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return log


def test_a_package_is_tried_with_the_old_list_when_there_is_no_new_one(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    install_debian_package("some-package")
    update, install = log.read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends some-package")
    assert "sudo" not in update + install


def test_who_is_not_root_asks_by_sudo_and_is_asked_nothing(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    install_debian_package("some-package")
    asked = [line for line in log.read_text().splitlines() if line.startswith("sudo")]
    assert len(asked) == 2
    assert all(line.startswith("sudo -n env DEBIAN_FRONTEND=noninteractive ") for line in asked)


def test_a_failure_is_told_and_is_no_exception(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert attempt(sys.executable, "-c", "print('spoken')")
    assert not attempt(sys.executable, "-c", "raise SystemExit(3)")
    assert not attempt(str(tmp_path / "missing"))
    assert not attempt(sys.executable, "-c", "import time; time.sleep(60)", seconds=0.2)
    out, err = capfd.readouterr()
    assert out == "", "the path alone goes to standard output"
    assert "spoken" in err
    assert "No such file" in err
    assert "timed out" in err
