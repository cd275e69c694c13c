"""The book exported once for a run, and a plain file server that knows nothing of it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

from app.export import Exported, export
from app.settings import ReportSettings, Settings

BASE = "/course/book/"
"""Below which the copy stands: two folders deep, so that no address holds by chance."""
REPORTS = "https://git.university.example/book/issues/new"


@functools.cache
def exported_book() -> Exported:
    """The shipped book as files for ``BASE``, with a link to report problems."""
    return export(Settings(report=ReportSettings(address=REPORTS)), BASE)


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing; the tests ask the browser."""


@contextlib.contextmanager
def file_server(folder: Path) -> Iterator[str]:
    """The origin at which Python's own file server, on a free port, shows a folder."""
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
