"""The link by which a reader reports a problem: by mail, or at the form of a tracker.

Without scripts it carries page and version.  With them ``static/page/report.js`` fills the same
pattern at the moment of the click, and adds the address with the state of the widgets.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from app import __version__

TITLE = "{title}"
BODY = "{body}"


@dataclass(frozen=True, slots=True)
class ReportLink:
    """``pattern`` has {title} and {body} where ``title`` and ``body`` go; ``href`` has them."""

    pattern: str
    title: str
    body: str

    @property
    def href(self) -> str:
        """The pattern filled in."""
        return self.pattern.replace(TITLE, quote(self.title, "")).replace(
            BODY, quote(self.body, "")
        )


def report_link(address: str, title: str, path: str) -> ReportLink | None:
    """The link of a page; None when the settings name no address to report to."""
    if not address:
        return None
    page = f"{title} ({path})" if path else title
    body = (
        f"What is wrong, and what did you expect?\n\n\n\nPage: {page}\nVersion: Nabla {__version__}"
    )
    return ReportLink(pattern_of(address), f"{title}: ", body)


def pattern_of(address: str) -> str:
    """An address with places for title and body.

    Who writes {title} and {body} says where they go: GitLab wants ``issue[title]={title}``.  For a
    mail they are subject and body, for any other form parameters named title and body, as GitHub,
    Gitea and Forgejo have them.
    """
    if "@" in address and ":" not in address:
        address = f"mailto:{address}"
    if TITLE in address or BODY in address:
        return address
    name = "subject" if address.startswith("mailto:") else "title"
    sign = "&" if "?" in address else "?"
    return f"{address}{sign}{name}={TITLE}&body={BODY}"


__all__ = ["ReportLink", "pattern_of", "report_link"]
