"""Serving below a path: a proxy shows the book at ``/course`` and may or may not strip that."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """Lets the routes see paths without ``prefix``, whether the proxy sent it along or not."""

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._prefix and scope["type"] in {"http", "websocket"}:
            path = scope["path"]
            if path == self._prefix or path.startswith(f"{self._prefix}/"):
                inner = path[len(self._prefix) :] or "/"
                scope = {**scope, "path": inner, "raw_path": inner.encode()}
        await self.app(scope, receive, send)
