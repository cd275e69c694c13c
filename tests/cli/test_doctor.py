"""``nabla doctor`` names what is wrong with an installation, and what to do."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fakeredis
import pytest
import redis

from app import compute
from app.cli import examinations, installation, main
from tests.lessons.support import SmallBook
from tests.support.server import free_port

Doctor = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Doctor:
    """The findings about a small book by their names, and the exit code as ``exit``."""
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


def test_without_its_libraries_nothing_else_is_examined(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = installation.Finding("libraries", "upper is missing.", "error", installation.AGAIN)
    monkeypatch.setattr(installation, "libraries", lambda: iter([missing]))
    found = doctor()
    assert wrong(found, "libraries") == "upper is missing."
    assert {"python", "files", "the rest"} <= set(found)
    assert not {"address", "content", "workers"} & set(found)


def test_a_port_that_is_taken_is_told(doctor: Doctor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.listen()
        found = doctor("--port", str(port), "--set", f"metrics.port={port}")
    assert wrong(found, "address") == f"Another program listens on 127.0.0.1:{port}."
    assert "choose another port" in found["address"]["hint"]
    assert "Another program" in wrong(found, "metrics")


def test_figures_need_a_port_of_their_own(doctor: Doctor) -> None:
    port = str(free_port())
    found = doctor("--port", port, "--set", f"metrics.port={port}")
    assert found["address"]["level"] == "ok"
    assert "which is that of the book" in wrong(found, "metrics")


def test_a_socket_that_cannot_be_made_is_told(doctor: Doctor, tmp_path: Path) -> None:
    missing = doctor("--socket", str(tmp_path / "nowhere" / "nabla.sock"))
    assert "nowhere/nabla.sock”: No such file or directory." in wrong(missing, "address")
    (tmp_path / "taken").write_text("mine")
    assert "is no socket" in wrong(doctor("--socket", str(tmp_path / "taken")), "address")
    assert doctor("--socket", str(tmp_path / "free"))["address"]["level"] == "ok"
    assert not (tmp_path / "free").exists()


def test_a_server_of_the_book_at_the_address_is_no_mistake(doctor: Doctor, tmp_path: Path) -> None:
    path = str(tmp_path / "nabla.sock")
    answer = b"HTTP/1.1 200 OK\r\nX-Request-ID: 1\r\nContent-Length: 3\r\n\r\nok\n"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            listener.accept()[0].close()  # the look whether anybody is there
            with listener.accept()[0] as visitor:
                visitor.recv(1000)
                visitor.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        found = doctor("--socket", path)
        thread.join()
    assert found["address"]["level"] == "warning"
    assert f"A server of this book answers at {path} already." == found["address"]["message"]


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
    assert "lesson.md:5: error: " in found["content"]["message"]
    assert "nabla check --content" in found["content"]["hint"]


def test_a_template_that_fails_is_a_mistake_of_the_content(doctor: Doctor, tmp_path: Path) -> None:
    template = tmp_path / "course/templates/parts/book-contents.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ 1 / 0 }}", "utf-8")
    (tmp_path / "course/book.toml").write_text('extends = "../book"\n', "utf-8")
    found = doctor("--content", str(tmp_path / "course"))
    assert "A page cannot be printed with this template" in wrong(found, "content")


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
    monkeypatch.setattr(examinations, "EXAMINATIONS", (examinations.address,))
    found = doctor("--set", "server.prot=1")
    assert "prot" in wrong(found, "settings")
    assert "port" in found["settings"]["hint"]
    assert found["address"]["level"] == "ok"
