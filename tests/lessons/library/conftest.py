"""The overlay of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.library.support import Overlay


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    return Overlay(tmp_path)
