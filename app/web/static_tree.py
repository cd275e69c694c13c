"""The files that browsers load: scripts, styles, fonts and vendored libraries.

The whole tree has one digest.  ``/static/<digest>/styles/book.css`` never changes and is cached
for ever; because the digest stands in front of the whole path, scripts and style sheets name one
another relatively and stay within their version.  ``/static/styles/book.css`` is the newest file,
asked for again each time.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from app.web.prepared import Prepared, prepare

DIGEST = re.compile(r"[0-9a-f]{16}")
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class StaticTree:
    """One state of the static files: read once, compressed when first asked for."""

    def __init__(
        self,
        root: Path,
        bundles: Mapping[str, Sequence[str]] | None = None,
        endings: Mapping[str, str] | None = None,
    ) -> None:
        """Read the tree; ``bundles`` adds files that are others of the tree, one after another, and
        ``endings`` adds text to files.
        """
        self._bodies = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        for name, parts in (bundles or {}).items():
            self._bodies[name] = b"\n".join(self._bodies[part] for part in parts)
        for name, text in (endings or {}).items():
            self._bodies[name] += text.encode()
        self._prepared: dict[str, Prepared] = {}

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with any file of the tree."""
        whole = hashlib.sha256()
        for path, body in self._bodies.items():
            whole.update(f"{path}\0{len(body)}\0".encode())
            whole.update(body)
        return whole.hexdigest()[:16]

    def __contains__(self, path: str) -> bool:
        return path in self._bodies

    def names(self) -> tuple[str, ...]:
        """The paths of all files."""
        return tuple(self._bodies)

    def text(self, path: str) -> str:
        """A file's text. Raises KeyError when there is no such file."""
        return self._bodies[path].decode()

    def body(self, path: str) -> bytes:
        """A file's bytes. Raises KeyError when there is no such file."""
        return self._bodies[path]

    def hashed(self, path: str) -> str:
        """The path with the digest in front. Raises KeyError when there is no such file."""
        if path not in self._bodies:
            raise KeyError(f"no static file “{path}”")
        return f"{self.digest}/{path}"

    def split(self, path: str) -> tuple[bool, str]:
        """Whether a requested path names this very state of the tree, and the file's own path.

        A digest of another state leads to the newest file: a page that was opened before the book
        was renewed can still load the rest of what it needs.
        """
        first, _, rest = path.partition("/")
        if DIGEST.fullmatch(first) and rest:
            return first == self.digest, rest
        return False, path

    def handed_out(self, path: str) -> tuple[Prepared, bool] | None:
        """A file by a requested path, and whether that address never changes; takes no time.

        None when there is no such file or it has not been prepared yet.
        """
        is_current, name = self.split(path)
        prepared = self._prepared.get(name)
        return (prepared, is_current) if prepared else None

    def prepared(self, path: str) -> Prepared | None:
        """The file ready to be sent, or None when there is no such file."""
        body = self._bodies.get(path)
        if body is not None and path not in self._prepared:
            self._prepared[path] = prepare(body, media_type(path))
        return self._prepared.get(path)


def media_type(path: str) -> str:
    """The type of a file by its suffix; the same on every machine for all types that we use."""
    suffix = Path(path).suffix.lower()
    return MEDIA_TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
