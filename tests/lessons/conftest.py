"""The small book that the tests of this folder write into."""

from pathlib import Path

import pytest

from tests.lessons.support import SmallBook


@pytest.fixture
def book(tmp_path: Path) -> SmallBook:
    return SmallBook(tmp_path)
