"""The three forms of a linear map of an increment, as they occur while dX is brought to the end.

Somewhere inside dF stands a part Y that contains dX.  What stands around Y is a linear map of Y:

    Functional  Y ↦ ⟨C, Y⟩·V     C has the shape of Y; V that of F (None for a scalar F)
    Sandwich    Y ↦ s·L·Y·R      or s·L·Y'·R; None stands for an identity
    Stacked     vec F = M·vec Y  what is neither of the two

Stepping from a part to its operand changes the map by one law, the adjoint of that operation.
When the part is dX itself, the map is the derivative.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.matrices import nodes
from app.matrices.nodes import Node
from app.matrices.rules import inner
from app.matrices.shapes import Shape


@dataclass(frozen=True, slots=True)
class Functional:
    """Y ↦ ⟨cotangent, Y⟩·value; ``stacked`` says that the value is vec F already."""

    cotangent: Node
    value: Node | None = None
    stacked: bool = False

    def matrix(self, shape: Shape) -> Node:
        assert self.value is not None
        column = self.value if self.stacked else stack(self.value)
        return nodes.product(column, nodes.transpose(stack(self.cotangent)))

    def applied(self, increment: Node) -> Node:
        scalar = inner(self.cotangent, increment)
        return scalar if self.value is None else nodes.times(scalar, self.value)


@dataclass(frozen=True, slots=True)
class Sandwich:
    """Y ↦ scale·left·Y·right, or with Y' in the middle."""

    scale: Node | None = None
    left: Node | None = None
    right: Node | None = None
    turned: bool = False

    def between(self, before: tuple[Node, ...], after: tuple[Node, ...]) -> Sandwich:
        """The map of Y, where the part was before·Y·after."""
        if self.turned:
            before, after = reversed_transposes(after), reversed_transposes(before)
        scale, left = _joined(self.scale, [self.left, *before])
        scale, right = _joined(scale, [*after, self.right])
        return Sandwich(scale, left, right, self.turned)

    def matrix(self, shape: Shape) -> Node:
        """M with vec(scale·left·Y·right) = M·vec Y, for Y of the shape."""
        middle = shape.transposed if self.turned else shape
        factors = [_right_factor(self.right, middle), _left_factor(self.left, middle)]
        present = [factor for factor in factors if factor is not None]
        result = nodes.kron(*present) if len(present) == 2 else (present or [nodes.ONE])[0]
        if self.turned and shape.kind == "matrix":
            result = nodes.product(result, nodes.comm(shape.rows, shape.columns))
        return result if self.scale is None else nodes.times(self.scale, result)

    def applied(self, increment: Node) -> Node:
        middle = nodes.transpose(increment) if self.turned else increment
        parts = [part for part in (self.left, middle, self.right) if part is not None]
        body = nodes.multiply(*parts)
        return body if self.scale is None else nodes.times(self.scale, body)


@dataclass(frozen=True, slots=True)
class Stacked:
    """vec F = rows·vec Y."""

    rows: Node

    def matrix(self, shape: Shape) -> Node:
        return self.rows


Operator = Functional | Sandwich | Stacked


def stack(node: Node) -> Node:
    """vec, also of a row, whose transpose it is."""
    if node.shape.kind == "row":
        return nodes.transpose(node)
    return nodes.vec(node)


def reversed_transposes(chain: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(nodes.transpose(factor) for factor in reversed(chain))


def _joined(scale: Node | None, parts: list[Node | None]) -> tuple[Node | None, Node | None]:
    """The product of parts, of which the scalar ones go to the scale."""
    present = [part for part in parts if part is not None]
    if not present:
        return scale, None
    result = nodes.multiply(*present)
    scalars = [] if scale is None else [scale]
    if result.operation == "times":
        scalars.extend(f for f in result.operands if f.is_scalar)
        body = None if result.is_scalar else result.operands[-1]
    elif result.is_scalar:
        scalars.append(result)
        body = None
    else:
        body = result
    return (nodes.times(*scalars) if scalars else None), body


def _right_factor(right: Node | None, middle: Shape) -> Node | None:
    if right is not None:
        return nodes.transpose(right)
    return None if middle.kind == "column" else nodes.eye(middle.columns)


def _left_factor(left: Node | None, middle: Shape) -> Node | None:
    if left is not None:
        return left
    return None if middle.kind == "row" else nodes.eye(middle.rows)
