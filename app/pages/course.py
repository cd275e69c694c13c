"""What the pages say of the course that the book is shown for: plain values from the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.pages.privacy import Privacy

LIBRARIES = {"numpy": "NumPy", "pytorch": "PyTorch", "jax": "JAX"}


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link out of the book."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Course:
    """The course; everything may be empty.

    ``contact`` is shown and ``contact_address`` linked; ``libraries`` are those of the programs
    that the book shows, the first one first; ``style_sheet`` has the course's colours, ``report``
    is where problems of a page are reported, ``privacy`` tells how the server is set up.
    """

    title: str = ""
    instructor: str = ""
    contact: str = ""
    header: tuple[ExternalLink, ...] = ()
    footer: tuple[ExternalLink, ...] = ()
    libraries: tuple[str, ...] = tuple(LIBRARIES)
    style_sheet: str = ""
    report: str = ""
    privacy: Privacy = field(default_factory=Privacy)

    @property
    def contact_address(self) -> str:
        """The contact as the target of a link."""
        is_web = self.contact.startswith(("https://", "http://", "mailto:"))
        return self.contact if is_web or not self.contact else f"mailto:{self.contact}"

    def programs(self, sources: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Programs with the name of their library: those that are shown, in their order."""
        by_name = dict(sources)
        names = (LIBRARIES[library] for library in self.libraries)
        return tuple((name, by_name[name]) for name in names if name in by_name)


__all__ = ["LIBRARIES", "Course", "ExternalLink"]
