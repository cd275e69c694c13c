"""A page as it was read: front matter, tokens and outline, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it.token import Token

from app.diagnostics import Problem
from app.lessons.errors import Notebook
from app.lessons.left_over import note_left_over
from app.lessons.markdown import parse, parse_inline
from app.lessons.numbering import Outline, Target, outline, walk
from app.lessons.plain import plain_inline
from app.lessons.sources import FrontMatter, is_slug, read_front_matter, read_text

# Addresses that no page of the content can have.
TAKEN = frozenset(
    (
        *("api", "bibliography", "calculator", "changes", "cheat-sheet", "datasets", "embed"),
        *("glossary", "healthz", "lessons", "metrics", "offline", "privacy", "readyz", "search"),
        "static",
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A lesson or page that was read. ``front`` is None when its front matter cannot be used.

    ``chapter`` is "" and ``number`` 0 for a page beside the lessons; ``folders`` are where its
    figures are looked for, the first one first.  ``mistakes`` are the errors of the file itself,
    found before anything was looked up for it.
    """

    slug: str
    path: str
    folders: tuple[Path, ...]
    notebook: Notebook
    front: FrontMatter | None
    tokens: list[Token]
    outline: Outline
    chapter: str = ""
    number: int | str = 0
    mistakes: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The title as Markdown; made from the slug where there is none."""
        return self.front.title if self.front else self.slug.replace("-", " ").capitalize()

    @property
    def summary(self) -> str:
        """The summary as Markdown."""
        return self.front.summary if self.front else ""

    @property
    def cited(self) -> frozenset[str]:
        """The keys of all works that the text cites."""
        return frozenset(
            key.strip()
            for token in walk(self.tokens)
            if token.type == "myst_role" and token.meta["name"] == "cite"
            for key in token.content.split(",")
        )

    @property
    def figures(self) -> frozenset[str]:
        """The names of the pictures that the text shows."""
        calls = (token.meta["call"] for token in self.tokens if token.type == "directive_open")
        return frozenset(call.argument for call in calls if call.name == "figure")

    @property
    def target(self) -> Target:
        """What a reference to the page itself leads to."""
        title = plain(self.title)
        if self.path.startswith("/lessons/"):
            return Target(self.slug, "lesson", "Lesson", str(self.number), title, self.path, "", 1)
        return Target(self.slug, "page", title, "", title, self.path, "", 1)


def draft_lesson(
    path: Path, chapter: str, number: int | str, folders: tuple[Path, ...] = ()
) -> Draft:
    """The lesson in the file ``path``; its slug is the name of its folder."""
    slug = path.parent.name
    notebook = Notebook(path)
    if not is_slug(slug):
        notebook.note("slug", f"“{slug}” cannot be an address.", hint="Use a-z, 0-9 and hyphens.")
    draft = _draft(path, slug, f"/lessons/{slug}", notebook, chapter, number)
    return replace(draft, folders=folders or (path.parent,))


def draft_page(path: Path) -> Draft:
    """The page in the file ``path``, such as ``pages/notation.md``."""
    notebook = Notebook(path)
    if not is_slug(path.stem):
        hint = "Use a-z, 0-9 and hyphens."
        notebook.note("slug", f"“{path.stem}” cannot be an address.", hint=hint)
    elif path.stem in TAKEN:
        message = f"The address /{path.stem} belongs to a page that the book makes itself."
        notebook.note("slug", message, hint="Choose another name; a template changes that page.")
    return _draft(path, path.stem, f"/{path.stem}", notebook, "", 0)


def _draft(
    path: Path, slug: str, address: str, notebook: Notebook, chapter: str, number: int | str
) -> Draft:
    text = read_text(path, notebook)
    front = read_front_matter(text, notebook) if text is not None else None
    tokens = parse(text or "", notebook)
    note_left_over(tokens, notebook)
    found = outline(tokens, address, str(number) if number else "", notebook)
    mistakes = tuple(notebook.errors)
    folders = (path.parent,)
    return Draft(slug, address, folders, notebook, front, tokens, found, chapter, number, mistakes)


def plain(markdown: str) -> str:
    """One line of Markdown as plain text."""
    return plain_inline(parse_inline(markdown))
