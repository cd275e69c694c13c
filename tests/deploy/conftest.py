"""nginx as ``deploy`` describes it, in front of real servers of the book."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.books import (
    Book,
    domain_body,
    folder_for_sockets,
    running,
    server,
    shared,
    shipped,
    start,
    start_on,
)
from tests.support.server import THE_BOOK, free_port
from tools.nginx import find_nginx, running_nginx

PREFIX = "/course/nabla"


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process, for they share the servers."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.xdist_group("deploy"))


@dataclass(frozen=True)
class Place:
    """A place where readers find the book: ``url`` of the host, and the path below it."""

    url: str
    prefix: str
    port: int
    book: Book


@pytest.fixture(scope="session")
def nginx() -> None:
    """There is an nginx: in continuous integration a missing one is a failure."""
    if find_nginx() is None:
        reason = "No nginx: run `python -m tools.nginx`, which installs Debian's."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with folder_for_sockets() as made:
        yield made


@pytest.fixture(scope="session")
def places(nginx: None, folder: Path) -> Iterator[dict[str, Place]]:
    """Two books behind one nginx, the path stripped and kept: at / one process on a socket that is
    held for it, below a path two processes on a socket of their own.
    """
    with ExitStack() as stack:
        root = stack.enter_context(start_on(folder / "held.sock", *THE_BOOK))
        below = start(folder / "own.sock", "--prefix", PREFIX, "--processes", "2")
        stack.enter_context(running(root, below))
        site = f"access_log {folder}/site.log combined;\n"  # as one that is there already has it
        bodies = {
            "/ kept": (root, domain_body(folder, "root")),
            "/ stripped": (root, domain_body(folder, "root", stripped=True)),
            f"{PREFIX} kept": (below, site + shipped("sub-path-kept.conf", folder, "below")),
            f"{PREFIX} stripped": (
                below,
                site + shipped("sub-path-stripped.conf", folder, "below"),
            ),
        }
        ports = {name: free_port() for name in bodies}
        http = shared(folder, {"root": root.path, "below": below.path})
        http += "\n".join(server(ports[name], body) for name, (_, body) in bodies.items())
        stack.enter_context(running_nginx("return 404;", http))
        yield {
            name: Place(
                f"http://127.0.0.1:{ports[name]}", name.split()[0].rstrip("/"), ports[name], book
            )
            for name, (book, _) in bodies.items()
        }


@pytest.fixture(params=["/ kept", "/ stripped", f"{PREFIX} kept", f"{PREFIX} stripped"])
def place(request: pytest.FixtureRequest, places: dict[str, Place]) -> Place:
    """Each place in turn."""
    return places[request.param]
