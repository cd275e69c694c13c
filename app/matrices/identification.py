"""Reading the derivative off the differential, in both layouts.

The identification theorem of Magnus and Neudecker (2019), 9.4: from vec dF = J·vec dX follows that
J is the derivative.  J has one row for each entry of F and one column for each entry of X, both
stacked column by column; that is numerator layout.  A scalar by a matrix has the shape of X' in
numerator layout and of X in denominator layout; a matrix by a scalar keeps its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.matrices import nodes
from app.matrices.nodes import ONE, Node
from app.matrices.rewriting import Simplifier
from app.matrices.shapes import Shape
from app.matrices.shortening import shortest, turned_around
from app.matrices.transport import Functional, Operator
from app.matrices.transport.operators import stack

Form = Literal["scalar", "row", "column", "matrix", "vec/Kronecker", "Hessian"]


@dataclass(frozen=True, slots=True)
class Identified:
    """The derivative in both layouts, and the node from which its array is made.

    ``core`` is the gradient in the shape of X for a scalar F, dF/da in the shape of F for a scalar
    a, and J otherwise; ``arrangement`` says which.
    """

    numerator: Node
    denominator: Node
    core: Node
    arrangement: Literal["gradient", "entries", "stacked"]


def by_scalar(
    change: Node | None, increment: Node, value: Node, simplify: Simplifier
) -> Identified:
    """dF = (dF/da)·da: what stands beside da; of a row it is a column in numerator layout."""
    entries = nodes.zero(value.shape)
    if change is not None:
        entries = shortest(simplify(nodes.substitute(change, increment, ONE)), simplify)
    turned = turned_around(entries, simplify)
    if value.shape.kind == "row":
        return Identified(turned, entries, entries, "entries")
    return Identified(entries, turned, entries, "entries")


def of_scalar(maps: list[Operator], variable: Node, simplify: Simplifier) -> Identified:
    """df = tr(G'·dX): the gradient G has the shape of X."""
    parts = [operator.cotangent for operator in maps if isinstance(operator, Functional)]
    if not parts:
        gradient = nodes.zero(variable.shape)
    else:
        gradient = shortest(simplify(nodes.add(*parts)), simplify)
    return Identified(turned_around(gradient, simplify), gradient, gradient, "gradient")


def of_array(maps: list[Operator], value: Node, variable: Node, simplify: Simplifier) -> Identified:
    """vec dF = J·vec dX."""
    parts = [operator.matrix(variable.shape) for operator in maps]
    empty = nodes.zero(Shape("matrix", value.shape.entries, variable.shape.entries))
    jacobian = shortest(simplify(nodes.add(*parts)), simplify) if parts else empty
    return Identified(jacobian, turned_around(jacobian, simplify), jacobian, "stacked")


def stacked_jacobian(found: Identified, simplify: Simplifier) -> Node:
    """The matrix of vec F by vec X, whatever the arrangement."""
    if found.arrangement == "gradient":
        return simplify(nodes.transpose(stack(found.core)))
    if found.arrangement == "entries" and not found.core.is_scalar:
        return simplify(stack(found.core))
    return found.core
