"""One application with the book's own content for all page tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.pages.edition import Edition
from app.settings import ServerSettings, Settings
from tests.support.reader import Reader

_WHOLE_BOOK = {"client", "edition", "behind_proxy"}


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the shipped book share a process: it is costly to typeset and to derive."""
    for item in items:
        here = Path(__file__).parent in item.path.parents
        if here and _WHOLE_BOOK & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("content"))


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
