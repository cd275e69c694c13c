"""What a server process has imported when it hands out its first page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from app.cli.opening import digest_for
from app.pages.edition import Edition
from app.pages.storeroom import Storeroom
from app.settings import Settings
from tests.support.reader import Reader

FIRST_PAGE = """
import json, sys
from app.cli.opening import open_book
from app.settings import Settings

counter = open_book(Settings()).application
scope = {"method": "GET", "path": "/lessons/gradients", "query_string": b"", "headers": []}
answer = counter.answer(scope)
assert answer is not None and b"<h1" in answer.body
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def modules_after_first_page(cache: Path) -> set[str]:
    """The top-level packages that the process has imported by then."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-c", FIRST_PAGE]
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return set(json.loads(finished.stdout))


def test_a_kept_book_opens_without_framework_lessons_or_mathematics(
    tmp_path: Path, client: Reader, edition: Edition
) -> None:
    press = client.app.state.press  # type: ignore[attr-defined]
    storeroom = Storeroom(tmp_path / "nabla" / "editions")
    assert storeroom.keep(digest_for(Settings()), press.kept(edition))
    imported = modules_after_first_page(tmp_path)
    heavy = {"fastapi", "jinja2", "markdown_it", "numpy", "plotly", "quickjs", "sympy"}
    assert imported & heavy == set()


def test_a_book_is_printed_without_sympy_and_plotly(tmp_path: Path) -> None:
    imported = modules_after_first_page(tmp_path)
    assert "fastapi" in imported  # it was printed, not found
    assert imported & {"sympy", "plotly"} == set()
