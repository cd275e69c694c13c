"""``/api/backpropagation``: a small network, forwards, backwards and beside central differences.

POST only, for a network is a structure.  The browser steps through networks by itself
(``static/math/networks``); this address is the second opinion, and what programs use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer
from app.api.problems import RequestError
from app.api.reader import check_fields, is_number, read_object
from app.api.schemas import TEXT, Field, Subject, described
from app.networks import (
    ACTIVATIONS,
    FAULTS,
    LOSSES,
    MAX_LAYERS,
    MAX_VALUE,
    MAX_WIDTH,
    STEP,
    TOLERANCE,
    Comparison,
    Edge,
    Layer,
    Node,
    Pass,
    backward,
    compare,
    forward,
    shape_in_words,
    sites,
    spoiled,
)

router = APIRouter()

FIELDS: Final = ("layers", "input", "target", "loss", "fault")
LAYER_FIELDS: Final = ("weights", "bias", "activation")
FAULT_FIELDS: Final = ("name", "at")
LIMITS: Final = {"layers": MAX_LAYERS, "width": MAX_WIDTH, "value": MAX_VALUE}

_NUMBERS: Final = {
    "type": "array",
    "items": {"type": "number", "minimum": -MAX_VALUE, "maximum": MAX_VALUE},
    "minItems": 1,
    "maxItems": MAX_WIDTH,
}
_LAYER: Final = {
    "type": "object",
    "properties": {
        "weights": {"type": "array", "items": _NUMBERS, "minItems": 1, "maxItems": MAX_WIDTH},
        "bias": _NUMBERS,
        "activation": {"enum": [*ACTIVATIONS, None]},
    },
    "additionalProperties": False,
}
_FAULT: Final = {
    "type": "object",
    "properties": {"name": {"enum": list(FAULTS)}, "at": TEXT},
    "required": ["name"],
    "additionalProperties": False,
}
BACKPROPAGATION: Final = Subject(
    summary="Backpropagation through a small network",
    description=f"Evaluates a network of 1 to {MAX_LAYERS} layers of width 1 to {MAX_WIDTH}, each "
    f"affine, an activation, or both in this order, numbers to ±{MAX_VALUE:,.0f}; then goes back "
    "from the loss edge by edge, and compares the gradient with central differences. Numbers that "
    "are not finite are null.",
    fields=(
        Field(
            "layers",
            "From the input on: weights as rows and bias, where the layer is affine, and the "
            "activation or null.",
            [
                {"weights": [[0.5, -0.5], [1, 0.5]], "bias": [0.5, -1.5], "activation": "tanh"},
                {"weights": [[1, -1]], "bias": [0]},
            ],
            {"type": "array", "items": _LAYER, "minItems": 1, "maxItems": MAX_LAYERS},
        ),
        Field("input", "The entries of x.", [1, 2], _NUMBERS),
        Field("target", "The entries of y; probabilities for cross-entropy.", [1], _NUMBERS),
        Field("loss", "What compares the last value with the target.", LOSSES[0],
              {"enum": list(LOSSES)}, "", False),
        Field(
            "fault",
            "A mistake in the backward pass: its name, and the node at whose operation it is "
            "(default: wherever it fits).",
            None,
            _FAULT,
            "",
            False,
        ),
    ),
    answer={
        "nodes": "In order of evaluation: {name, tex, shape, value, cotangent, operation}; an "
        "operation has name, arguments, and as rule expr, names and given for /api/derivative. A "
        "cotangent is the gradient of the loss, in the shape of its node.",
        "edges": "In order of the backward pass: {tail, head, jacobian, incoming, outgoing}. "
        "The Jacobian is in numerator layout, by a matrix with its columns stacked.",
        "loss": "The loss.",
        "check": "By name of input, weights and bias: differences, relative_errors, verdicts "
        "(agrees, differs, kink, unresolved, undefined); with the relative step and the tolerance.",
        "mismatch": "The product whose shapes do not fit, where a fault ended the way back.",
        "sites": "The faults that this network can have: {fault, head, tail}.",
        "limits": "The largest network: layers, width, value.",
    },
    example={"loss": 1.0, "edges": [{"tail": "z2", "head": "loss", "jacobian": [[-0.54]]}]},
)  # fmt: skip


@router.post("/api/backpropagation", **described(BACKPROPAGATION, "POST"))
async def post_backpropagation(request: Request) -> Response:
    """Both passes through a network, with all that flows along its edges."""
    fields = await read_object(request)
    return answer(request, await work(request, backpropagation_answer, fields))


def backpropagation_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    layers = _layers(fields.get("layers"))
    x, y = _column(fields.get("input"), "input"), _column(fields.get("target"), "target")
    loss = fields.get("loss", LOSSES[0])
    if not isinstance(loss, str):
        raise RequestError("The field loss must be text.", _SEE, field="loss")
    nodes = forward(layers, x, y, loss)
    found = backward(_with_fault(nodes, fields.get("fault")))
    checked = compare(layers, x, y, loss, found.cotangents)
    return _content(nodes, found, checked)


# ------------------------------------------------------------------------------ answers


def _content(
    nodes: tuple[Node, ...], found: Pass, checked: Mapping[str, Comparison]
) -> dict[str, Any]:
    return {
        "nodes": [_node(node, found) for node in nodes],
        "edges": [_edge(edge) for edge in found.edges],
        "loss": found.loss,
        "check": {
            "step": STEP,
            "tolerance": TOLERANCE,
            "entries": {name: _comparison(each) for name, each in checked.items()},
        },
        "mismatch": found.mismatch and vars(found.mismatch),
        "sites": [
            {"fault": each.fault, "head": each.head, "tail": each.tail} for each in sites(nodes)
        ],
        "limits": LIMITS,
    }


def _node(node: Node, found: Pass) -> dict[str, Any]:
    return {
        "name": node.name,
        "tex": node.tex,
        "shape": shape_in_words(node.value),
        "value": node.value,
        "cotangent": found.cotangents.get(node.name),
        "operation": node.operation
        and {
            "name": node.operation.name,
            "arguments": node.arguments,
            "rule": {
                "expr": node.operation.expression,
                "names": node.operation.names,
                "given": node.operation.given,
            },
        },
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "tail": edge.tail,
        "head": edge.head,
        "jacobian": edge.jacobian,
        "incoming": edge.incoming,
        "outgoing": edge.outgoing,
    }


def _comparison(each: Comparison) -> dict[str, Any]:
    return {
        "differences": each.differences,
        "relative_errors": each.relative_errors,
        "verdicts": each.verdicts,
    }


# ------------------------------------------------------------------------------- fields

_SEE: Final = "See /api/docs."


def _with_fault(nodes: tuple[Node, ...], fault: Any) -> tuple[Node, ...]:
    if fault is None:
        return nodes
    if not isinstance(fault, dict):
        hint = 'Such as {"name": "forgotten slope", "at": "a1"}.'
        raise RequestError("The field fault must be an object.", hint, field="fault")
    check_fields(fault, FAULT_FIELDS)
    name, at = fault.get("name"), fault.get("at")
    if not isinstance(name, str) or not (at is None or isinstance(at, str)):
        raise RequestError("A fault has a name and a node, as text.", _SEE, field="fault")
    return spoiled(nodes, name, at)


def _layers(value: Any) -> list[Layer]:
    if not isinstance(value, list) or not all(isinstance(layer, dict) for layer in value):
        raise RequestError("The field layers must be a list of objects.", _SEE, field="layers")
    if len(value) > MAX_LAYERS:
        message = f"There are {len(value)} layers; at most {MAX_LAYERS} are evaluated."
        raise RequestError(message, "Take some away.", code="too-large", field="layers")
    return [_layer(number, layer) for number, layer in enumerate(value, start=1)]


def _layer(number: int, layer: Mapping[str, Any]) -> Layer:
    check_fields(layer, LAYER_FIELDS)
    activation = layer.get("activation")
    if activation is not None and not isinstance(activation, str):
        message = f"The activation of layer {number} must be a name or null."
        raise RequestError(message, _SEE, field="layers")
    if "weights" not in layer and "bias" not in layer:
        return Layer(None, None, activation)
    weights = _matrix(layer.get("weights"), f"weights of layer {number}")
    return Layer(weights, _column(layer.get("bias"), f"bias of layer {number}"), activation)


def _matrix(value: Any, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_WIDTH:
        message = f"The {name} must be a list of 1 to {MAX_WIDTH} rows."
        raise RequestError(message, "Such as [[1, 2], [3, 4]].", field="layers")
    rows = [_column(row, f"{name}, row {number},") for number, row in enumerate(value, start=1)]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            message = f"The {name} have {len(rows[0])} entries in row 1, but {len(row)} in row "
            raise RequestError(f"{message}{number}.", "Make the rows equally long.", field="layers")
    return np.array(rows)


def _column(value: Any, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    good = isinstance(value, list) and 1 <= len(value) <= MAX_WIDTH
    if not good or not all(map(is_number, value)):
        message = f"The {name} must be a list of 1 to {MAX_WIDTH} numbers."
        field = name if name in FIELDS else "layers"
        raise RequestError(message, "Such as [1, -0.5].", field=field)
    return np.array(value, dtype=float)
