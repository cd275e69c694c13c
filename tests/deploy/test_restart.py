"""Restarts without a gap: whoever asks meanwhile waits, and nobody is refused."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

import psutil

from tests.deploy.books import Book, ask
from tests.deploy.conftest import PREFIX, Place
from tests.support.waiting import wait_for

PAUSE_SECONDS = 0.05
"""Between two questions of a reader, so that it is the servers who get the processors."""


@dataclass
class Reader:
    """Asks for the addresses that ``question`` makes of 0, 1, 2 …, until told to stop."""

    port: int
    question: Callable[[int], str]
    answered: int = 0
    longest: float = 0.0
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Read on, and note what fails and how long an answer takes at most."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=90)) as connection:
            while not self.stop.is_set():
                path = self.question(self.answered)
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
                time.sleep(PAUSE_SECONDS)


@dataclass(frozen=True)
class Readers:
    """One who reads pages, which nginx has, and one who asks what only the book can answer."""

    pages: Reader
    answers: Reader

    @property
    def failed(self) -> list[str]:
        """What either of them was not given."""
        return self.pages.failed + self.answers.failed

    def wait_for_more(self, more: int = 4) -> None:
        """Until each has had so many more answers."""
        readers = (self.pages, self.answers)
        goals = [reader.answered + more for reader in readers]
        wait_for(
            lambda: all(r.answered >= goal for r, goal in zip(readers, goals, strict=True)),
            100,
            lambda: f"{more} more answers to each reader",
        )

    def tell(self, what: str) -> None:
        """Print what was measured."""
        pages, answers = self.pages, self.answers
        print(
            f"\n{what}: {pages.answered} pages, the longest took {1e3 * pages.longest:.0f} ms; "
            f"{answers.answered} new answers, the longest took {1e3 * answers.longest:.0f} ms; "
            f"{len(self.failed)} failed"
        )


@contextmanager
def reading(place: Place) -> Iterator[Readers]:
    """Both at once; at the end they finish what they ask."""
    lesson = f"{place.prefix}/lessons/jacobian"
    question = f"{place.prefix}/api/jacobian?vars=x&f=x%2B{time.monotonic_ns()}"
    readers = Readers(
        Reader(place.port, lambda number: lesson),
        Reader(place.port, lambda number: f"{question}{number}"),
    )
    both = (readers.pages, readers.answers)
    threads = [threading.Thread(target=reader.read) for reader in both]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        for reader in both:
            reader.stop.set()
        for thread in threads:
            thread.join(120)


def test_a_socket_that_is_held_outlives_the_server(places: dict[str, Place]) -> None:
    """As systemd does: the book ends and starts again, the socket stays."""
    place = places["/ kept"]
    with reading(place) as readers:
        readers.wait_for_more()
        place.book.end()
        place.book.start()
        place.book.wait_until_ready()
        readers.wait_for_more()
    assert readers.failed == []
    readers.tell("Restart of one process on a held socket")


def _children(book: Book) -> set[int]:
    """The server processes that the book's first process minds."""
    return {child.pid for child in psutil.Process(book.process.pid).children()}


def _wait_for_processes(book: Book, others_than: set[int], number: int = 2) -> set[int]:
    def look() -> set[int]:
        children = _children(book)
        return children if len(children) == number and not children & others_than else set()

    return wait_for(look, 100, lambda: f"{number} others than {others_than}, but {_children(book)}")


def test_processes_are_renewed_one_after_the_other(places: dict[str, Place]) -> None:
    place = places[f"{PREFIX} kept"]
    before = _wait_for_processes(place.book, set())
    with reading(place) as readers:
        readers.wait_for_more()
        place.book.process.send_signal(signal.SIGHUP)
        _wait_for_processes(place.book, before)
        readers.wait_for_more()
    assert readers.failed == []
    readers.tell("Two processes renewed by SIGHUP")


def test_a_process_that_dies_is_replaced(places: dict[str, Place]) -> None:
    place = places[f"{PREFIX} kept"]
    before = _wait_for_processes(place.book, set())
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    after = _wait_for_processes(place.book, {victim})
    assert before - {victim} < after, "the other one was left alone"
