"""A reading or the designed error, whichever it is; anything else is raised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.expressions import ExpressionError


def outcome(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What the function returns, or the ``ExpressionError`` that it raises."""
    try:
        return function(*arguments, **options)
    except ExpressionError as error:
        return error
