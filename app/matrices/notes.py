"""What must be said beside a result: where it does not hold, and how it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.matrices.core import FirstDerivative
from app.matrices.differential import Application
from app.matrices.nodes import Node
from app.matrices.printers.text import to_text
from app.matrices.properties import has

_STRUCTURED = ("symmetric", "skew", "diagonal", "orthogonal")


def notes_of(parts: Sequence[FirstDerivative], variables: Sequence[Node]) -> tuple[str, ...]:
    """Sentences, each once: exceptions and conditions of the rules, then structured variables."""
    found: dict[str, None] = {}
    for part in parts:
        for application in part.differential.applications:
            found.update(dict.fromkeys(_of_rule(application)))
    for variable in variables:
        for name in _STRUCTURED:
            if has(variable, name):
                found.setdefault(_structured(variable, name))
                break
    return tuple(found)


def _of_rule(application: Application) -> Iterable[str]:
    rule, node = application.rule, application.node
    operand = node.operands[0]
    if rule.exception is not None and not _never_zero(node.operation, operand):
        yield f"{rule.exception.format(to_text(operand))}."
    assumed = rule.condition is not None and not has(operand, "nonsingular")
    if assumed and rule.condition is not None:
        yield rule.condition.format(to_text(operand))


def _never_zero(operation: str, operand: Node) -> bool:
    return operation in ("abs", "relu", "sign", "sqrt", "norm1", "norm2") and has(
        operand, "positive"
    )


def _structured(variable: Node, name: str) -> str:
    symbol = variable.parameter.name
    return (
        f"{symbol} is {name}, which restricts the point and not the differentiation: all entries "
        f"of {symbol} are varied independently."
    )
