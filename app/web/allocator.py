"""The memory of a server with many threads: one arena of the C library for all of them.

glibc gives threads arenas of their own, eight for each processor, so that they need not wait for
each other.  Ours hold the interpreter while they allocate and never would; but what one question
frees in its thread's arena is no use to the next one's, and no arena gives back to the system what
lies below its highest block.  With an arena each, a server that a class asks new questions holds
a hundred megabytes that are free (``tests/benchmarks/README.md``).
"""

from __future__ import annotations

import contextlib
from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of glibc's malloc.h; see mallopt(3)."""


def share_one_arena() -> None:
    """To be called before there are threads.  Does nothing where the C library is another one."""
    import ctypes

    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
