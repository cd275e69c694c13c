"""Books behind nginx as ``deploy`` describes it: servers on Unix sockets, and the shipped files."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.server import REPOSITORY, end, environment, wait_until_it_says

DEPLOY = REPOSITORY / "deploy"
READY_SECONDS = 120
END_SECONDS = 20


@dataclass
class Book:
    """``nabla serve`` on a Unix socket: its own at ``path``, or one that is ``handed`` to it.

    Build it with ``start`` or ``start_on``; ``folder`` holds the logs.
    """

    folder: Path
    path: Path
    flags: tuple[str, ...]
    handed: socket.socket | None = None
    log: Path = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it, or start it again after ``end``; it is not ready yet."""
        at = ("--fd", str(self.handed.fileno())) if self.handed else ("--socket", str(self.path))
        self.log = self.folder / f"{self.path.stem}-{time.monotonic_ns()}.log"
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve", *at, *self.flags],
                cwd=self.folder,
                env=environment(),
                stdout=output,
                stderr=output,
                pass_fds=(self.handed.fileno(),) if self.handed else (),
            )

    def wait_until_ready(self) -> None:
        """Raises AssertionError with the server's words when it does not become ready."""
        wait_until_it_says("Nabla is at", self.process, self.log, READY_SECONDS)
        self.path.chmod(0o666)  # nginx's workers belong to nobody here

    def end(self) -> None:
        """Ask it to end, and wait."""
        end(self.process, END_SECONDS)


@contextlib.contextmanager
def folder_for_sockets() -> Iterator[Path]:
    """A folder with a short name that nginx's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="nabla-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def start(path: Path, *flags: str) -> Book:
    """A book that makes its own socket, not ready yet."""
    book = Book(path.parent, path, flags)
    book.start()
    return book


@contextlib.contextmanager
def start_on(path: Path, *flags: str) -> Iterator[Book]:
    """A book on a socket that is held for it, as systemd does; not ready yet."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(2048)
        book = Book(path.parent, path, flags, listener)
        book.start()
        yield book


@contextlib.contextmanager
def running(*books: Book) -> Iterator[None]:
    """Books that answer; ended at the end."""
    try:
        for book in books:
            book.wait_until_ready()
        yield
    finally:
        for book in books:
            book.end()


def shipped(name: str, folder: Path, upstream: str = "nabla") -> str:
    """A file of ``deploy/nginx`` with the paths of this test; ``upstream`` renames the upstream."""
    text = (DEPLOY / "nginx" / name).read_text().replace("snippets/", f"{folder}/")
    text = text.replace("/var/log/nginx", str(folder))
    return text.replace("http://nabla", f"http://{upstream}")


def shared(folder: Path, sockets: Mapping[str, Path], tighter: Mapping[str, str] = {}) -> str:
    """The block http: what ``nabla.conf`` says, with an upstream for each socket.

    The snippets are put into ``folder``.  ``tighter`` replaces texts of the shipped files, for
    limits that a test cannot reach otherwise.
    """
    text = _tightened("nabla.conf", tighter)
    found = re.search(r"upstream nabla \{.*?\n\}\n", text, re.DOTALL)
    assert found, "nabla.conf has an upstream"
    upstreams = [
        found[0].replace("upstream nabla ", f"upstream {name} ").replace("/run/nabla/nabla.sock", p)
        for name, p in ((name, str(path)) for name, path in sockets.items())
    ]
    for snippet in ("nabla-proxy.conf", "nabla-api.conf", "nabla-pages.conf"):
        text_of_snippet = _tightened(snippet, tighter).replace("/var/log/nginx", str(folder))
        (folder / snippet).write_text(text_of_snippet)
    text = text.replace(found[0], "\n".join(upstreams))
    return text.replace("/var/cache/nginx/nabla", "{folder}/kept")


def _tightened(name: str, tighter: Mapping[str, str]) -> str:
    text = (DEPLOY / "nginx" / name).read_text()
    for loose, tight in tighter.items():
        text = text.replace(loose, tight)
    return text


def server(port: int, body: str) -> str:
    """A block server of its own."""
    return f"server {{\n listen 127.0.0.1:{port};\n{body}\n}}\n"


def domain_body(folder: Path, upstream: str = "nabla", *, stripped: bool = False) -> str:
    """What ``domain.conf`` has in its https server, without TLS, which needs a certificate."""
    block = shipped("domain.conf", folder, upstream).split("server {")[2].rsplit("}", 1)[0]
    body = re.sub(r"(?m)^\s*(listen|server_name|ssl_).*\n", "", block)
    if stripped:  # with the path that a location names, nginx takes it away and puts its own there
        location = rf"(location (/\S*) \{{[^}}]*proxy_pass http://{upstream});"
        body, number = re.subn(location, r"\1\2;", body)
        assert number == 3, "pages, files, answers"
    return body


def ask(
    connection: http.client.HTTPConnection,
    path: str,
    method: str = "GET",
    body: str | None = None,
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in lower case) and body of an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
