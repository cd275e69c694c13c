"""Addresses of a copy: every page is a folder with an ``index.html``, as any host serves it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.diagnostics import NablaError, Problem

_LINKS = re.compile(r'(?P<before>\s(?:href|action)=")(?P<address>/[^"]*)(?=")')


@dataclass(frozen=True)
class Folders:
    """Knows the pages of a copy by their paths, such as ``/glossary``, below ``prefix``."""

    prefix: str
    pages: Collection[str]

    def address(self, address: str) -> str:
        """The address with the slash that makes a page a folder; others stay as they are."""
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        within = path.removeprefix(self.prefix)
        if path.startswith(f"{self.prefix}/") and within in self.pages and within != "/":
            return f"{path}/{address[len(path) :]}"
        return address

    def rewritten(self, html: str) -> str:
        """A page with all its links so."""
        return _LINKS.sub(lambda found: found["before"] + self.address(found["address"]), html)


def file_of(path: str) -> str:
    """The file of a page with this path."""
    return f"{path.strip('/')}/index.html".lstrip("/")


def prefix_of(base: str) -> str:
    """The path below which a host shows the copy, without a slash at the end.

    ``base`` is such a path or a whole web address.  Raises NablaError for anything else.
    """
    parts = urlsplit(base)
    if parts.scheme in ("http", "https") and parts.netloc:
        base = parts.path or "/"
    if not base.startswith("/") or base.startswith("//") or re.search(r"[?#%\\ \"'<>]", base):
        message = f"“{base}” is no base for the addresses of the copy."
        hint = "Give the path below which the host shows it, such as --base /book/."
        raise NablaError(Problem("wrong-base", message, hint=hint))
    return base.rstrip("/")


__all__ = ["Folders", "file_of", "prefix_of"]
