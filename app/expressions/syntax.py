"""The frozen syntax tree of the expression language: one tree for all that is typed.

Scalar functions, maps and matrix expressions share these nodes.  The tree says only how a text
was read; what the names stand for, and which shapes they have, is decided by whoever reads the
tree.  Spans point into the text as typed and do not take part in equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from app.diagnostics import Span

BinaryOperator = Literal["+", "-", "*", "/", ".*", "./", "^", ".^"]
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal; ``text`` is kept so that an exact reading (1/10, not 0.1) stays possible."""

    value: float
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable or constant, after Greek letters and the like were given their ASCII names."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: Syntax
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Transpose:
    """``A'``, ``A.T``, ``A^T`` and ``Aᵀ`` alike."""

    operand: Syntax
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; ``@`` and juxtaposition are ``*``, ``**`` is ``^``."""

    operator: BinaryOperator
    left: Syntax
    right: Syntax
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; ``|x|`` is ``abs(x)``, ``‖x‖`` is ``norm2(x)``.

    The bare ``eye`` is a call without arguments.
    """

    function: str
    arguments: tuple[Syntax, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entries:
    """``[f, g, …]``: the components of a map."""

    entries: tuple[Syntax, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Syntax = Number | Name | Negate | Transpose | Binary | Call | Entries


def children(node: Syntax) -> tuple[Syntax, ...]:
    """The direct operands of a node, in reading order."""
    match node:
        case Number() | Name():
            return ()
        case Negate(operand) | Transpose(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case Entries(entries):
            return entries


def walk(node: Syntax) -> Iterator[Syntax]:
    """Every node of the tree, parents before children, without recursion."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))
