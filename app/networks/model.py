"""What a network is made of, and what its two passes leave behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.networks.operations import Operation

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Layer:
    """Weights W (m×n), bias b (m) and the name of an activation, or None.

    Without weights and bias (both None) the layer is an activation alone and keeps the width.
    """

    W: Array | None
    b: Array | None
    activation: str | None


@dataclass(frozen=True)
class Node:
    """A value of the graph; ``operation`` is None for what is given."""

    name: str
    tex: str
    value: Array
    operation: Operation | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edge:
    """The dependence of ``head`` on ``tail``: J (numerator layout), and what flows back over it.

    ``incoming`` is the cotangent of the head in the head's shape, ``outgoing`` = Jᵀ·incoming in the
    tail's shape.  With a fault in the rule, J is the matrix that the faulty rule used.
    """

    tail: str
    head: str
    position: int
    jacobian: Array
    incoming: Array
    outgoing: Array


@dataclass(frozen=True)
class Mismatch:
    """The first product of a faulty backward pass whose shapes do not fit, in words."""

    tail: str
    head: str
    message: str


@dataclass(frozen=True)
class Pass:
    """The graph in order of evaluation, the edges in order of the backward pass, all cotangents.

    A ``mismatch`` ended the backward pass early; without faults there is none.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cotangents: Mapping[str, Array]
    mismatch: Mismatch | None = None

    @property
    def loss(self) -> float:
        return float(self.nodes[-1].value)


def shape_in_words(value: Array) -> str:
    """A shape such as 3×2; columns are n×1, scalars 1×1."""
    rows, columns = (*value.shape, 1, 1)[:2]
    return f"{rows}×{columns}"
