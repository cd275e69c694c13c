"""Finds nginx, or installs Debian's; starts one with a configuration of its own on a free port.

Looked for in this order: the executable named by ``NABLA_NGINX``, one in the search path, the
usual places, the one that this command unpacked before.  If none is there, Debian's package is
unpacked into the user's cache folder: that needs no rights and starts no service at port 80.  Where
the unpacked program lacks a library, the package is installed.  Benchmarks compare the book's
server with it, and tests put it in front as a proxy.

    python -m tools.nginx            prints the path, installing nginx if need be
    python -m tools.nginx --find     prints the path, or fails when there is none
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.installing import APT, attempt, install_debian_package

PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
INSIDE = "nginx/usr/sbin/nginx"
INSTALL_SECONDS = 180
TRIES = 3
PAUSE_SECONDS = 5.0
START_SECONDS = 30

NONE = """\
No nginx was found or could be installed, so the tests of tests/deploy are left out (in continuous
integration they fail).  Install one by hand (Debian: apt-get install nginx-light) or name one that
you have in NABLA_NGINX, then run the command again."""

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running nginx: its address, the process that serves, the folder of its files."""

    url: str
    pid: int
    folder: Path


def find_nginx() -> Path | None:
    """The path of an nginx that runs, or None; one that ``NABLA_NGINX`` names is the only one."""
    named = os.environ.get("NABLA_NGINX")
    found = shutil.which("nginx")
    candidates = [named] if named else [*([found] if found else []), *PLACES, str(unpacked())]
    return next((Path(each) for each in candidates if works(each)), None)


def works(program: str) -> bool:
    """Whether this is an nginx that can be run here."""
    try:
        asked = subprocess.run([program, "-v"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and b"nginx" in asked.stderr


def cache() -> Path:
    """The folder for what is unpacked."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "nabla-tools"


def unpacked() -> Path:
    """Where the unpacked program is."""
    return cache() / INSIDE


def install_nginx() -> Path | None:
    """Unpack Debian's package, or install it, and return the program's path; tries again."""
    if not shutil.which("apt-get"):
        return None
    for failed in range(TRIES):
        time.sleep(PAUSE_SECONDS * failed)
        for install in (_unpack_package, _install_package):
            with contextlib.suppress(OSError):  # a folder that cannot be written
                install()
            if path := find_nginx():
                return path
    return None


def _unpack_package() -> None:
    """Fetch the package as the user who asks, and take it apart."""
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as name:
        folder = Path(name)
        _download(folder) or _download(folder, *_lists_in(folder))
        for archive in sorted(folder.glob("*.deb")):
            attempt("dpkg-deb", "--extract", str(archive), str(folder / "nginx"))
        if works(str(folder / INSIDE)):
            shutil.rmtree(cache() / "nginx", ignore_errors=True)
            (folder / "nginx").rename(cache() / "nginx")


def _download(folder: Path, *options: str) -> bool:
    """Whether a package came; which of them holds the program depends on Debian's release."""
    for package in ("nginx", "nginx-light"):
        if attempt("apt-cache", *options, "show", package, silent=True):
            fetch = (*APT, *options, "download", package)
            attempt(*fetch, seconds=INSTALL_SECONDS, folder=folder)
    return any(folder.glob("*.deb"))


def _lists_in(folder: Path) -> tuple[str, ...]:
    """Options for a fresh list of packages that belongs to this user."""
    state, kept = folder / "state", folder / "kept"
    for each in (state / "lists" / "partial", kept / "archives" / "partial"):
        each.mkdir(parents=True)
    options = ("-o", f"Dir::State={state}", "-o", f"Dir::Cache={kept}")
    attempt(*APT, *options, "update", seconds=INSTALL_SECONDS)
    return options


def _install_package() -> None:
    install_debian_package("nginx-light", INSTALL_SECONDS)


@contextlib.contextmanager
def running_nginx(server: str, http: str = "") -> Iterator[Nginx]:
    """nginx on a free port of this machine; ``server`` and ``http`` go into those blocks.

    ``{folder}`` in them is a folder that is removed at the end.  Raises FileNotFoundError when
    there is no nginx, RuntimeError with its own words when it does not start.
    """
    program = find_nginx()
    if program is None:
        raise FileNotFoundError("There is no nginx; run `python -m tools.nginx`.")
    with tempfile.TemporaryDirectory(prefix="nabla-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its worker is another user when the master is root
        port = _free_port()
        text = CONFIGURATION.format(
            folder=folder,
            port=port,
            http=http.replace("{folder}", name),
            server=server.replace("{folder}", name),
        )
        (folder / "nginx.conf").write_text(text)
        command = [str(program), "-p", name, "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            _wait_until_listening(process, port)
            yield Nginx(f"http://127.0.0.1:{port}", _worker_of(process.pid), folder)
        finally:
            process.terminate()
            process.wait(START_SECONDS)
            if process.stdout is not None:
                process.stdout.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_listening(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stdout is not None
            raise RuntimeError(process.stdout.read().decode(errors="replace"))
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not listen within {START_SECONDS} s.")


def _worker_of(master: int) -> int:
    """The process that answers; the master itself where that cannot be told."""
    children = Path(f"/proc/{master}/task/{master}/children")
    found = children.read_text().split() if children.exists() else []
    return int(found[0]) if found else master


def main(arguments: list[str]) -> int:
    """Print nginx's path; exit code 1 when there is none and none could be installed."""
    path = find_nginx()
    if path is None and "--find" not in arguments:
        path = install_nginx()
    if path is None:
        print(NONE, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
