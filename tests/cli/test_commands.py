"""The command line: help for everything, one sentence and an exit code for every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import __version__
from app.cli import build_parser, main
from tests.cli.support import run


def commands() -> list[str]:
    return list(build_parser()[1])


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert {"serve", "check"} <= set(commands())
    assert all(command in shown for command in commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: nabla {command}")
    assert len(shown.splitlines()) > 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("serve --prot 8080", "nabla serve has no flag “--prot”. Did you mean “--port” or"),
        ("serve --por=8080", "nabla serve has no flag “--por”. Did you mean “--port”"),
        ("chekc", "Did you mean “check”?"),
        ("new lessn mine", "Did you mean “lesson”?"),
        ("config more", "nabla config has no place for “more”. nabla config --help lists"),
    ],
)
def test_a_wrong_word_is_told_the_nearest(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments.split()) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "overlay", "file"], "“file” cannot be used: File exists."),
        (["config", "--config", "a" * 300], "cannot be used: File name too long."),
        (["new", "overlay", "b" * 300], "cannot be used: File name too long."),
    ],
)
def test_what_the_system_refuses_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").write_text("", "utf-8")
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"nabla {__version__}\n"


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert "serve the book to browsers" in capsys.readouterr().out


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("srve") == 2
    assert "srve" in capsys.readouterr().err


class TestConfig:
    def test_it_tells_what_holds_and_where_it_was_written(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("nabla.toml").write_text("[course]\ntitle = 'Analysis'\n")
        monkeypatch.setenv("NABLA__SERVER__HOST", "0.0.0.0")
        assert run("config", "--port", "81", "--set", "course.instructor=A. Noether") == 0
        shown = capsys.readouterr().out
        for line in (
            'host = "0.0.0.0"  # NABLA__SERVER__HOST',
            "port = 81  # --port",
            'title = "Analysis"  # nabla.toml:2',
            'instructor = "A. Noether"  # --set course.instructor',
            "watch = false  # default",
        ):
            assert line in shown

    def test_json_for_programs(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("config", "--format", "json") == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["server"]["port"] == {"value": 8000, "source": "default"}

    @pytest.mark.parametrize(
        ("flag", "expected"),
        [("port", "sets nothing"), ("server.prot=1", "Did you mean “port”"), ("=", "section.key")],
    )
    def test_a_wrong_assignment_is_one_sentence(
        self, flag: str, expected: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("config", "--set", flag) == 2
        assert expected in capsys.readouterr().err
