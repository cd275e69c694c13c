"""What all tests share: the switch for benchmarks, and Hypothesis' budget."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app import compute
from tests.support.browsers import browser, page_pool

__all__ = ["browser", "page_pool"]

settings.register_profile(
    "nabla", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# For an hour, not for every day: python -m pytest tests/expressions --hypothesis-profile fuzz
settings.register_profile("fuzz", settings.get_profile("nabla"), max_examples=20_000)
settings.load_profile("nabla")

# Tests share their cores with browsers: give computations the time that they would have alone.
compute.be_patient(4)

BENCHMARKS = Path(__file__).parent / "benchmarks"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--benchmarks", action="store_true", help="run tests/benchmarks, which print ratios"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path == BENCHMARKS and not config.getoption("--benchmarks"):
        return True
    return None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups share servers and editions: one that is not kept together costs minutes unseen."""
    if not hasattr(session.config, "workerinput") or not session.config.getvalue("loadgroup"):
        return
    for item in session.items:
        group = item.get_closest_marker("xdist_group")
        if group and not item.nodeid.endswith(f"@{group.args[0]}"):
            raise pytest.UsageError(f"pytest-xdist does not keep {item.nodeid} in its group.")
