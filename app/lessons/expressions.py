"""Widget options that hold expressions: read by the book's own parser while the book is loaded.

An option says in ``options.json`` what it holds: ``"language": "scalar"`` (functions of the names
in the option ``vars``), ``"matrix"`` or ``"declarations"``.  An option may hold a list of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.diagnostics import Problem, Span
from app.expressions import ExpressionError, parse, parse_declarations


def expression_problems(
    options: Mapping[str, Any], described: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Problem]]:
    """The options whose text is outside the language, each with what is wrong."""
    default = described.get("vars", {}).get("default")
    variables = options.get("vars", default)
    for name, value in options.items():
        language = described.get(name, {}).get("language")
        if not language:
            continue
        for text in value if isinstance(value, list) else [value]:
            problem = _problem(text, language, variables) if _is_written(text) else None
            if problem:
                yield name, problem


def _is_written(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _problem(text: str, language: str, variables: Any) -> Problem | None:
    try:
        match language:
            case "declarations":
                parse_declarations(text)
            case "scalar":
                parse(text, variables=_names(variables), mode="scalar")
            case _:
                parse(text, mode="matrix")
    except ExpressionError as error:
        return _placed(error.problem, text)
    return None


def _names(variables: Any) -> Collection[str] | None:
    return [str(name) for name in variables] if isinstance(variables, list) else None


def _placed(problem: Problem, text: str) -> Problem:
    """The problem with the place in words: a line number leads to the option and no further."""
    part = text[Span(*problem.span).start : Span(*problem.span).end] if problem.span else ""
    where = f"In “{text}”, at “{part}”: " if part and part != text else f"In “{text}”: "
    return Problem(problem.code, where + problem.message, hint=problem.hint)


__all__ = ["expression_problems"]
