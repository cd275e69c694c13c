"""Where the lessons use the identities of the cheat sheet.

A lesson uses an identity that its front matter names, that it shows with ``{identity}``, or that
one of its ``{derivative}`` blocks derives under names of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.lessons.calls import Call
from app.lessons.derivation import Request, signature_of
from app.lessons.drafts import Draft
from app.lessons.links import Links
from app.lessons.model import Identity, IdentityGroup, Lesson, Mention


def with_mentions(
    groups: Sequence[IdentityGroup], pages: Iterable[tuple[Lesson, Draft]], links: Links
) -> tuple[IdentityGroup, ...]:
    """The groups with each identity saying which lessons of the course use it, and where."""
    alike = defaultdict(list)
    for identity in (each for group in groups for each in group.identities):
        alike[_signature(identity)].append(identity.id)
    found = defaultdict[str, list[Mention]](list)
    for lesson, draft in pages:
        if isinstance(lesson.number, int):
            for name, anchor in _places(lesson, draft, alike).items():
                found[name].append(Mention(lesson.link, links.page(draft.path, anchor)))
    return tuple(
        replace(
            group,
            identities=tuple(
                replace(each, mentions=tuple(found[each.id])) for each in group.identities
            ),
        )
        for group in groups
    )


def _signature(identity: Identity) -> str:
    """What is the same for identities that differ in names only; never empty."""
    request = Request(identity.expression, identity.wrt, identity.given)
    return signature_of(request) or identity.id


def _places(lesson: Lesson, draft: Draft, alike: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The identities that a lesson uses with the anchor of the first place; "" is its beginning."""
    found: dict[str, str] = {}
    for call, section in _calls(draft):
        for name in _shown(call, alike):
            found.setdefault(name, call.anchor or section)
    for identity in lesson.identities:
        found.setdefault(identity.id, "")
    return found


def _calls(draft: Draft) -> Iterator[tuple[Call, str]]:
    """The directives of a lesson, each with the anchor of its section."""
    section = ""
    for token in draft.tokens:
        if token.type == "heading_open":
            section = token.meta["anchor"]
        elif token.type == "directive_open":
            yield token.meta["call"], section


def _shown(call: Call, alike: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if call.name == "identity":
        return (call.argument,)
    if call.name != "derivative":
        return ()
    request = Request(call.argument, call.text("wrt"), call.text("given"))
    return alike.get(signature_of(request) or "", ())


__all__ = ["with_mentions"]
