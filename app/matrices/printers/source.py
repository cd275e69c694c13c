"""Nodes to source code for NumPy, PyTorch and JAX: the same tree, other names.

Columns and rows are arrays with one axis, as these libraries have them; a column times a row is
their outer product.  Names that Python keeps for itself get an underscore.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.matrices import nodes
from app.matrices.nodes import Node, walk
from app.matrices.printers.strength import (
    ATOM,
    POSTFIX,
    POWER,
    SUM,
    TERM,
    inverted_power,
    quotient,
)
from app.matrices.shapes import Dimension, factors_of, letters_of


@dataclass(frozen=True, slots=True)
class Library:
    """How a library is imported and what it calls the operations; ``{0}`` is the operand."""

    imports: tuple[str, ...]
    module: str
    calls: Mapping[str, str]


_COMMON: Final = {
    "transpose": "{0}.T", "inverse": "np.linalg.inv({0})", "tr": "np.trace({0})",
    "det": "np.linalg.det({0})", "logdet": "np.linalg.slogdet({0})[1]",
    "adj": "np.linalg.det({0}) * np.linalg.inv({0})", "sum": "np.sum({0})",
    "norm1": "np.sum(np.abs({0}))", "norm2": "np.linalg.norm({0})", "diag": "np.diag({0})",
    "diagonal": "np.diag({0})", "vec": '{0}.flatten(order="F")', "kron": "np.kron({0}, {1})",
    "outer": "np.outer({0}, {1})", "matrix_power": "np.linalg.matrix_power({0}, {1})",
    "relu": "np.maximum({0}, 0.0)", "sigmoid": "1 / (1 + np.exp(-{0}))",
    "softplus": "np.logaddexp(0.0, {0})", "atan2": "np.arctan2({0}, {1})",
    "min": "np.minimum({0}, {1})", "max": "np.maximum({0}, {1})",
}  # fmt: skip
NUMPY: Final = Library(("import numpy as np",), "np", _COMMON)
JAX: Final = Library(
    ("import jax", "import jax.numpy as jnp"),
    "jnp",
    {
        **{name: call.replace("np.", "jnp.") for name, call in _COMMON.items()},
        "relu": "jax.nn.relu({0})",
        "sigmoid": "jax.nn.sigmoid({0})",
        "softplus": "jax.nn.softplus({0})",
    },
)
TORCH: Final = Library(
    ("import torch",),
    "torch",
    {
        **{name: call.replace("np.", "torch.") for name, call in _COMMON.items()},
        "vec": "{0}.T.reshape(-1)",
        "relu": "torch.relu({0})",
        "sigmoid": "torch.sigmoid({0})",
        "softplus": "torch.nn.functional.softplus({0})",
        "atan2": "torch.atan2({0}, {1})",
    },
)
_SIMPLE_CALL_SIGNS: Final = (" * ", " / ")


def safe_name(name: str) -> str:
    """A name that Python accepts."""
    return f"{name}_" if keyword.iskeyword(name) or name in ("np", "jnp", "jax", "torch") else name


@dataclass(frozen=True, slots=True)
class SourcePrinter:
    """Prints nodes as expressions of one library; ``sizes`` names the letters of dimensions.

    ``like`` is an argument whose type new arrays take, for a library that converts none by itself.
    """

    library: Library
    sizes: Mapping[str, str]
    like: str | None = None

    def text(self, node: Node, place: int = SUM) -> str:
        text, strength = self.own(node)
        return text if strength >= place else f"({text})"

    def own(self, node: Node) -> tuple[str, int]:
        match node.operation:
            case "number":
                return _number(node.parameter)
            case "symbol":
                return self.symbol(node), ATOM
            case "eye" | "ones" | "zero":
                return self.constant(node), ATOM
            case "comm":
                rows, columns = (self.size(d) for d in node.parameter)
                typed = "" if self.like is None else f".to({self.like}.dtype)"
                return f"commutation({rows}, {columns}){typed}", ATOM
            case "add":
                return self.sum(node), SUM
            case "times" | "power" | "element_power" | "hadamard":
                return self.multiple(node)
            case "product":
                return self.chain(node.operands)
            case "matrix_power":
                return self.matrix_power(node), ATOM
            case "transpose" if node.shape.kind != "matrix":
                return self.own(node.operands[0])
            case "kron":
                return self.kron(node), ATOM
        return self.call(node)

    def symbol(self, node: Node) -> str:
        name = node.parameter.name
        return f"{self.library.module}.pi" if name == "pi" else safe_name(name)

    def size(self, dimension: Dimension) -> str:
        parts = [str(f) if isinstance(f, int) else self.sizes[f] for f in factors_of(dimension)]
        return " * ".join(parts) or "1"

    def constant(self, node: Node) -> str:
        if node.operation == "eye":
            return f"{self.library.module}.eye({self.size(node.shape.rows)}{self.of_type()})"
        sizes = ", ".join(self.size(axis) for axis in node.shape.axes)
        shape = f"({sizes})" if len(node.shape.axes) == 2 else sizes
        name = "ones" if node.operation == "ones" else "zeros"
        return f"{self.library.module}.{name}({shape}{self.of_type()})"

    def of_type(self) -> str:
        return "" if self.like is None else f", dtype={self.like}.dtype"

    def argument(self, node: Node, place: int = SUM) -> str:
        """An argument of a function; PyTorch's take tensors only, no numbers."""
        text = self.text(node, place)
        names = {part.parameter.name for part in walk(node) if part.operation == "symbol"}
        if self.like is None or names - {"pi"}:
            return text
        return f"torch.as_tensor({self.text(node)}{self.of_type()})"

    def sum(self, node: Node) -> str:
        text = ""
        for term in node.operands:
            part = self.text(term, TERM) if term.operation == "add" else self.own(term)[0]
            if text:
                part = f" - {part[1:]}" if part.startswith("-") else f" + {part}"
            text += part
        return text

    def multiple(self, node: Node) -> tuple[str, int]:
        if node.operation in ("power", "element_power") and inverted_power(node) is None:
            base, exponent = node.operands
            return f"{self.text(base, POSTFIX)}**{self.text(exponent, POSTFIX)}", POWER
        parts = quotient(node)
        over = [_number(parts.number)[0]] if parts.number != 1 else []
        under = [str(parts.divisor)] if parts.divisor != 1 else []
        over += [self.text(scalar, POWER) for scalar in parts.scalars]
        under += [self.text(divisor, POWER) for divisor in parts.divisors]
        body = () if parts.body is None else (parts.body,)
        entries = [f for b in body for f in (b.operands if b.operation == "hadamard" else (b,))]
        for entry in entries:
            inverted = inverted_power(entry)
            if inverted is None:
                over.append(self.text(entry, POWER))
            else:
                under.append(self.text(inverted, POWER))
        text = " * ".join(over) or "1"
        for divisor in under:
            text += f" / {divisor}"
        return (f"-{text}", SUM) if parts.negative else (text, TERM)

    def chain(self, factors: tuple[Node, ...]) -> tuple[str, int]:
        """A matrix product; where a column meets a row, an outer product."""
        for index in range(len(factors) - 1):
            left, right = factors[: index + 1], factors[index + 1 :]
            if factors[index].shape.kind == "column" and right[0].shape.kind == "row":
                before, after = (self.text(nodes.product(*part)) for part in (left, right))
                if nodes.product(*left).is_scalar:
                    return f"({before}) * ({after})", TERM
                return self.library.calls["outer"].format(before, after), ATOM
        return " @ ".join(self.text(factor, POWER) for factor in factors), TERM

    def matrix_power(self, node: Node) -> str:
        base, exponent = node.operands[0], node.parameter
        if exponent == -1:
            return self.library.calls["inverse"].format(self.text(base))
        return self.library.calls["matrix_power"].format(self.text(base), exponent)

    def kron(self, node: Node) -> str:
        both = {operand.shape.kind for operand in node.operands}
        parts = []
        for operand in node.operands:
            kind = operand.shape.kind
            mixed = len(both) > 1
            axis = "[:, None]" if kind == "column" else "[None, :]" if kind == "row" else ""
            parts.append(
                f"{self.text(operand, POSTFIX)}{axis}" if mixed and axis else self.text(operand)
            )
        return self.library.calls["kron"].format(*parts)

    def call(self, node: Node) -> tuple[str, int]:
        template = self.library.calls.get(node.operation)
        if template is None:
            return (
                f"{self.library.module}.{node.operation}({self.argument(node.operands[0])})",
                ATOM,
            )
        place = POSTFIX if "{0}." in template or "-{0}" in template else SUM
        text = template.format(*[self.argument(operand, place) for operand in node.operands])
        return text, TERM if any(sign in text for sign in _SIMPLE_CALL_SIGNS) else ATOM


