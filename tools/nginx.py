"""Finds nginx, or installs Debian's; starts one with a configuration of its own on a free port.

Looked for in this order: the executable named by ``NABLA_NGINX``, one in the search path, the
usual places.  Benchmarks compare the book's server with it, and tests put it in front as a proxy.

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

PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
INSTALL_SECONDS = 300
START_SECONDS = 10

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
    """The path of nginx, or None."""
    found = os.environ.get("NABLA_NGINX") or shutil.which("nginx")
    if found:
        return Path(found)
    return next((Path(place) for place in PLACES if Path(place).exists()), None)


def install_nginx() -> Path | None:
    """Install Debian's package where there is one, and return its path."""
    if shutil.which("apt-get"):
        as_root = () if os.geteuid() == 0 else ("sudo", "-n")
        for command in (
            ("apt-get", "update"),
            ("apt-get", "install", "-y", "--no-install-recommends", "nginx-light"),
        ):
            print("+", *as_root, *command, file=sys.stderr)
            subprocess.run(
                [*as_root, *command], stdout=sys.stderr, timeout=INSTALL_SECONDS, check=False
            )
    return find_nginx()


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
        command = [program, "-p", name, "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            _wait_until_listening(process, port)
            yield Nginx(f"http://127.0.0.1:{port}", _worker_of(process.pid), folder)
        finally:
            process.terminate()
            process.wait(10)
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
        print("No nginx was found or could be installed.", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
