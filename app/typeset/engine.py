"""Temml inside QuickJS: one context behind a lock, with limits on time, memory and depth.

Answers come back through ``JSON.stringify`` (strings built by concatenation get lost otherwise).
A context that has run into its time or memory limit is thrown away.
"""

from __future__ import annotations

import json
import os
import re
import threading
from functools import cache
from typing import Any

import quickjs

from app.resources import book_root
from app.typeset.errors import TexError, tex_error
from app.typeset.macros import notation, notation_in

MEMORY_LIMIT = 128 * 2**20  # bytes
STACK_LIMIT = 2**20  # bytes; about two hundred nested braces
TIME_LIMIT = 2.0  # seconds of CPU; a formula of a lesson takes half a millisecond

_RENDER = r"""
(tex, display, macros) => {
  try {
    const mathml = temml.renderToString(tex, {
      displayMode: display, annotate: true, macros: JSON.parse(macros), throwOnError: true,
      strict: false, wrap: "none", maxExpand: 1000, maxSize: [10, 100],
      trust: (context) => context.command === "\\class" || context.command === "\\data",
    });
    return JSON.stringify({ mathml });
  } catch (error) {
    return JSON.stringify({ message: String(error.message), position: error.position ?? null });
  }
}
"""


@cache
def temml_source() -> str:
    """The vendored file."""
    return (book_root() / "static/vendor/temml/temml.min.js").read_text("utf-8")


@cache
def tex_commands() -> frozenset[str]:
    """The commands that Temml knows."""
    found = re.findall(r'"\\\\([A-Za-z]{2,})"', temml_source())
    return frozenset("\\" + name for name in found)


def known_commands() -> frozenset[str]:
    """The commands that Temml or the book knows: what a misspelling may have meant."""
    return tex_commands() | frozenset(notation())


class Engine:
    """Temml, ready to be called from any thread, one call at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._render: Any = None

    def render(self, tex: str, *, display: bool) -> str:
        """Temml's own MathML for ``tex``. Raises TexError."""
        with self._lock:
            answer = self._call(tex, display)
        if "mathml" in answer:
            return str(answer["mathml"])
        position = _code_points(tex, answer.get("position"))
        raise tex_error(answer["message"], tex, position, known_commands)

    def _call(self, tex: str, display: bool) -> dict[str, Any]:
        render = self._render or self._start()
        try:
            # A copy per call: what a formula \defines must not reach the next one.  Only what it
            # needs: to be given all of them takes as long as to set half a formula.
            macros = json.dumps(dict(notation_in(tex)))
            answer: dict[str, Any] = json.loads(render(tex, display, macros))
        except quickjs.JSException as error:
            self._render = None
            return {"message": str(error)}
        return answer

    def _start(self) -> Any:
        context = quickjs.Context()
        context.set_memory_limit(MEMORY_LIMIT)
        context.set_max_stack_size(STACK_LIMIT)
        context.set_time_limit(TIME_LIMIT)
        context.eval(temml_source())
        self._render = context.eval(_RENDER)
        return self._render


def _code_points(tex: str, position: int | None) -> int | None:
    """JavaScript counts UTF-16 units, we count code points."""
    if position is None:
        return None
    return len(tex.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


_engine = Engine()


def engine() -> Engine:
    """The engine of this process."""
    return _engine


def _renew() -> None:
    global _engine
    _engine = Engine()


# A forked worker must not inherit a lock that another thread held at that moment.
os.register_at_fork(after_in_child=_renew)

__all__ = ["Engine", "TexError", "engine", "known_commands", "tex_commands"]
