"""Restarts without a gap: whoever asks meanwhile waits, and nobody is refused."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.deploy.books import Book, ask, domain_body, running, server, shared, start
from tests.deploy.conftest import PREFIX, Place
from tests.support.server import free_port
from tools.nginx import running_nginx


@dataclass
class Reader:
    """Asks for a page and for a new answer in turn, until told to stop."""

    port: int
    prefix: str
    number: int
    answered: int = 0
    longest: float = 0.0
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(default_factory=threading.Thread)

    def read(self) -> None:
        """Read on, and note what fails and how long an answer takes at most."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=90)) as connection:
            while not self.stop.is_set():
                question = f"api/jacobian?f=x%2B{self.number}{self.answered}&vars=x"
                path = f"{self.prefix}/{question if self.answered % 2 else 'lessons/jacobian'}"
                asked = time.monotonic()
                try:
                    status = ask(connection, path)[0]
                except (OSError, HTTPException) as error:
                    self.failed.append(repr(error))
                    connection.close()
                else:
                    if status != 200:
                        self.failed.append(f"{status} {path}")
                self.answered += 1
                self.longest = max(self.longest, time.monotonic() - asked)
                time.sleep(0.01)


@contextmanager
def reading(port: int, prefix: str = "") -> Iterator[list[Reader]]:
    """Two readers at once."""
    readers = [Reader(port, prefix, number) for number in (1, 2)]
    for reader in readers:
        reader.thread = threading.Thread(target=reader.read)
        reader.thread.start()
    try:
        yield readers
    finally:
        stop(readers)


def stop(readers: list[Reader]) -> None:
    """Let them finish what they ask."""
    for reader in readers:
        reader.stop.set()
    for reader in readers:
        reader.thread.join(120)


def _wait_for(readers: list[Reader], more: int) -> None:
    """Until each has had so many more answers."""
    goals = [reader.answered + more for reader in readers]
    deadline = time.monotonic() + 100
    while any(r.answered < goal for r, goal in zip(readers, goals, strict=True)):
        assert time.monotonic() < deadline, "nobody answers any more"
        time.sleep(0.02)


def _tell(kind: str, readers: list[Reader]) -> None:
    answers, longest = sum(r.answered for r in readers), max(r.longest for r in readers)
    print(f"{kind}: {answers} answers, 0 failed, the longest took {1e3 * longest:.0f} ms")


def test_a_socket_that_is_held_outlives_the_server(places: dict[str, Place], folder: Path) -> None:
    """As systemd does: the book ends and starts again, the socket stays."""
    path = folder / "held.sock"
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(str(path))
        listener.listen(2048)
        path.chmod(0o666)
        port = free_port()
        http = shared(folder, {"held": path}) + server(port, domain_body(folder, "held"))
        books: list[Book] = [start(folder, handed=listener)]
        with running(books[0]):
            stack.enter_context(running_nginx("return 404;", http))
            with reading(port) as readers:
                _wait_for(readers, 10)
                books[0].end()
                with running(start(folder, handed=listener)):
                    _wait_for(readers, 10)
                    stop(readers)
    assert [reader.failed for reader in readers] == [[], []]
    _tell("Restart on a held socket", readers)


def _children(book: Book) -> set[int]:
    """The server processes that the book's first process minds."""
    threads = Path(f"/proc/{book.process.pid}/task")
    found = (each / "children" for each in threads.iterdir())
    return {int(child) for path in found for child in path.read_text().split()}


def _wait_for_processes(book: Book, others_than: set[int], number: int = 2) -> set[int]:
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        children = _children(book)
        if len(children) == number and not children & others_than:
            return children
        time.sleep(0.05)
    raise AssertionError(f"{children} instead of {number} others than {others_than}")


def test_processes_are_renewed_one_after_the_other(places: dict[str, Place]) -> None:
    place = places[f"{PREFIX} kept"]
    before = _wait_for_processes(place.book, set())
    with reading(place.port, place.prefix) as readers:
        _wait_for(readers, 4)
        place.book.signal(signal.SIGHUP)
        _wait_for_processes(place.book, before)
        _wait_for(readers, 4)
    assert [reader.failed for reader in readers] == [[], []]
    _tell("Two processes renewed", readers)


def test_a_process_that_dies_is_replaced(places: dict[str, Place]) -> None:
    place = places[f"{PREFIX} kept"]
    before = _wait_for_processes(place.book, set())
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    after = _wait_for_processes(place.book, {victim})
    assert before - {victim} < after, "the other one was left alone"
