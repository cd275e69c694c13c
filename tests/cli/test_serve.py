"""``nabla serve``: what hinders it is one sentence; it greets, and ends when it is told to."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest

from tests.cli.support import run
from tests.lessons.support import SmallBook
from tests.support.server import REPOSITORY, THE_BOOK, running_server


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--config", "missing.toml"], "There is no settings file “missing.toml”."),
        (["--port", "eighty"], "server.port cannot be used ('eighty' was given)"),
        (["--port", "70000"], "less than or equal to 65535"),
        (["--host", "no.such.host.invalid"], "“no.such.host.invalid” is no address"),
        (["--prefix", "course"], "a prefix starts with a slash"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("serve", *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("nabla: ")
    assert expected in error
    assert len(error.splitlines()) == 1


def test_a_misspelt_key_in_the_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("nabla.toml").write_text("[server]\nprot = 80\n")
    assert run("serve") == 2
    assert "There is no setting server.prot. Did you mean “port”" in capsys.readouterr().err


def test_a_machine_without_temporary_folder_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere"])
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert run("serve", "--port", "0", "--processes", "2") == 2
    assert "There is no folder for temporary files" in capsys.readouterr().err


def test_a_port_in_use_is_told_with_another_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run("serve", "--port", str(port)) == 2
    error = capsys.readouterr().err
    assert f"Another program listens on 127.0.0.1:{port}." in error
    assert "--port" in error
    assert "Traceback" not in error


def test_a_content_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("serve", "--port", "0", "--content", "nowhere") == 2
    error = capsys.readouterr().err
    assert "nowhere" in error
    assert "Traceback" not in error


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_server_cleanly_even_while_a_page_listens(
    name: str, tmp_path: Path
) -> None:
    SmallBook(tmp_path).load("Text.")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--watch"]
    command += ["--content", str(tmp_path)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        greeting = process.stdout.readline()
        assert greeting.startswith("Nabla is at http://127.0.0.1:")
        address = greeting.split()[3]
        with urllib.request.urlopen(f"{address}changes?page=/") as stream:
            assert stream.readline() == b"event: version\n"
            process.send_signal(getattr(signal, name))
            output, errors = process.communicate(timeout=60)  # without end, if it waited for us
        assert process.returncode == 0
        assert "Traceback" not in output + errors
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


def test_the_server_prints_nothing_but_its_address() -> None:
    with running_server(*THE_BOOK) as server:
        lines = [line for line in server.log.read_text().splitlines() if ": warning:" not in line]
    assert lines == [f"Nabla is at {server.url}/ (Ctrl+C ends it)."]
