"""Templates and the descriptions of what they receive.

Each kind of page has a frozen dataclass (``app.pages.contexts``) that names its template and
describes every value in it; ``Templates.render`` passes exactly those values and nothing else.
A name that a template misspells raises instead of vanishing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, get_type_hints

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    meta,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.web.addresses import Addresses

# The book's style sheets in the order of the cascade. A browser gets them as one file: twenty
# requests before the first paint would hold up the fonts.
STYLE_BUNDLE = "styles/book.css"
STYLES = tuple(
    f"styles/{name}.css"
    for name in (
        *("fonts", "tokens", "base", "page", "columns"),
        *("prose", "statements", "figures", "guide"),
        *("math", "math-engines", "math-classes", "code", "derivation"),
        *("cover", "cheat-sheet", "reference", "search", "standing-alone", "map"),
        *("widget", "widget-controls"),
    )
)


def lower_first(text: str) -> str:
    """A title in the middle of a sentence."""
    return text[:1].lower() + text[1:]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What one kind of page shows.

    Subclasses name their template and annotate each field with its description.
    """

    template: ClassVar[str]


def descriptions(kind: type[Context]) -> dict[str, str]:
    """The fields of a context and what each one means."""
    hints = get_type_hints(kind, include_extras=True)
    fields = [field.name for field in dataclasses.fields(kind)]
    return {name: " ".join(getattr(hints[name], "__metadata__", ())) for name in fields}


class Templates:
    """Renders contexts; besides its context every template knows the addresses and the icons."""

    def __init__(
        self,
        folder: Path,
        addresses: Addresses,
        *,
        overlays: Sequence[Path] = (),
        reload: bool = False,
    ) -> None:
        """``folder`` has the book's own templates; one of the same name in ``overlays``, the
        topmost first, takes its place, and may extend it as ``builtin/<name>``.  Content is not
        code: what a template can reach is what it receives.
        """
        own = FileSystemLoader(folder)
        self.environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(
                [FileSystemLoader(list(overlays)), own, PrefixLoader({"builtin": own})]
            ),
            autoescape=True,
            auto_reload=reload,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals["to"] = addresses
        self.environment.globals["icon"] = self._macro("macros/icons.html", "icon")
        self.environment.filters["lower_first"] = lower_first

    def _macro(self, template: str, name: str) -> Any:
        return getattr(self.environment.get_template(template).module, name)

    def render(self, context: Context) -> str:
        """The page as HTML."""
        values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
        return self.environment.get_template(context.template).render(values)

    def tree(self, template: str) -> nodes.Template:
        """A template as it was parsed.  Raises jinja2's TemplateError."""
        loader = self.environment.loader
        assert loader is not None
        return self.environment.parse(loader.get_source(self.environment, template)[0])

    def names_used(self, template: str) -> set[str]:
        """The names that a template and all that it includes expect from outside."""
        waiting, seen, names = [template], set(), set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            tree = self.tree(name)
            names |= meta.find_undeclared_variables(tree)
            waiting += [part for part in meta.find_referenced_templates(tree) if part]
        return names - set(self.environment.globals)
