"""The differential dF of an expression, by one rule for each operation.

``differential`` walks the expression once, from the leaves to the root; equal parts are
differentiated once.  What does not depend on the variable has no differential (None).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.expressions import ExpressionError
from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.operations import LEAVES
from app.matrices.rules import Rule, rule_for

LARGEST_DIFFERENTIAL = 2_500
"""Differentials with more parts are refused: nobody reads them, and simplifying them takes long."""


def too_long() -> ExpressionError:
    return ExpressionError(
        "too-large",
        "The derivative of this expression grows too long to be written out.",
        hint="Give a name to a part that repeats, and differentiate in two steps.",
    )


@dataclass(frozen=True, slots=True)
class Application:
    """One use of a rule: which, and on which part of the expression."""

    rule: Rule
    node: Node


@dataclass(frozen=True, slots=True)
class Differential:
    """dF, linear in the increment (None where F does not vary), and the rules that were used."""

    node: Node | None
    increment: Node
    applications: tuple[Application, ...]


def differential(expression: Node, variable: Node) -> Differential:
    """The differential of an expression with respect to one symbol.

    Raises ``ExpressionError`` with code ``not-differentiable`` for an operation without a rule.
    """
    walk = Walk(variable)
    result = walk.visit(expression)
    return Differential(result, walk.increment, tuple(reversed(walk.applications)))


class Walk:
    """One pass over an expression; ``known`` maps each part to its differential."""

    def __init__(self, variable: Node) -> None:
        self.variable = variable
        self.increment = nodes.increment_of(variable)
        self.known: dict[Node, Node | None] = {}
        self.applications: list[Application] = []

    def visit(self, node: Node) -> Node | None:
        if node in self.known:
            return self.known[node]
        result = self.derive(node)
        self.known[node] = result
        return result

    def derive(self, node: Node) -> Node | None:
        if node == self.variable:
            return self.increment
        if node.operation in LEAVES:
            return None
        rule, parts = rule_for(node)
        changes = [self.visit(part) for part in parts]
        if all(change is None for change in changes):
            return None
        if rule is None:
            raise ExpressionError(
                "not-differentiable", f"There is no rule for the differential of {node.operation}."
            )
        self.applications.append(Application(rule, node))
        change = rule.derive(node, changes)
        if change is not None and change.size > LARGEST_DIFFERENTIAL:
            raise too_long()
        return change
