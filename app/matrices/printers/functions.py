"""Whole functions as source: the derivative for NumPy, the function for PyTorch and JAX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.matrices.nodes import Node
from app.matrices.printers.source import (
    COMMUTATION,
    JAX,
    NUMPY,
    TORCH,
    Library,
    SourcePrinter,
    dimension_name,
    safe_name,
    size_lines,
    where_size,
)
from app.matrices.shapes import Dimension


def numpy_derivative(
    core: Node, axes: Sequence[Dimension], symbols: Mapping[str, Node], title: str
) -> str:
    """Source of ``derivative(...)``, which returns the array with the given axes.

    ``core`` holds the entries: either it has these axes, or it is a matrix whose entries fill the
    array column by column (first axes first).
    """
    natural = core.shape.axes
    extra = [letter for axis in axes for letter in _letters(axis)]
    sizes, lines = _sizes(core, symbols, [] if tuple(axes) == natural else extra)
    printer = SourcePrinter(NUMPY, sizes)
    value = printer.text(core)
    if tuple(axes) != natural:
        shape = ", ".join(printer.size(axis) for axis in axes)
        comma = "," if len(axes) == 1 else ""
        value = f'np.reshape({value}, ({shape}{comma}), order="F")'
    body = _body(title, lines, value)
    helper = COMMUTATION if "commutation(" in value else ""
    return f"import numpy as np\n{helper}\n\ndef derivative({_arguments(symbols, sizes)}):\n{body}"


def torch_function(source: Node, symbols: Mapping[str, Node], comment: str) -> str:
    """Source of a scalar function for PyTorch, with a comment that shows its gradient."""
    return _function(TORCH, source, symbols, comment)


def jax_function(source: Node, symbols: Mapping[str, Node], comment: str) -> str:
    """Source of a scalar function for JAX, with a comment that shows its gradient."""
    return _function(JAX, source, symbols, comment)


def _function(library: Library, source: Node, symbols: Mapping[str, Node], comment: str) -> str:
    sizes, lines = _sizes(source, symbols, [])
    like = next(iter(symbols), None) if library is TORCH else None
    value = SourcePrinter(library, sizes, None if like is None else safe_name(like)).text(source)
    helper = ""
    if "commutation(" in value:
        helper = COMMUTATION.replace("np.", f"{library.module}.")
    head = "\n".join(library.imports)
    body = _body(None, lines, value)
    return f"{head}\n{helper}\n\n# {comment}\ndef f({_arguments(symbols, sizes)}):\n{body}"


def _letters(axis: Dimension) -> list[str]:
    factors = axis if isinstance(axis, tuple) else (axis,)
    return [factor for factor in factors if isinstance(factor, str)]


def _sizes(
    body: Node, symbols: Mapping[str, Node], extra: Sequence[str]
) -> tuple[dict[str, str], list[str]]:
    """The Python name of every size, and the lines that define those that arguments have."""
    found = dict(size_lines(body, symbols))
    for letter in extra:
        found.setdefault(letter, where_size(letter, symbols))
    names = {letter: dimension_name(letter, symbols) for letter in found}
    lines = [f"{names[letter]} = {where}" for letter, where in found.items() if where is not None]
    return names, lines


def _arguments(symbols: Mapping[str, Node], sizes: Mapping[str, str]) -> str:
    names = [safe_name(name) for name in symbols]
    names += [name for letter, name in sizes.items() if where_size(letter, symbols) is None]
    return ", ".join(names)


def _body(title: str | None, lines: Sequence[str], value: str) -> str:
    parts = [f'"""{title}"""'] if title else []
    return "".join(f"    {line}\n" for line in [*parts, *lines, f"return {value}"])
