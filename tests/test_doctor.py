"""``nabla doctor`` names what is wrong with an installation, and what to do."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fakeredis
import pytest
import redis

from app import compute
from app.cli import examinations, main
from app.resources import book_root
from tests.lessons.support import SmallBook

Doctor = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Doctor:
    """The findings about a small book by their names, and the exit code as ``exit``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # No other test's workers are ended, and none are started.
    monkeypatch.setattr(compute, "answers", lambda seconds: True)
    monkeypatch.setattr(compute, "close", lambda: None)
    book = SmallBook(tmp_path / "book")
    book.write("chapters/one/first/lesson.md", "---\ntitle: A\nsummary: B.\n---\nText.")

    def examine(*flags: str) -> dict[str, dict[str, Any]]:
        content = () if "--content" in flags else ("--content", str(book.folder))
        code = main(["doctor", "--format", "json", "--port", "0", *content, *flags])
        told = json.loads(capsys.readouterr().out)
        found = {finding["name"]: finding for finding in told["findings"]}
        return {**found, "exit": {"code": code, "errors": told["errors"]}}

    return examine


def wrong(found: dict[str, dict[str, Any]], name: str) -> str:
    """What is said of something that is wrong; it must say what to do as well."""
    assert found[name]["level"] == "error", found[name]
    assert found[name]["hint"]
    assert found["exit"]["code"] == 1
    message: str = found[name]["message"]
    return message


def test_a_good_installation_has_nothing_wrong(
    doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    found = doctor()
    names = {"python", "libraries", "files", "address", "cache", "workers", "content"}
    assert names <= set(found)
    assert found["exit"] == {"code": 0, "errors": 0}, found
    assert main(["doctor", "--port", "0", "--content", "book"]) == 0
    told = capsys.readouterr().out
    assert "     ok  python: Python 3." in told
    assert told.splitlines()[-1].startswith("no errors, ")


def test_an_old_python_is_named(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    assert wrong(doctor(), "python") == "Python 3.10.4 is too old."


def test_a_missing_library_is_named(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        examinations, "requires", lambda _: ["numpy>=2", "no-such-library>=1", 'x; extra == "dev"']
    )
    assert wrong(doctor(), "libraries") == "Missing: no-such-library."


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The vendored files of an installation that may be damaged."""
    vendor = tmp_path / "installed" / "static" / "vendor"
    shutil.copytree(book_root() / "static" / "vendor", vendor)
    monkeypatch.setattr("app.resources.book_root", lambda: tmp_path / "installed")
    return vendor


def findings_on_files() -> list[tuple[str, str]]:
    from app.settings import Settings

    return [(each.level, each.message) for each in examinations.files(Settings())]


def test_missing_and_changed_files_are_named(damaged: Path) -> None:
    assert [level for level, _ in findings_on_files()] == ["ok"]
    font = damaged / "fonts" / "latin-modern-math.woff2"
    font.write_bytes(font.read_bytes() + b"!")
    (damaged / "temml" / "temml.min.js").unlink()
    assert findings_on_files() == [
        ("error", "Vendored files missing: temml/temml.min.js."),
        ("error", "Vendored files not as shipped: fonts/latin-modern-math.woff2."),
    ]
    (damaged / "README.md").unlink()
    ((level, message),) = findings_on_files()
    assert (level, message) == (
        "error",
        "Files of the book are missing: no such file or directory.",
    )


def test_every_vendored_file_has_a_checksum() -> None:
    """What is shipped and named nowhere could be exchanged without notice."""
    vendor = book_root() / "static" / "vendor"
    named = {name for name, _ in examinations._VENDORED.findall((vendor / "README.md").read_text())}
    shipped = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()}
    assert {name for name in shipped - named if "LICENSE" not in name} == {"README.md"}


def test_a_port_that_is_taken_is_told(doctor: Doctor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.listen()
        found = doctor("--port", str(port), "--set", f"metrics.port={port}")
    assert wrong(found, "address") == f"Another program listens on 127.0.0.1:{port}."
    assert "choose another port" in found["address"]["hint"]
    assert "Another program" in wrong(found, "metrics")


def test_a_socket_whose_folder_is_missing_is_told(doctor: Doctor, tmp_path: Path) -> None:
    found = doctor("--socket", str(tmp_path / "nowhere" / "nabla.sock"))
    assert wrong(found, "address") == f"No socket can be made in {tmp_path}/nowhere."


def test_workers_that_do_not_answer_are_told(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "answers", lambda seconds: False)
    assert wrong(doctor(), "workers") == "No worker process answers."


def test_redis_is_asked_and_its_password_kept(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = ("--set", "cache.redis=redis://:secret@127.0.0.1:1/0")
    found = doctor(*flags)
    assert wrong(found, "redis") == "Redis at 127.0.0.1:1 does not answer (ConnectionError)."
    assert "secret" not in json.dumps(found)
    monkeypatch.setattr(redis.Redis, "from_url", lambda *_, **__: fakeredis.FakeRedis())
    assert doctor(*flags)["redis"]["level"] == "ok"


def test_mistakes_in_the_content_are_counted(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "book/chapters/one/first/lesson.md").write_text(
        "---\ntitle: A\nsummary: B.\n---\n{ref}`nowhere`"
    )
    found = doctor()
    assert ": 1 error, " in wrong(found, "content")
    assert "nabla check --content" in found["content"]["hint"]


def test_a_cache_that_cannot_be_kept_is_a_warning(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    found = doctor()
    assert found["cache"]["level"] == "warning"
    assert "cannot be written: not a directory" in found["cache"]["message"]
    assert found["exit"]["code"] == 0


def test_settings_that_cannot_be_read_are_told_and_the_rest_is_examined(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examinations, "EXAMINATIONS", (examinations.python,))
    found = doctor("--set", "server.prot=1")
    assert "prot" in wrong(found, "settings")
    assert "port" in found["settings"]["hint"]
    assert "python" in found
