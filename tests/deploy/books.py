"""Books behind nginx as ``deploy`` describes it: servers on Unix sockets, and the shipped files."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.server import REPOSITORY, free_port

DEPLOY = REPOSITORY / "deploy"
READY_SECONDS = 120


@dataclass
class Book:
    """A running ``nabla serve``; ``path`` is its Unix socket."""

    path: Path
    process: subprocess.Popen[bytes]
    log: Path

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the command that was started."""
        self.process.send_signal(number)

    def wait_until_ready(self) -> None:
        """Raises AssertionError with the server's words when it does not become ready."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"The server ended:\n{self.log.read_text()}")
            if self.path.exists() and "Nabla is at" in self.log.read_text():
                return
            time.sleep(0.05)
        raise AssertionError(f"Not ready in {READY_SECONDS} s:\n{self.log.read_text()}")

    def end(self) -> None:
        """Ask it to end, and wait."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def folder_for_sockets() -> Iterator[Path]:
    """A folder with a short name that nginx's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="nabla-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def start(folder: Path, *flags: str, handed: socket.socket | None = None) -> Book:
    """``nabla serve``, not ready yet; on the socket that is handed over, or on one of its own."""
    path = Path(handed.getsockname()) if handed else folder / f"{free_port()}.sock"
    where = ("--fd", str(handed.fileno())) if handed else ("--socket", str(path))
    log = folder / f"{path.stem}-{time.monotonic_ns()}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", *where, *flags],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=output,
            stderr=output,
            pass_fds=(handed.fileno(),) if handed else (),
        )
    return Book(path, process, log)


@contextlib.contextmanager
def running(*books: Book) -> Iterator[None]:
    """Books that answer; ended at the end."""
    try:
        for book in books:
            book.wait_until_ready()
            book.path.chmod(0o666)  # nginx's workers belong to nobody here
        yield
    finally:
        for book in books:
            book.end()


def shipped(name: str, folder: Path, upstream: str = "nabla") -> str:
    """A file of ``deploy/nginx`` with the paths of this test; ``upstream`` renames the upstream."""
    text = (DEPLOY / "nginx" / name).read_text()
    text = text.replace("snippets/", f"{folder}/").replace(
        "/var/cache/nginx/nabla", "{folder}/kept"
    )
    return text.replace("http://nabla", f"http://{upstream}")


def shared(folder: Path, sockets: Mapping[str, Path], tighter: Mapping[str, str] = {}) -> str:
    """The block http: what ``nabla.conf`` says, with an upstream for each socket.

    The snippets are put into ``folder``.  ``tighter`` replaces texts of the shipped files, for
    limits that a test cannot reach otherwise; each must be there.
    """
    text = _tightened("nabla.conf", tighter)
    found = re.search(r"upstream nabla \{.*?\n\}\n", text, re.DOTALL)
    assert found, "nabla.conf has an upstream"
    upstreams = [
        found[0].replace("upstream nabla ", f"upstream {name} ").replace("/run/nabla/nabla.sock", p)
        for name, p in ((name, str(path)) for name, path in sockets.items())
    ]
    for snippet in ("nabla-proxy.conf", "nabla-api.conf"):
        (folder / snippet).write_text(_tightened(snippet, tighter))
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
    lines = [
        line for line in block.splitlines() if not re.match(r"\s*(listen|server_name|ssl_)", line)
    ]
    body = "\n".join(lines)
    if stripped:  # with the path that a location names, nginx takes it away and puts its own there
        body = body.replace("location /api/ {", "location /api/ {\n#api")
        root, _, api = body.partition("#api")
        root = root.replace(f"proxy_pass http://{upstream};", f"proxy_pass http://{upstream}/;")
        api = api.replace(f"proxy_pass http://{upstream};", f"proxy_pass http://{upstream}/api/;")
        body = root + api
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
