"""Rewriting by named rules, from the leaves to the root, until none applies.

A rule belongs to one operation, has a name that a reader understands, and returns the simpler node
or None.  Side conditions stand in the rules themselves, visibly.  Order and fixpoint live here: the
rules of an operation are tried in the order in which they were entered, after the operands have
been simplified; what a rule returns is simplified again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.expressions import ExpressionError
from app.matrices.nodes import Node, make

Rewrite = Callable[[Node], Node | None]
MOST_REWRITES = 3_000


@dataclass(frozen=True, slots=True)
class RewriteRule:
    """One simplification, by name."""

    name: str
    operation: str
    rewrite: Rewrite
    factors: bool = False


RULES: dict[str, list[RewriteRule]] = {}


def simplification(
    name: str, *operations: str, factors: bool = False
) -> Callable[[Rewrite], Rewrite]:
    """Enter a rule for one or several operations."""

    def enter(rewrite: Rewrite) -> Rewrite:
        for operation in operations:
            RULES.setdefault(operation, []).append(RewriteRule(name, operation, rewrite, factors))
        return rewrite

    return enter


@dataclass(slots=True)
class Simplifier:
    """Simplifies nodes and remembers what it has seen; ``used`` names the rules, in order.

    Without ``factoring`` sums are left expanded as they come.
    """

    factoring: bool = True
    known: dict[Node, Node] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    rewrites: int = 0

    def __call__(self, node: Node) -> Node:
        if not node.operands:
            return node
        found = self.known.get(node)
        if found is not None:
            return found
        operands = tuple([self(operand) for operand in node.operands])
        same = all(map(_is, operands, node.operands))
        current = node if same else make(node.operation, operands, node.parameter)
        result = self.rewrite(current) if current.operands else current
        self.known[node] = result
        if result is not current:
            self.known[current] = result
        self.known[result] = result
        return result

    def rewrite(self, node: Node) -> Node:
        for rule in RULES.get(node.operation, ()):
            if rule.factors and not self.factoring:
                continue
            simpler = rule.rewrite(node)
            if simpler is not None and simpler != node:
                self.count(rule)
                return self(simpler)
        return node

    def count(self, rule: RewriteRule) -> None:
        self.used.setdefault(rule.name)
        self.rewrites += 1
        if self.rewrites > MOST_REWRITES:
            raise ExpressionError(
                "too-large",
                "The derivative of this expression grows too large to be written out.",
                hint="Give a name to a part that repeats.",
            )


def _is(left: Node, right: Node) -> bool:
    return left is right
