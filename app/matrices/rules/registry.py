"""How a differential rule is written down: the mathematics beside the operation it belongs to.

A rule takes a node and the differentials of its operands (None where an operand does not vary) and
returns the differential of the node.  ``formula`` is the rule as one reads it, ``source`` where it
is proved, ``exception`` where the operation is not differentiable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.matrices.nodes import Node

Differentials = Sequence[Node | None]
Derivation = Callable[[Node, Differentials], Node | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One differential rule.

    ``exception`` is a sentence with ``{0}`` for the operand, ``condition`` one that the formula
    assumes.
    """

    operation: str
    name: str
    formula: str
    source: str
    derive: Derivation
    exception: str | None = None
    condition: str | None = None


RULES: dict[str, Rule] = {}
"""One rule for each operation; filled by the modules beside this one."""


def rule(
    *operations: str,
    name: str,
    formula: str,
    source: str,
    exception: str | None = None,
    condition: str | None = None,
) -> Callable[[Derivation], Derivation]:
    """Enter a rule into the table; two rules for one operation are a mistake."""

    def enter(derive: Derivation) -> Derivation:
        for operation in operations:
            assert operation not in RULES, operation
            RULES[operation] = Rule(operation, name, formula, source, derive, exception, condition)
        return derive

    return enter
