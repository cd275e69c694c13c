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

    ``exception`` says where the operation is not differentiable, ``condition`` what the formula
    assumes; ``{whole}`` in them stands for the operand, ``{entry}`` for an entry of it.
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

COMPOUND_RULES: dict[str, Rule] = {}
"""Rules for two operations at once, where they say more than the two one after the other."""


def rule(
    *operations: str,
    name: str,
    formula: str,
    source: str,
    exception: str | None = None,
    condition: str | None = None,
    compound: bool = False,
) -> Callable[[Derivation], Derivation]:
    """Enter a rule into its table; two rules for one operation are a mistake."""
    table = COMPOUND_RULES if compound else RULES

    def enter(derive: Derivation) -> Derivation:
        for operation in operations:
            assert operation not in table, operation
            table[operation] = Rule(operation, name, formula, source, derive, exception, condition)
        return derive

    return enter


def rule_for(node: Node) -> tuple[Rule | None, tuple[Node, ...]]:
    """The rule for a node, and the parts whose differentials it takes.

    Mostly the rule of its operation, with the operands.  An even power of a Euclidean norm has a
    rule of its own over what stands in the norm: it is smooth where the norm itself is not.
    """
    if is_even_power_of_norm(node):
        return COMPOUND_RULES["even power of norm2"], node.operands[0].operands
    return RULES.get(node.operation), node.operands


def is_even_power_of_norm(node: Node) -> bool:
    """‖U‖², ‖U‖⁴ …"""
    if node.operation != "power":
        return False
    base, exponent = node.operands
    if base.operation != "norm2" or exponent.operation != "number":
        return False
    return bool(exponent.parameter > 0 and exponent.parameter % 2 == 0)
