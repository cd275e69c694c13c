"""The notation of the book as TeX macros, and what formulas may carry besides.

The macros take no arguments, so that a formula that is copied can be written out in plain TeX.
A book may bring macros of its own: ``using`` puts them in force while it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

MACROS: Mapping[str, str] = MappingProxyType(
    {
        r"\R": r"\mathbb{R}",
        r"\dd": r"\mathrm{d}",
        r"\tr": r"\operatorname{tr}",
        r"\vecop": r"\operatorname{vec}",
        r"\diag": r"\operatorname{diag}",
        r"\rank": r"\operatorname{rank}",
        r"\sign": r"\operatorname{sign}",
        r"\Cov": r"\operatorname{Cov}",
        r"\Var": r"\operatorname{Var}",
        r"\KL": r"\operatorname{KL}",
    }
)

_COMMAND = re.compile(r"\\[A-Za-z]+")
_in_force: ContextVar[Mapping[str, str]] = ContextVar("notation", default=MACROS)


def notation() -> Mapping[str, str]:
    """The macros in force: the book's own, or those of the book that is being loaded."""
    return _in_force.get()


def notation_in(tex: str) -> tuple[tuple[str, str], ...]:
    """The macros in force that a formula uses, itself or through others: what its look hangs on."""
    macros, found, waiting = notation(), set[str](), [tex]
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in macros and name not in found:
                found.add(name)
                waiting.append(macros[name])
    return tuple((name, macros[name]) for name in sorted(found))


@contextmanager
def using(macros: Mapping[str, str]) -> Iterator[None]:
    """Set formulas with ``macros`` besides the book's own, within this context."""
    token = _in_force.set(MappingProxyType({**MACROS, **macros}) if macros else MACROS)
    try:
        yield
    finally:
        _in_force.reset(token)


# The keys that \data may set: the shape of a factor and the name of what it stands for.
DATA_KEYS = frozenset({"shape", "name"})
