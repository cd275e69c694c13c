"""The typed expression: frozen nodes over a closed set of operations, shapes checked at birth.

An ill-shaped expression cannot exist: every node is made by ``make`` (or one of the constructors
below it), which looks up the operation's shape rule in the one table of operations and raises
``operations.ShapeError`` where the operands do not fit.  Constructors build exactly what they are
given; tidying is the work of ``rewriting``.

Four products are kept apart, because they obey different laws:

    times      scalars, and at most one operand that is none, which stands last: 2*a*X
    product    the matrix product of a chain, no scalar among its factors: x'*A*y
    hadamard   elementwise, all of one shape: x.*y
    kron       the Kronecker product of two

Negation is ``times`` by −1, a quotient is ``times`` by a power with exponent −1, the inverse is
``matrix_power`` with exponent −1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from app.matrices.operations import COMMUTATIVE, SHAPES
from app.matrices.shapes import (
    SCALAR,
    Dimension,
    Shape,
    matrix,
    product_of,
)

_MASK: Final = (1 << 61) - 1


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node:
    """One operation with its operands.

    ``parameter`` holds what is no operand: the value of a number, the name of a symbol, the
    exponent of a matrix power.  ``increment`` says whether the increment dX stands in it, ``size``
    counts the nodes of its printed form.  Equality disregards the order of commutative operands.
    """

    operation: str
    operands: tuple[Node, ...]
    parameter: Any
    shape: Shape
    increment: bool
    size: int
    digest: int = field(compare=False)

    def __hash__(self) -> int:
        return self.digest

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node) or self.digest != other.digest:
            return False
        if self.operation != other.operation or self.parameter != other.parameter:
            return False
        if self.shape != other.shape:
            return False
        if self.operands == other.operands:
            return True
        if self.operation not in COMMUTATIVE or len(self.operands) != len(other.operands):
            return False
        key = Node.__hash__
        return sorted(self.operands, key=key) == sorted(other.operands, key=key)

    def __repr__(self) -> str:
        from app.matrices.printers.text import to_text

        return f"Node({to_text(self)})"

    @property
    def is_scalar(self) -> bool:
        return self.shape.kind == "scalar"


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, parents before children."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.operands))


def contains(node: Node, wanted: Node) -> bool:
    return any(part == wanted for part in walk(node))


def substitute(node: Node, old: Node, new: Node) -> Node:
    """``node`` with every ``old`` replaced by ``new``, which has the same shape."""
    if node == old:
        return new
    if not node.operands:
        return node
    operands = tuple(substitute(operand, old, new) for operand in node.operands)
    return node if operands == node.operands else make(node.operation, operands, node.parameter)


# ----------------------------------------------------------------------------- construction


def make(operation: str, operands: tuple[Node, ...], parameter: Any = None) -> Node:
    """A node of the closed set of operations; raises ``ShapeError`` where operands do not fit."""
    shape = SHAPES[operation](tuple([operand.shape for operand in operands]), parameter)
    return _node(operation, operands, parameter, shape)


def _node(operation: str, operands: tuple[Node, ...], parameter: Any, shape: Shape) -> Node:
    digests = [operand.digest for operand in operands]
    part = sum(digests) & _MASK if operation in COMMUTATIVE else tuple(digests)
    digest = hash((operation, parameter, part, shape if not operands else None))
    increment = operation == "symbol" and parameter.increment
    for operand in operands:
        increment = increment or operand.increment
    size = _size(operation, operands, parameter)
    return Node(operation, operands, parameter, shape, increment, size, digest)


def _size(operation: str, operands: tuple[Node, ...], parameter: Any) -> int:
    """How many nodes of syntax the printed text has, nearly."""
    total = sum([operand.size for operand in operands])
    if operation in ("add", "product", "hadamard"):
        return total + len(operands) - 1
    if operation == "times":
        first = operands[0]
        negated = first.operation == "number" and first.parameter == -1
        return total + len(operands) - 1 - (2 if negated else 0)
    if operation == "power":
        exponent = operands[1]
        if exponent.operation == "number" and exponent.parameter == -1:
            return operands[0].size
        return total + 1
    if operation == "element_power":
        exponent = operands[1]
        if exponent.operation == "number" and exponent.parameter < 0:
            return total + (0 if exponent.parameter == -1 else 1)
        return total + 1
    if operation == "matrix_power":
        return total + (1 if parameter == -1 else 2 if parameter > 0 else 3)
    if operation == "number":
        return 2 if parameter < 0 else 1
    return total + 1


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a symbol is: its name, its declared properties, and whether it is an increment dX."""

    name: str
    properties: frozenset[str] = frozenset()
    increment: bool = False


def number(value: Fraction | int) -> Node:
    """A number; exact wherever it was written exactly."""
    if isinstance(value, int):
        value = Fraction(value)
    return _node("number", (), value, SCALAR)


def symbol(name: str, shape: Shape, properties: frozenset[str] = frozenset()) -> Node:
    return _node("symbol", (), Symbol(name, properties), shape)


