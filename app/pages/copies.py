"""What the pages of a copy without a server have in the place of the server."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.security import content_security_policy


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the book as files, to be shown below ``prefix`` by any host.

    ``answers`` lists what the widgets may ask for, ``places`` what the search finds; ``policy`` is
    the Content-Security-Policy, which a plain host does not send.
    """

    prefix: str = ""

    @property
    def answers(self) -> str:
        return f"{self.prefix}/answers/index.json"

    @property
    def places(self) -> str:
        return f"{self.prefix}/search/places.json"

    @property
    def policy(self) -> str:
        # Browsers take this directive from a header only, and complain of it in a page.
        return content_security_policy("'self'").rpartition("; frame-ancestors")[0]


__all__ = ["Copy"]
