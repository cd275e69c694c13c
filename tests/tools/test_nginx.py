"""Where nginx is looked for, and what is said where none can be had."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.nginx import find_nginx, main


def program(path: Path, says: str) -> Path:
    """An executable that answers ``-v``."""
    path.write_text(f"#!{sys.executable}\nimport sys\nsys.stderr.write({says!r})\n")
    path.chmod(0o755)
    return path


def test_the_program_that_is_named_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path / "nginx-of-mine", "nginx version: nginx/1.99")
    monkeypatch.setenv("NABLA_NGINX", str(named))
    assert find_nginx() == named


def test_a_program_that_does_not_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "nginx", "something else")
    monkeypatch.delenv("NABLA_NGINX", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert find_nginx() != tmp_path / "nginx"


def test_without_any_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NABLA_NGINX", str(tmp_path / "missing"))
    monkeypatch.setenv("PATH", str(tmp_path))  # so there is no apt-get either
    assert main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "apt-get install nginx-light" in said.err
    assert "NABLA_NGINX" in said.err
