"""``nabla doctor`` names what is wrong with an installation, and what to do."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any

import fakeredis
import pytest
import redis

from app import compute
from app.cli import examinations, installation, main
from app.resources import book_root
from tests.lessons.support import SmallBook
from tests.support.server import free_port

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


class Installed:
    """A folder of distributions as an installer leaves them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, version: str, *needs: str, **files: str) -> None:
        """A distribution with these programs, and the list of them."""
        place = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        place.mkdir()
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs)]
        (place / "METADATA").write_text("\n".join(lines))
        rows = []
        for module, text in files.items():
            (self.folder / f"{module}.py").write_text(text)
            digest = urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
            rows.append(f"{module}.py,sha256={digest},{len(text)}")
        (place / "RECORD").write_text("\n".join(rows))

    def find(self, name: str) -> Distribution:
        """In place of ``importlib.metadata.distribution``."""
        for found in Distribution.discover(name=name, path=[str(self.folder)]):
            return found
        raise PackageNotFoundError(name)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """An installation of the book with two libraries, one of which needs the other."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    site = Installed(folder)
    site.add("nabla-textbook", "1", "upper>=2.1", 'x>=1; extra == "dev"', book="the book")
    site.add("upper", "2.1.3", "lower", upper="")
    site.add("lower", "1.0", lower="")
    monkeypatch.setattr(installation, "distribution", site.find)
    return site


def libraries() -> str:
    (finding,) = installation.libraries()
    assert (finding.level == "ok") is not bool(finding.hint)
    return finding.message


def test_libraries_are_there_whole_and_new_enough(installed: Installed) -> None:
    assert libraries() == "All 2 libraries are installed."
    (installed.folder / "lower.py").unlink()
    assert libraries() == "lower is incomplete (lower.py)."
    shutil.rmtree(installed.folder / "lower-1.0.dist-info")
    (installed.folder / "upper-2.1.3.dist-info").rename(installed.folder / "upper-2.dist-info")
    (installed.folder / "upper-2.dist-info" / "METADATA").write_text(
        "Name: upper\nVersion: 2.0rc1\nRequires-Dist: lower"
    )
    assert libraries() == "lower is missing; upper 2.0rc1 is older than 2.1."


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        ("lower==1.1", "lower 1.0 is older than 1.1."),
        ("lower<5,>=1.0.1", "lower 1.0 is older than 1.0.1."),
        ("lower~=1.10", "lower 1.0 is older than 1.10."),
        ("lower>=1.0.0", "All 2 libraries are installed."),
        ("lower<5,!=0.9", "All 2 libraries are installed."),
    ],
)
def test_what_a_library_needs_of_another_is_read_in_every_form(
    installed: Installed, needed: str, said: str
) -> None:
    shutil.rmtree(installed.folder / "upper-2.1.3.dist-info")
    installed.add("upper", "2.1.3", needed, upper="")
    assert libraries() == said


def test_without_its_libraries_nothing_else_is_examined(
    doctor: Doctor, installed: Installed
) -> None:
    shutil.rmtree(installed.folder / "upper-2.1.3.dist-info")
    found = doctor()
    assert wrong(found, "libraries") == "upper is missing."
    assert {"python", "files", "the rest"} <= set(found)
    assert not {"address", "content", "workers"} & set(found)


def files() -> list[tuple[str, str]]:
    return [(each.level, each.message) for each in installation.files()]


def test_every_file_that_was_installed_is_looked_at(installed: Installed) -> None:
    ((level, message),) = files()
    assert level == "ok"
    assert message.endswith("files have the checksums they should have.")
    (installed.folder / "book.py").write_text("another")
    ((level, message),) = files()
    assert level == "error"
    assert message.startswith("Not as shipped: ")
    assert message.endswith("/book.py.")
    (installed.folder / "book.py").unlink()
    assert [level for level, message in files() if message.startswith("Missing: ")] == ["error"]


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The vendored files of an installation that may be damaged."""
    vendor = tmp_path / "installed" / "static" / "vendor"
    shutil.copytree(book_root() / "static" / "vendor", vendor)
    monkeypatch.setattr("app.resources.book_root", lambda: tmp_path / "installed")
    return vendor


def test_missing_and_changed_files_are_named(damaged: Path) -> None:
    assert [level for level, _ in files()] == ["ok"]
    font = damaged / "fonts" / "latin-modern-math.woff2"
    font.write_bytes(font.read_bytes() + b"!")
    (damaged / "temml" / "temml.min.js").unlink()
    assert files() == [
        ("error", "Missing: vendor/temml/temml.min.js."),
        ("error", "Not as shipped: vendor/fonts/latin-modern-math.woff2."),
    ]
    (damaged / "README.md").unlink()
    assert files() == [("error", "Files of the book are missing: no such file or directory.")]


def test_every_vendored_file_has_a_checksum() -> None:
    """What is shipped and named nowhere could be exchanged without notice."""
    vendor = book_root() / "static" / "vendor"
    named = {name for name, _ in installation.VENDORED.findall((vendor / "README.md").read_text())}
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
