"""A layer with its backward pass as source: ``torch.autograd.Function`` and ``jax.custom_vjp``.

Both save the inputs and, where a backward pass uses it, the value; nothing that lies between, so
that second derivatives stay right.  Scalars are arrays without axes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.autograd.layer import Layer
from app.matrices import nodes
from app.matrices.nodes import Node, walk
from app.matrices.printers.source import (
    COMMUTATION,
    JAX,
    TORCH,
    Library,
    SourcePrinter,
    dimension_name,
    safe_name,
    size_lines,
    where_size,
)
from app.matrices.printers.text import to_text
from app.matrices.shapes import dimension_text

_INDENT: Final = "    "
_TAKEN: Final = frozenset(
    ("ctx", "saved", "output", "layer", "Layer", "layer_forward", "layer_backward", "commutation")
)
"""Names of the programs themselves."""


def torch_source(layer: Layer, backward: Mapping[str, Node]) -> str | None:
    """Source of a ``torch.autograd.Function`` called ``Layer``, and ``layer = Layer.apply``.

    ``backward`` has the gradients as typed, by name of input; inputs without one get None.  None
    where a name is one of the program's own, or a size is not that of an argument.
    """
    source = _Source(layer, backward, TORCH)
    if source.is_impossible:
        return None
    names = ", ".join(source.arguments)
    wanted = [source.gradient_or_none(name) for name in layer.inputs]
    saved = ", ".join(source.saved)
    comma = "," if len(source.saved) == 1 else ""
    lines = [
        *source.head(),
        "class Layer(torch.autograd.Function):",
        *_indented(1, source.docstring()),
        "",
        _INDENT + "@staticmethod",
        _INDENT + f"def forward(ctx, {names}):",
        *_indented(2, source.forward()),
        *_indented(2, [f"ctx.save_for_backward({saved})", f"return {source.value}"]),
        "",
        _INDENT + "@staticmethod",
        _INDENT + f"def backward(ctx, {source.cotangent}):",
        *_indented(2, [f"{saved}{comma} = ctx.saved_tensors", *source.backward()]),
        *_indented(2, [f"return {', '.join(wanted)}"]),
        "",
        "",
        "layer = Layer.apply",
    ]
    return "\n".join(lines) + "\n"


def jax_source(layer: Layer, backward: Mapping[str, Node]) -> str | None:
    """Source of a function ``layer`` with a ``jax.custom_vjp``.

    An input without a backward pass gets NaN: JAX wants a cotangent for every input, and a zero
    would be wrong without a word.  None as for ``torch_source``.
    """
    source = _Source(layer, backward, JAX)
    if source.is_impossible:
        return None
    names = ", ".join(source.arguments)
    saved = ", ".join(source.saved)
    comma = "," if len(source.saved) == 1 else ""
    wanted = [source.gradient_or_nan(name) for name in layer.inputs]
    last = "," if len(wanted) == 1 else ""
    lines = [
        *source.head(),
        "@jax.custom_vjp",
        f"def layer({names}):",
        *_indented(1, [*source.docstring(), *source.forward(), f"return {source.value}"]),
        "",
        "",
        f"def layer_forward({names}):",
        *_indented(1, [f"{source.value} = layer({names})"]),
        *_indented(1, [f"return {source.value}, ({saved}{comma})"]),
        "",
        "",
        f"def layer_backward(saved, {source.cotangent}):",
        *_indented(1, [f"{saved}{comma} = saved", *source.backward()]),
        *_indented(1, [f"return ({', '.join(wanted)}{last})"]),
        "",
        "",
        "layer.defvjp(layer_forward, layer_backward)",
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class _Source:
    """The parts of both programs, in the words of one library."""

    layer: Layer
    backwards: Mapping[str, Node]
    library: Library

    @property
    def arguments(self) -> list[str]:
        return [safe_name(name) for name in self.layer.inputs]

    @property
    def value(self) -> str:
        """The name of the value: that of the layer if it is free, else one that nobody types."""
        value = self.layer.value
        return "output" if value is None else safe_name(value.parameter.name)

    @property
    def cotangent(self) -> str:
        return safe_name(self.layer.cotangent.parameter.name)

    @property
    def saved(self) -> list[str]:
        """The inputs, and the value if a backward pass uses it."""
        value = self.layer.value
        used = value is not None and any(
            nodes.contains(node, value) for node in self.backwards.values()
        )
        return [*self.arguments, *([self.value] if used else [])]

    @property
    def is_impossible(self) -> bool:
        names = self.layer.names_of_backward
        if _TAKEN & names.keys() or any(name.startswith("grad_") for name in names):
            return True
        bodies = [self.layer.forward, *self.backwards.values()]
        known = self.layer.inputs
        found = [where_size(letter, known) for b in bodies for letter, _ in size_lines(b, known)]
        return any(where is None for where in found)

    def head(self) -> list[str]:
        """Imports, and the commutation matrix where it is used."""
        bodies = [self.layer.forward, *self.backwards.values()]
        helper: list[str] = []
        if any(part.operation == "comm" for body in bodies for part in walk(body)):
            text = COMMUTATION.replace("np.", f"{self.library.module}.")
            helper = ["", "", *text.strip("\n").split("\n")]
        return [*self.library.imports, *helper, "", ""]

    def docstring(self) -> list[str]:
        """What the layer computes, with the shapes of its inputs."""
        shapes = ", ".join(
            f"{name} ({' × '.join(map(dimension_text, node.shape.axes)) or 'scalar'})"
            for name, node in self.layer.inputs.items()
        )
        text = to_text(self.layer.forward).replace("\\", "")
        return ['"""The layer', "", f"    {text}", "", f"of {shapes}.", '"""']

    def forward(self) -> list[str]:
        """The lines that compute the value."""
        return [
            *self._sizes([self.layer.forward]),
            f"{self.value} = {self._text(self.layer.forward)}",
        ]

    def backward(self) -> list[str]:
        """The lines that compute the gradients that were written."""
        written = [self.backwards[name] for name in self.layer.inputs if name in self.backwards]
        lines = [
            f"{_gradient(name)} = {self._text(self.backwards[name])}"
            for name in self.layer.inputs
            if name in self.backwards
        ]
        return [*self._sizes(written), *lines]

    def gradient_or_none(self, name: str) -> str:
        return _gradient(name) if name in self.backwards else "None"

    def gradient_or_nan(self, name: str) -> str:
        filled = f"jnp.full_like({safe_name(name)}, jnp.nan)"
        return _gradient(name) if name in self.backwards else filled

    def _text(self, node: Node) -> str:
        like = safe_name(next(iter(self.layer.inputs))) if self.library is TORCH else None
        return SourcePrinter(self.library, self._names(node), like).text(node)

    def _names(self, node: Node) -> dict[str, str]:
        names = self.layer.names_of_backward
        return {letter: dimension_name(letter, names) for letter, _ in size_lines(node, names)}

    def _sizes(self, bodies: Sequence[Node]) -> list[str]:
        """The lines that define the sizes that are needed, each once."""
        known = self.layer.inputs
        lines = {
            letter: f"{self._names(body)[letter]} = {where_size(letter, known)}"
            for body in bodies
            for letter, _ in size_lines(body, known)
        }
        return list(lines.values())


def _gradient(name: str) -> str:
    return f"grad_{name}"


def _indented(levels: int, lines: Sequence[str]) -> list[str]:
    return [f"{_INDENT * levels}{line}" if line else "" for line in lines]


__all__ = ["jax_source", "torch_source"]