def _number(value: Fraction) -> tuple[str, int]:
    if isinstance(value, Fraction) and value.denominator == 1:
        text = str(value.numerator)
    else:
        text = repr(float(value))
    return text, SUM if value < 0 else ATOM


COMMUTATION: Final = '''
def commutation(m, n):
    """K with K @ vec(A) = vec(A.T) for an m x n matrix A, columns stacked."""
    return np.eye(m * n)[np.arange(m * n).reshape(n, m).T.flatten()]
'''


def size_lines(body: Node, symbols: Mapping[str, Node]) -> Iterator[tuple[str, str | None]]:
    """For every letter that the body needs: its name and where the size is found."""
    wanted = sorted(_letters_needed(body))
    for letter in wanted:
        yield letter, where_size(letter, symbols)


def _letters_needed(body: Node) -> set[str]:
    found: set[str] = set()
    for node in walk(body):
        if node.operation in ("eye", "ones", "zero"):
            found |= letters_of(node.shape.axes)
        elif node.operation == "comm":
            found |= letters_of(node.parameter)
    return found


def where_size(letter: str, symbols: Mapping[str, Node]) -> str | None:
    for name, node in symbols.items():
        for position, axis in enumerate(node.shape.axes):
            if axis == letter:
                return f"{safe_name(name)}.shape[{position}]"
    return None


def dimension_name(letter: str, symbols: Mapping[str, Node]) -> str:
    """A name for a size that no argument has."""
    return letter if letter not in symbols else f"size_{letter}"
