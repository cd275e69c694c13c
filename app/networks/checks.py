"""What a network must be before it is evaluated; a refusal names the layers that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.networks.errors import network_error
from app.networks.model import Array, Layer
from app.networks.operations import ACTIVATIONS, LOSSES

MAX_LAYERS = 4
MAX_WIDTH = 8
MAX_VALUE = 1000.0
"""Beyond it central differences of a small step are no measure of a gradient any more."""


def check(layers: Sequence[Layer], x: Array, y: Array, loss: str) -> None:
    """Raises NetworkError for an unknown name, sizes that do not fit and what is too large."""
    if loss not in LOSSES:
        hint = f"Known: {_list(LOSSES)}."
        raise network_error("unknown-name", f"There is no loss “{loss}”.", hint)
    if not 1 <= len(layers) <= MAX_LAYERS:
        raise network_error("too-large", f"A network here has 1 to {MAX_LAYERS} layers.")
    if not 1 <= len(x) <= MAX_WIDTH:
        raise network_error("too-large", f"The input here has 1 to {MAX_WIDTH} entries.")
    width = len(x)
    for number, layer in enumerate(layers, start=1):
        _check_layer(number, layer, width)
        width = width if layer.b is None else len(layer.b)
    if len(y) != width:
        message = f"The target has {len(y)} entries, but layer {len(layers)} gives {width}."
        raise network_error("shape", message, f"Give the target {width} entries.")
    _check_numbers(layers, x, y)
    if loss == "cross-entropy":
        _check_cross_entropy(layers[-1], y)


def _check_layer(number: int, layer: Layer, width: int) -> None:
    if layer.activation is not None and layer.activation not in ACTIVATIONS:
        message = f"There is no activation “{layer.activation}” (layer {number})."
        raise network_error("unknown-name", message, f"Known: {_list(ACTIVATIONS)}.")
    if layer.W is None or layer.b is None:
        _check_activation_alone(number, layer)
        return
    rows, columns = layer.W.shape
    if not 1 <= rows <= MAX_WIDTH:
        raise network_error("too-large", f"Layer {number} must be 1 to {MAX_WIDTH} wide.")
    if columns != width:
        before = f"layer {number - 1}" if number > 1 else "the input"
        message = (
            f"Layer {number} takes {columns} numbers (its weights are {rows}×{columns}), "
            f"but {before} gives {width}."
        )
        raise network_error("shape", message, f"Its weights must be {rows}×{width}.")
    if len(layer.b) != rows:
        message = f"The bias of layer {number} has {len(layer.b)} entries, its weights {rows} rows."
        raise network_error("shape", message, f"Give the bias {rows} entries.")


def _check_activation_alone(number: int, layer: Layer) -> None:
    if layer.W is not None or layer.b is not None:
        message = f"Layer {number} has weights or a bias, but not both."
        raise network_error("shape", message, "Give both, or neither for an activation alone.")
    if layer.activation is None:
        message = f"Layer {number} has neither weights nor an activation."
        raise network_error("shape", message, "Give it one of the two.")


def _check_numbers(layers: Sequence[Layer], x: Array, y: Array) -> None:
    own = (array for layer in layers for array in (layer.W, layer.b))
    arrays = [x, y, *(array for array in own if array is not None)]
    if not all(np.isfinite(array).all() and np.abs(array).max() <= MAX_VALUE for array in arrays):
        message = f"Every number must be finite and at most {MAX_VALUE:,.0f} in size."
        raise network_error("too-large", message)


def _check_cross_entropy(last: Layer, y: Array) -> None:
    if last.activation not in {None, "softmax"}:
        message = (
            f"Cross-entropy compares probabilities, but the last layer ends in {last.activation}."
        )
        hint = "End it in softmax, or in nothing: then the softmax is part of the loss."
        raise network_error("shape", message, hint)
    if (y < 0).any() or abs(float(y.sum()) - 1.0) > 1e-9:
        message = "For cross-entropy the target holds probabilities that add up to 1."
        raise network_error("shape", message, "Such as 0, 1, 0 for the second of three classes.")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
