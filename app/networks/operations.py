"""The operations that a small network is made of: value, Jacobian and pullback of each.

All vectors are columns, kept as arrays of shape (n,).  A Jacobian is in numerator layout; by a
matrix W (m×n) it is the Jacobian by vec W, columns stacked, of shape m×mn.  A pullback takes the
cotangent v of the value (the gradient of the loss there) to the cotangent Jᵀv of an argument, in
the argument's own shape, without forming J.

Sources: Goodfellow, Bengio & Courville, Deep Learning, 6.5; Magnus & Neudecker, Matrix Differential
Calculus, 9.4 for ∂(Wx)/∂vec W = xᵀ ⊗ I.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Argument:
    """How an operation depends on one of its arguments; all are given all arguments by position."""

    jacobian: Callable[..., Array]
    pullback: Callable[..., Array]


@dataclass(frozen=True)
class Operation:
    """``expression`` says the operation in the language of the derivative engine.

    ``names`` are those of its arguments there, by position; ``given`` declares them.
    """

    name: str
    value: Callable[..., Array]
    arguments: tuple[Argument, ...]
    expression: str
    names: tuple[str, ...]
    given: str


def _elementwise(
    name: str, f: Callable[[Array], Array], slope: Callable[[Array], Array], expression: str
) -> Operation:
    """f applied to each entry: the Jacobian is diag(f′(z)), the pullback f′(z) ⊙ v."""
    argument = Argument(
        jacobian=lambda z: np.asarray(np.diag(slope(z)), dtype=float),
        pullback=lambda v, z: slope(z) * v,
    )
    return Operation(name, f, (argument,), expression, ("z",), "z: n")


def sigmoid(z: Array) -> Array:
    """1/(1 + e^−z) without overflow."""
    power = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0 / (1.0 + power), power / (1.0 + power))


def softmax(z: Array) -> Array:
    """e^z / Σ e^z; shifting z by its maximum changes nothing but the overflow."""
    powers = np.exp(z - z.max())
    return np.asarray(powers / powers.sum())


def _softmax_jacobian(z: Array) -> Array:
    p = softmax(z)
    return np.diag(p) - np.outer(p, p)


def _log_sum_exp(z: Array) -> float:
    return float(z.max() + np.log(np.exp(z - z.max()).sum()))


def _minus_ratio(y: Array, p: Array) -> Array:
    """−y/p, and 0 where y is 0 even if p is."""
    return -np.divide(y, p, out=np.zeros_like(p), where=y != 0)


AFFINE = Operation(
    name="affine",
    value=lambda W, x, b: W @ x + b,
    arguments=(
        Argument(
            jacobian=lambda W, x, b: np.asarray(np.kron(x, np.eye(len(b))), dtype=float),
            pullback=lambda v, W, x, b: np.outer(v, x),
        ),
        Argument(jacobian=lambda W, x, b: W, pullback=lambda v, W, x, b: W.T @ v),
        Argument(jacobian=lambda W, x, b: np.eye(len(b)), pullback=lambda v, W, x, b: v),
    ),
    expression="W*x + b",
    names=("W", "x", "b"),
    given="W: m,n; x: n; b: m",
)

SOFTMAX = Operation(
    name="softmax",
    value=softmax,
    arguments=(
        Argument(
            jacobian=_softmax_jacobian,
            pullback=lambda v, z: softmax(z) * (v - softmax(z) @ v),
        ),
    ),
    expression="exp(z)/sum(exp(z))",
    names=("z",),
    given="z: n",
)

SQUARED_ERROR = Operation(
    name="squared error",
    value=lambda p, y: np.asarray(0.5 * (p - y) @ (p - y)),
    arguments=(
        Argument(
            jacobian=lambda p, y: (p - y)[None, :],
            pullback=lambda v, p, y: v * (p - y),
        ),
    ),
    expression="norm2(p - y)^2/2",
    names=("p", "y"),
    given="p: n; y: n",
)

CROSS_ENTROPY = Operation(
    name="cross-entropy",
    value=lambda p, y: np.asarray(-(y[y > 0] @ np.log(p[y > 0]))),
    arguments=(
        Argument(
            jacobian=lambda p, y: _minus_ratio(y, p)[None, :],
            pullback=lambda v, p, y: v * _minus_ratio(y, p),
        ),
    ),
    expression="-y'*log(p)",
    names=("p", "y"),
    given="p: n; y: n",
)
"""Of probabilities, such as a softmax gives; 0·log 0 counts as 0."""

SOFTMAX_CROSS_ENTROPY = Operation(
    name="softmax cross-entropy",
    value=lambda z, y: np.asarray(y.sum() * _log_sum_exp(z) - y @ z),
    arguments=(
        Argument(
            jacobian=lambda z, y: (y.sum() * softmax(z) - y)[None, :],
            pullback=lambda v, z, y: v * (y.sum() * softmax(z) - y),
        ),
    ),
    expression="sum(y)*log(sum(exp(z))) - y'*z",
    names=("z", "y"),
    given="z: n; y: n",
)
"""The same of the scores before the softmax, which neither overflows nor takes the log of 0."""

ACTIVATIONS = {
    "tanh": _elementwise("tanh", np.tanh, lambda z: 1.0 - np.tanh(z) ** 2, "tanh(z)"),
    "sigmoid": _elementwise(
        "sigmoid", sigmoid, lambda z: sigmoid(z) * (1.0 - sigmoid(z)), "sigmoid(z)"
    ),
    "relu": _elementwise(
        "relu", lambda z: np.maximum(z, 0.0), lambda z: (z > 0).astype(float), "relu(z)"
    ),
    "softmax": SOFTMAX,
}
LOSSES = ("squared error", "cross-entropy")


def loss_operation(loss: str, last_activation: str | None) -> Operation:
    """The operation for a loss of :data:`LOSSES` after a layer with that activation.

    Cross-entropy takes the probabilities of a softmax; after a layer without an activation it
    contains the softmax itself.
    """
    if loss == "squared error":
        return SQUARED_ERROR
    return CROSS_ENTROPY if last_activation == "softmax" else SOFTMAX_CROSS_ENTROPY
