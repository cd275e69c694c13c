"""What must be said beside a result: where it does not hold, and how it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.matrices.core import FirstDerivative
from app.matrices.differential import Application
from app.matrices.nodes import Node, walk
from app.matrices.printers.text import to_text
from app.matrices.properties import has

_STRUCTURED = ("symmetric", "skew", "diagonal", "orthogonal")
_KINKS = frozenset({"abs", "relu", "norm2"})


def notes_of(parts: Sequence[FirstDerivative], variables: Sequence[Node]) -> tuple[str, ...]:
    """Sentences, each once: exceptions and conditions of the rules, then structured variables."""
    found: dict[str, None] = {}
    for part in parts:
        smooth = _smoothed(part.expression)
        for application in part.differential.applications:
            found.update(dict.fromkeys(_of_rule(application, smooth)))
    for variable in variables:
        for name in _STRUCTURED:
            if has(variable, name):
                found.setdefault(_structured(variable, name))
                break
    return tuple(found)


def _of_rule(application: Application, smooth: frozenset[Node]) -> Iterable[str]:
    rule, node = application.rule, application.node
    operand = node.operands[0]
    text = to_text(operand)
    names = {"whole": text, "entry": text if operand.is_scalar else f"an entry of {text}"}
    differentiable = node in smooth or _never_zero(node.operation, operand)
    if rule.exception is not None and not differentiable:
        yield f"{rule.exception.format(**names)}."
    assumed = rule.condition is not None and not has(operand, "nonsingular")
    if assumed and rule.condition is not None:
        yield rule.condition.format(**names)


def _smoothed(expression: Node) -> frozenset[Node]:
    """Kinks that a power above one makes differentiable everywhere they stand: |a|², relu(a)³."""
    powered: set[Node] = set()
    bare: set[Node] = {expression}
    for node in walk(expression):
        for position, operand in enumerate(node.operands):
            smooth = position == 0 and _is_power_above_one(node) and operand.operation in _KINKS
            (powered if smooth else bare).add(operand)
    return frozenset(powered - bare)


def _is_power_above_one(node: Node) -> bool:
    if node.operation not in ("power", "element_power"):
        return False
    exponent = node.operands[1]
    return bool(exponent.operation == "number" and exponent.parameter > 1)


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
