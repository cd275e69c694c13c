"""Serving below a path: a proxy shows the book at ``/course`` and may or may not strip that."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """Serves the book below ``prefix``, whether the proxy sends the prefix along or strips it.

    Inside, the path carries the prefix and ``root_path`` names it, as ASGI has it.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._prefix and scope["type"] in {"http", "websocket"}:
            path, raw = scope["path"], scope.get("raw_path") or scope["path"].encode()
            if path != self._prefix and not path.startswith(f"{self._prefix}/"):
                path, raw = f"{self._prefix}{path}", self._prefix.encode() + raw
            elif path == self._prefix:
                path, raw = f"{path}/", raw + b"/"
            scope = {**scope, "path": path, "raw_path": raw, "root_path": self._prefix}
        await self.app(scope, receive, send)


def path_within(scope: Scope) -> str:
    """The path of a request within the book, without the prefix."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
