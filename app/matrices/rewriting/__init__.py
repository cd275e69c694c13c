"""Simplification that a mathematician would accept, by named rules with visible conditions."""

from app.matrices.nodes import Node
from app.matrices.rewriting import (
    chains,
    entries,
    functions,
    inverses,
    scalars,
    sums,
    transposes,
)
from app.matrices.rewriting.engine import RULES, RewriteRule, Simplifier
from app.matrices.rewriting.finish import finished


def simplify(node: Node) -> Node:
    """The node in the form that one would write: factored, transposes at the leaves."""
    return Simplifier()(node)


__all__ = [
    "RULES",
    "RewriteRule",
    "Simplifier",
    "chains",
    "entries",
    "finished",
    "functions",
    "inverses",
    "scalars",
    "simplify",
    "sums",
    "transposes",
]