def increment_of(variable: Node) -> Node:
    """The increment dX of a variable X: same shape, no properties of its own."""
    name = f"d{variable.parameter.name}"
    return _node("symbol", (), Symbol(name, frozenset(), True), variable.shape)


@dataclass(frozen=True, slots=True)
class Pending:
    """The parameter of a symbol d(U) that stands for the differential of ``of``, not worked out."""

    of: Node
    name: str = "d"
    properties: frozenset[str] = frozenset()
    increment: bool = True


def pending(node: Node) -> Node:
    """d(U) for a part U that is still to be differentiated: to be read, not to be parsed."""
    return _node("symbol", (), Pending(node), node.shape)


def constant_pi() -> Node:
    return _node("symbol", (), Symbol("pi", frozenset({"positive"})), SCALAR)


def eye(size: Dimension) -> Node:
    return _node("eye", (), None, matrix(size, size))


def ones(shape: Shape) -> Node:
    """All entries one; a row is the transpose of a column of ones."""
    if shape.kind == "row":
        return transpose(ones(shape.transposed))
    return ONE if shape.kind == "scalar" else _node("ones", (), None, shape)


def zero(shape: Shape) -> Node:
    return ZERO if shape.kind == "scalar" else _node("zero", (), None, shape)


def comm(rows: Dimension, columns: Dimension) -> Node:
    """K(m,n), the permutation with K(m,n) vec(A) = vec(A') for an m×n matrix A."""
    size = product_of(rows, columns)
    return _node("comm", (), (rows, columns), matrix(size, size))


def add(*terms: Node) -> Node:
    return terms[0] if len(terms) == 1 else make("add", terms)


def times(*factors: Node) -> Node:
    """Scalars and at most one operand that is none; it is moved to the end."""
    if len(factors) == 1:
        return factors[0]
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    others = tuple(factor for factor in factors if not factor.is_scalar)
    return make("times", scalars + others)


def negative(node: Node) -> Node:
    return times(MINUS_ONE, node)


def subtract(left: Node, right: Node) -> Node:
    return add(left, negative(right))


def product(*factors: Node) -> Node:
    return factors[0] if len(factors) == 1 else make("product", factors)


def multiply(*factors: Node) -> Node:
    """The product of anything: scalars go to the front, the others form chains.

    A chain that has become a scalar (row … column) is closed before the next factor.
    """
    scalars: list[Node] = []
    chain: list[Node] = []
    for factor in factors:
        if factor.is_scalar:
            scalars.append(factor)
            continue
        chain.append(factor)
        if factor.shape.kind == "column" and chain[0].shape.kind == "row":
            scalars.append(product(*chain))
            chain = []
    if chain:
        scalars.append(product(*chain))
    return times(*scalars) if scalars else ONE


def hadamard(*factors: Node) -> Node:
    return factors[0] if len(factors) == 1 else make("hadamard", factors)


def elementwise_product(left: Node, right: Node) -> Node:
    """``hadamard`` where both have entries, ``times`` where one is a scalar."""
    if left.is_scalar or right.is_scalar:
        return times(left, right)
    return hadamard(left, right)


def power(base: Node, exponent: Node | int | Fraction) -> Node:
    exponent = exponent if isinstance(exponent, Node) else number(exponent)
    return make("power", (base, exponent))


def divide(node: Node, divisor: Node) -> Node:
    """``node`` divided by a scalar."""
    inverse = power(divisor, MINUS_ONE)
    return inverse if node == ONE else times(node, inverse)


def element_power(base: Node, exponent: Node | int | Fraction) -> Node:
    exponent = exponent if isinstance(exponent, Node) else number(exponent)
    return make("element_power", (base, exponent))


def any_power(base: Node, exponent: Node | int | Fraction) -> Node:
    """``power`` for scalars, ``element_power`` for what has entries."""
    exponent = exponent if isinstance(exponent, Node) else number(exponent)
    scalar = base.is_scalar and exponent.is_scalar
    return make("power" if scalar else "element_power", (base, exponent))


def matrix_power(base: Node, exponent: int) -> Node:
    return base if exponent == 1 else make("matrix_power", (base,), exponent)


def inverse(base: Node) -> Node:
    return make("matrix_power", (base,), -1)


def transpose(node: Node) -> Node:
    return node if node.is_scalar else make("transpose", (node,))


def apply(function: str, *operands: Node) -> Node:
    """A named function of the language: elementwise, of two scalars, a reduction, of matrices."""
    return make(function, operands)


def diag(node: Node) -> Node:
    """``diag`` as in the language: a column becomes a matrix, a matrix gives its diagonal."""
    return make("diagonal" if node.shape.kind == "matrix" else "diag", (node,))


def vec(node: Node) -> Node:
    return node if node.shape.kind == "column" else make("vec", (node,))


def kron(left: Node, right: Node) -> Node:
    return make("kron", (left, right))


ZERO: Final = number(0)
ONE: Final = number(1)
MINUS_ONE: Final = number(-1)
TWO: Final = number(2)
HALF: Final = number(Fraction(1, 2))
