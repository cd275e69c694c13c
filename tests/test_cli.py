"""The command line: help for everything, one sentence and an exit code for every mistake."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest

from app import __version__
from app.cli import build_parser, main
from tests.lessons.support import FRONT, SmallBook
from tests.support.server import REPOSITORY, THE_BOOK, running_server


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> int:
    """The exit code of a command that runs in this process."""
    try:
        return main(arguments)
    except SystemExit as end:  # argparse's own way out
        return int(end.code or 0)


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


class TestDerive:
    def derive(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
        code = run("derive", *arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    def test_both_layouts_with_their_shapes(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, shown, _ = self.derive(
            capsys, "norm2(A*x-b)^2", "--wrt", "x", "--given", "A: m,n; b: m"
        )
        assert code == 0
        assert "df/dx = 2*(A*x - b)'*A\n    numerator layout, 1 × n" in shown
        assert "df/dx = 2*A'*(A*x - b)\n    denominator layout, n × 1" in shown
        assert "Checked against central differences" in shown
        assert "1. " not in shown

    def test_stacked_sizes_are_written_as_products(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, shown, _ = self.derive(capsys, "X*A", "--given", "X: m,n; A: n,p")
        assert "numerator layout, m*p × m*n, vec/Kronecker form" in shown
        _, shown, _ = self.derive(capsys, "X*A", "--given", "X: m,n; A: n,p", "--json")
        assert json.loads(shown)["results"]["denominator"]["shape"] == ["m*n", "m*p"]

    def test_what_occurs_is_differentiated_by_before_what_is_only_declared(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, shown, _ = self.derive(capsys, "a'*x", "--given", "X: m,n; a: n; x: n")
        assert "df/dx = a'" in shown

    def test_a_reading_other_than_the_default_is_said(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, shown, _ = self.derive(capsys, "norm2(A*x-b)^2", "--wrt", "x")
        assert code == 0
        assert shown.startswith("b was read as a column")
        assert "2*A'*(A*x - b)" in shown

    def test_one_layout_and_the_steps(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, shown, _ = self.derive(capsys, "x'*A*x", "--layout", "denominator", "--steps")
        assert "    denominator layout, n × 1" in shown
        assert "    numerator layout" not in shown
        assert "1. Begin with the outermost operation: product rule." in shown
        assert "   df = d(x')*A*x + x'*A*dx" in shown
        assert "   df = x'*(A + A')*dx" in shown

    def test_a_second_derivative(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, shown, _ = self.derive(capsys, "x'*A*x", "--wrt", "x, x")
        assert "d²f/dx dx = " in shown

    def test_json_for_programs(self, capsys: pytest.CaptureFixture[str]) -> None:
        _, shown, _ = self.derive(capsys, "tr(A*X)", "--wrt", "X", "--json", "--steps")
        found = json.loads(shown)
        assert found["results"]["denominator"]["text"] == "A'"
        assert found["wrt"] == ["X"]
        assert found["check"]["max_relative_error"] < 1e-6
        assert found["steps"][0]["text"]
        assert "def derivative(" in found["numpy"]

    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("norm2(A*x", "nabla: This “(” is never closed.\n    norm2(A*x\n         ^\n"),
            ("A*x + X*X", "declare what differs, as in --given"),
            ("sinn(x)", "Did you mean “sin”"),
        ],
    )
    def test_an_error_shows_its_place(
        self, expression: str, expected: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, shown, error = self.derive(capsys, expression)
        assert (code, shown) == (2, "")
        assert expected in error
        assert "Traceback" not in error


class TestCheck:
    """On a small book: the whole one is checked in tests/content."""

    @pytest.fixture
    def lesson(self, tmp_path: Path) -> Path:
        """A lesson of an overlay, with a label that nothing refers to."""
        book = SmallBook(tmp_path / "base")
        book.write("chapters/one/first/lesson.md", FRONT + "$$\na\n$$ (eq-base)\n")
        path = tmp_path / "course/lessons/first/lesson.md"
        path.parent.mkdir(parents=True)
        (tmp_path / "course/book.toml").write_text('extends = "../base"\n', "utf-8")
        path.write_text(FRONT + "$$\na\n$$ (eq-own)\n", "utf-8")
        return path

    def check(self, capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, list[str]]:
        code = run("check", *flags)
        return code, capsys.readouterr().out.splitlines()

    def test_labels_of_an_overlay_that_nothing_refers_to_are_listed(
        self, lesson: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, lines = self.check(capsys, "--content", "course", "--strict")
        assert (code, len(lines)) == (0, 2)
        assert lines[0].startswith("course/lessons/first/lesson.md:7: note: Nothing refers to the")
        assert lines[1] == "no errors, no warnings, 1 note."

    def test_those_of_a_whole_book_are_listed_on_demand(
        self, lesson: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "(nabla check --notes lists them)" in self.check(capsys, "--content", "base")[1][-1]
        listed = self.check(capsys, "--content", "base", "--notes")[1]
        assert any(": note: Nothing refers to the label “eq-base”" in line for line in listed)

    def test_mistakes_fail_it_with_file_and_line_in_every_format(
        self, lesson: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lesson.write_text(FRONT + "```{nonsense}\n```\n", "utf-8")
        monkeypatch.chdir(lesson.parents[2])  # whoever stands there need not name it
        code, lines = self.check(capsys)
        assert (code, lines[-1]) == (1, "1 error, no warnings.")
        assert lines[0].startswith("lessons/first/lesson.md:5: error: There is no directive “nons")
        code, lines = self.check(capsys, "--format", "github")
        assert (code, len(lines)) == (1, 1)
        assert lines[0].startswith("::error file=lessons/first/lesson.md,line=5,title=unknown-dire")
        code, lines = self.check(capsys, "--format", "json")
        assert (code, json.loads("".join(lines))["errors"]) == (1, 1)

    def test_templates_are_tried(
        self, lesson: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        template = tmp_path / "course/templates/parts/book-contents.html"
        template.parent.mkdir(parents=True)
        template.write_text("\n{{ 1 / 0 }}", "utf-8")
        code, lines = self.check(capsys, "--content", "course")
        assert code == 1
        assert any(
            "book-contents.html:2: error: A page cannot be printed" in line for line in lines
        )
