"""The differential rules, one for each operation, with their sources."""

from app.matrices.rules import elementwise, powers, reductions, structure
from app.matrices.rules.reductions import inner
from app.matrices.rules.registry import RULES, Rule, rule_for

__all__ = ["RULES", "Rule", "elementwise", "inner", "powers", "reductions", "rule_for", "structure"]
