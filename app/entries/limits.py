"""How much is worked out entry by entry: enough for every small example, no more."""

from __future__ import annotations

from typing import Final

from app.expressions import ExpressionError

LARGEST_ARRAY: Final = 1600
"""Entries of any part of an expression."""
LARGEST_DERIVATIVE: Final = 400
"""Entries of the derivative: what can still be shown."""
LARGEST_DETERMINANT: Final = 6
"""Rows; the expansion has n·2ⁿ products."""
MOST_STEPS: Final = 40_000
"""Operations of the program under construction."""

_HINT: Final = "Declare smaller sizes, such as “A: 3,2”, or choose a shorter expression."


def too_large(what: str) -> ExpressionError:
    """The refusal of what has too many entries to be worked out one by one."""
    return ExpressionError("too-large", f"{what} to be worked out entry by entry.", None, _HINT)
