"""One application with the book's own content for all page tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.main import create_app
from app.pages.edition import Edition
from app.settings import ServerSettings, Settings
from tests.support.reader import Reader


@pytest.fixture(scope="session")
def client() -> Iterator[Reader]:
    """A reader of the book as it is shipped."""
    with Reader(create_app(Settings()), raise_server_exceptions=False) as reader:
        yield reader


@pytest.fixture(scope="session")
def edition(client: Reader) -> Edition:
    """What the client reads."""
    printed: Edition = client.app.state.desk.shelf.edition  # type: ignore[attr-defined]
    return printed


@pytest.fixture(scope="session")
def behind_proxy() -> Iterator[Reader]:
    """The same book below the path /course."""
    settings = Settings(server=ServerSettings(prefix="/course"))
    with Reader(create_app(settings), raise_server_exceptions=False) as reader:
        yield reader
