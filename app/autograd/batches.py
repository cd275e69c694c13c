"""Sums over the batch that were forgotten, or taken over the wrong axis: what would mend them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.autograd.suspects import Suspect
from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.shapes import column

_OTHER: Final = {"rows": "columns", "columns": "rows"}


def mended_by_sums(own: Node, name: str) -> Iterator[Suspect]:
    """The claim for the input ``name`` summed as it should have been, with what was wrong."""
    for node, axis in _sums(own):
        if node.shape != own.shape:
            told = (
                f"The sum over the batch is missing: {name} is used for all {axis} of the "
                f"cotangent, so its gradient is the sum over these {axis}."
            )
            yield Suspect("sum over the batch", told, node)
    for summed, over in _unsummed(own):
        for node, axis in _sums(summed):
            if axis == _OTHER[over]:
                told = f"The sum is taken over the wrong axis: over {over} where {axis} are meant."
                yield Suspect("wrong axis", told, node)


def _sums(own: Node) -> Iterator[tuple[Node, str]]:
    shape = own.shape
    if shape.kind == "matrix":
        down = nodes.product(nodes.transpose(own), nodes.ones(column(shape.rows)))
        across = nodes.product(own, nodes.ones(column(shape.columns)))
        yield down, "rows"
        yield across, "columns"
    if shape.kind != "scalar":
        yield nodes.apply("sum", own), "entries"


def _unsummed(own: Node) -> Iterator[tuple[Node, str]]:
    """A matrix whose sums the claim consists of, and what was summed over."""
    if own.operation == "times":
        *scalars, last = own.operands
        for summed, over in _unsummed(last):
            yield nodes.times(*scalars, summed), over
    if own.operation != "product":
        return
    first, *after = own.operands
    *before, last = own.operands
    for side, rest, over in ((last, before, "columns"), (first, after, "rows")):
        is_ones = side.operation == "ones" or (
            side.operation == "transpose" and side.operands[0].operation == "ones"
        )
        if is_ones and side.shape.kind in ("column", "row"):
            summed = nodes.product(*rest)
            if summed.shape.kind == "matrix":
                yield summed, over
