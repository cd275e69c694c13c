"""The headers that keep a page to itself: nothing foreign is loaded, run or allowed to frame it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.prefix import path_within

COMMON: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(frame_ancestors: str) -> str:
    """The policy of every page: only our own files, no inline script or style, no plug-ins."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer that does not bring its own.

    ``embedders`` are the origins that may show ``/embed/…`` inside their pages.
    """

    def __init__(self, app: ASGIApp, embedders: tuple[str, ...] = ()) -> None:
        self.app = app
        # “*” stands for every origin, framing by the book itself included.
        embed_ancestors = (
            " ".join(embedders) if "*" in embedders else " ".join(("'self'", *embedders))
        )
        embed_only = {"Content-Security-Policy": content_security_policy(embed_ancestors)}
        own_only = {
            "Content-Security-Policy": content_security_policy("'self'"),
            "X-Frame-Options": "SAMEORIGIN",
        }
        self._embed_headers = {**COMMON, **embed_only}
        self._headers = {**COMMON, **own_only}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        embedded = path_within(scope).startswith("/embed/")
        wanted = self._embed_headers if embedded else self._headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
