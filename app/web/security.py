"""The headers that keep a page to itself: nothing foreign is loaded, run or allowed to frame it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.prefix import path_within

RawHeaders: TypeAlias = tuple[tuple[bytes, bytes], ...]
"""Names in lower case and values, as ASGI has them."""

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


class Policies:
    """The headers for each address.

    ``embedders`` are the origins that may show ``/embed/…`` inside their pages.
    """

    def __init__(self, embedders: tuple[str, ...] = ()) -> None:
        # “*” stands for every origin, framing by the book itself included.
        ancestors = " ".join(embedders) if "*" in embedders else " ".join(("'self'", *embedders))
        self._embed = _raw({"Content-Security-Policy": content_security_policy(ancestors)})
        own = {"Content-Security-Policy": content_security_policy("'self'")}
        self._own = _raw({**own, "X-Frame-Options": "SAMEORIGIN"})

    def of(self, path: str) -> RawHeaders:
        """The headers for a path within the book, as ASGI sends them."""
        return self._embed if path.startswith("/embed/") else self._own


def _raw(headers: Mapping[str, str]) -> RawHeaders:
    whole = {**COMMON, **headers}
    return tuple((name.lower().encode("latin-1"), whole[name].encode("latin-1")) for name in whole)


class SecurityHeaders:
    """Adds the headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp, policies: Policies) -> None:
        self.app = app
        self._policies = policies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = self._policies.of(path_within(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = list(message.get("headers", ()))
                names = {name.lower() for name, _ in present}
                message["headers"] = present + [each for each in wanted if each[0] not in names]
            await send(message)

        await self.app(scope, receive, send_with_headers)
