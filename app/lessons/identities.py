"""The identities of the cheat sheet: ``identities/*.yaml``, each derived by the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from app.diagnostics import Problem
from app.lessons.derivation import Derived, Request, claim_problem, derive
from app.lessons.derivation_html import formulas_html, seal_html, verification_html
from app.lessons.errors import Notebook
from app.lessons.links import Links, slugify
from app.lessons.model import Identity, IdentityGroup, UsedRule, Work
from app.lessons.plain import plain_markdown
from app.lessons.sources import IdentityEntry, IdentityFile, is_slug, read_text
from app.lessons.yamlfile import Document, read_yaml, validated

Inline = Callable[[str, int, Notebook], str]
Rules = Callable[[Mapping[str, int], Notebook], tuple[UsedRule, ...]]
"""What labels stand for, each with its line."""


@dataclass(frozen=True, slots=True)
class IdentityTools:
    """What it takes to make an identity: inline Markdown, rules, the works it cites, addresses."""

    inline: Inline
    rules: Rules
    works: Mapping[str, Work]
    links: Links
    complete_works: bool


class IdentitySource:
    """All groups in their order; ``by_id`` finds an identity by its name.

    ``layers`` are the files of each layer, the lowest first: an identity replaces the one with its
    id in a lower layer, where that stands; others join the group that their file names.
    """

    def __init__(self, layers: Sequence[Sequence[Path]], tools: IdentityTools) -> None:
        self.notebooks: list[Notebook] = []
        self.by_id: dict[str, Identity] = {}
        self._tools = tools
        self._groups: dict[str, tuple[int, IdentityGroup]] = {}
        for paths in layers:
            below = dict(self.by_id)
            self._here: dict[str, Identity] = {}
            for path in paths:
                self._read(path)
            self.by_id = {**below, **self._here}
        ordered = sorted(self._groups.items(), key=lambda pair: (pair[1][0], pair[0]))
        self.groups = tuple(self._up_to_date(group) for _, (_, group) in ordered)

    @property
    def complete(self) -> bool:
        """Whether every file could be read."""
        return not any(notebook.problems for notebook in self.notebooks)

    def _up_to_date(self, group: IdentityGroup) -> IdentityGroup:
        """The group with each identity in its newest version."""
        return replace(group, identities=tuple(self.by_id[each.id] for each in group.identities))

    def _read(self, path: Path) -> None:
        notebook = Notebook(path)
        self.notebooks.append(notebook)
        text = read_text(path, notebook)
        document = read_yaml(text, notebook) if text is not None else None
        file = validated(IdentityFile, document.data, document, notebook) if document else None
        if document is None or file is None:
            return
        self._group = file.title
        identities = tuple(
            identity
            for index in range(len(file.identities))
            if (identity := self._identity(file.identities[index], document, index, notebook))
        )
        summary = self._tools.inline(file.summary, document.line(["summary"]), notebook)
        labels = {label: document.line(["rules", k]) for k, label in enumerate(file.rules)}
        rules = self._tools.rules(labels, notebook)
        group = IdentityGroup(
            file.group, f"group-{slugify(file.group)}", file.title, summary, identities, rules
        )
        self._join(file.order, group)

    def _join(self, order: int, group: IdentityGroup) -> None:
        """Add what is new, and its rules, to the group of that name, or the group itself."""
        known = {identity.id for _, each in self._groups.values() for identity in each.identities}
        new = tuple(identity for identity in group.identities if identity.id not in known)
        first_order, first = self._groups.get(group.id, (order, replace(group, identities=())))
        rules = tuple(dict.fromkeys((*first.rules, *group.rules)))
        joined = replace(first, identities=(*first.identities, *new), rules=rules)
        self._groups[group.id] = (first_order, joined)

    def _identity(
        self, data: object, document: Document, index: int, notebook: Notebook
    ) -> Identity | None:
        path: list[str | int] = ["identities", index]
        entry = validated(IdentityEntry, data, document, notebook, path)
        if entry is None:
            return None
        line = document.line([*path, "id"])
        if not is_slug(entry.id):
            notebook.note("identity", f"“{entry.id}” cannot be an id.", line, "Use a-z, 0-9 and -.")
        if entry.id in self._here:
            notebook.note("duplicate-id", f"The identity “{entry.id}” stands twice.", line)
        identity = self._made(entry, document, path, notebook)
        self._here.setdefault(entry.id, identity)
        return identity

    def _made(
        self, entry: IdentityEntry, document: Document, path: list[str | int], notebook: Notebook
    ) -> Identity:
        inline = self._tools.inline
        note = inline(entry.note, document.text_line([*path, "note"]), notebook)
        derived = derived_identity(entry, document, path, notebook)
        return Identity(
            id=entry.id,
            anchor=f"identity-{slugify(entry.id)}",
            title=plain_markdown(entry.title),
            title_html=inline(entry.title, document.line([*path, "title"]), notebook),
            expression=entry.expr,
            wrt=entry.wrt,
            given=entry.given,
            html=_whole_html(derived) if derived else "",
            formulas_html=formulas_html(derived) if derived else "",
            seal_html=seal_html(derived) if derived else "",
            note=plain_markdown(entry.note),
            note_html=note,
            source_html=self._source(entry.source, document.line([*path, "source"]), notebook),
            words=plain_markdown(" ".join((entry.title, entry.expr, entry.claim, entry.note))),
            group=self._group,
        )

    def _source(self, source: str, line: int, notebook: Notebook) -> str:
        """``petersen-pedersen, equation 69`` as a citation."""
        if not source:
            return ""
        key, comma, place = source.partition(",")
        work = self._tools.works.get(key.strip())
        if work is None:
            if self._tools.complete_works:
                notebook.unknown("unknown-work", "work", key.strip(), self._tools.works, line)
            return escape(source)
        href = self._tools.links.work(work.anchor)
        return f'<a class="citation" href="{href}">{work.label}</a>{comma}{escape(place)}'


def derived_identity(
    entry: IdentityEntry, document: Document, path: list[str | int], notebook: Notebook
) -> Derived | None:
    """The identity as the engine derives it; what is wrong with it is noted."""
    request = Request(entry.expr, entry.wrt, entry.given, entry.claim, entry.claim_layout or "")
    derived = derive(request)
    if isinstance(derived, Problem):
        notebook.add(derived, document.line([*path, "expr"]))
        return None
    wrong = claim_problem(request)
    if wrong:
        notebook.add(wrong, document.line([*path, "claim"]))
    return derived


def _whole_html(derived: Derived) -> str:
    """The formula in both layouts with its derivation."""
    return (
        f'<figure class="derivative">\n{formulas_html(derived)}'
        f"{verification_html(derived)}</figure>\n"
    )
