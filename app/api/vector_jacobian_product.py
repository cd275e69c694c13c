"""``/api/vector-jacobian-product``: a layer's backward pass, checked and exported.

POST only, for a layer has several texts.  The checks run in a worker process with a deadline;
formulas are typeset here.  What is wrong with the forward pass refuses the question; what is wrong
with a backward pass is told beside it, so that the others are still checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import compute
from app.api.admission import work
from app.api.answers import answer
from app.api.derivative import given_field, typeset
from app.api.problems import FieldError, RequestError
from app.api.reader import check_fields, read_object, text_field
from app.api.schemas import TEXT, Field, Subject, described
from app.autograd.layer import MOST_INPUTS
from app.diagnostics import Problem, Span

router = APIRouter()

FIELDS: Final = ("forward", "given", "cotangent", "backward")
_CACHE: Final[compute.ResultCache[dict[str, Any]]] = compute.ResultCache("autograd")
_JOB: Final = "app.autograd.answers:layer_answer"

VECTOR_JACOBIAN_PRODUCT: Final = Subject(
    summary="A backward pass, checked",
    description="Reads a layer and its backward pass by each input: the gradient, in the shape of "
    "the input, of tr(G'*F), the cotangent G held constant. Each is checked in shape, against the "
    "derivative engine, and against central differences at 27 steps; a known mistake is named. "
    "Numbers that are not finite are null.",
    fields=(
        Field(
            "forward", "The value F of the layer: a matrix expression.", "X*W + ones(n)*b'", TEXT
        ),
        Field(
            "given",
            "Shapes and properties, as for /api/derivative.",
            "X: n,k; W: k,m; b: m",
            TEXT,
            required=False,
        ),
        Field(
            "cotangent",
            "The name of the incoming cotangent; when missing G, or g where F is no matrix.",
            "G",
            TEXT,
            required=False,
        ),
        Field(
            "backward",
            "The backward pass by name of input; empty where it is still to be written. It may "
            "use the inputs, the cotangent and the value (Y, or y where it is no matrix).",
            {"X": "G*W'", "W": "X'*G", "b": "G"},
            {"type": "object", "additionalProperties": TEXT, "maxProperties": MOST_INPUTS},
        ),
    ),
    answer={
        "forward": "The forward pass as it was read: a formula.",
        "shape": "The axes of its value.",
        "cotangent": "{name, tex, mathml, shape, words} of the cotangent.",
        "value": "The same of the name of the value, or null where Y and y are taken.",
        "given": "All declarations as one text.",
        "declarations": "Every name: {name, kind, shape, properties, given, tex, mathml}.",
        "inputs": "The names that can be passed back to.",
        "steps": "The steps of the differences.",
        "checks": "For each backward pass {name, verdict, backward, problem, shape, symbolic, "
        "numeric, mistake, pullback}. The verdict is right, wrong, unread or unwritten; a problem "
        "has code, message, span, hint and field (backward.X); symbolic says how it was decided "
        "(normal form, numbers, shape); numeric has errors and those of the right gradient "
        "(reference) for each step, the branch (truncation or rounding), their coefficients and "
        "the best step; mistake has kind and sentence; pullback is the engine's own answer.",
        "correct": "Whether all that was written is right.",
        "torch": "Source of a torch.autograd.Function, or null.",
        "jax": "Source of a jax.custom_vjp, or null.",
        "notes": "Where the derivative does not hold, and how names were read.",
    },
    example={
        "correct": False,
        "checks": [{"name": "b", "verdict": "wrong", "mistake": {"kind": "sum over the batch"}}],
    },
)


@router.post("/api/vector-jacobian-product", **described(VECTOR_JACOBIAN_PRODUCT, "POST"))
async def post_vector_jacobian_product(request: Request) -> Response:
    """The verdict on every backward pass of a layer, and the layer as source."""
    fields = await read_object(request)
    return answer(request, await work(request, layer_answer, fields))


def layer_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    arguments = (
        text_field(fields, "forward"),
        given_field(fields),
        text_field(fields, "cotangent").strip() if fields.get("cotangent") is not None else "",
        _backward(fields.get("backward")),
    )
    key = (*arguments[:3], tuple(arguments[3].items()))
    found = _CACHE.fetch(key, lambda: compute.run(_JOB, *arguments))
    if refusal := found.get("refusal"):
        raise _refused(refusal)
    return typeset(found)


def _backward(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        message = "The field backward must be an object of texts by name of input."
        raise RequestError(message, 'Such as {"X": "G*W\'"}.', field="backward")
    if len(value) > MOST_INPUTS:
        message = f"At most {MOST_INPUTS} backward passes are checked at a time."
        raise RequestError(message, "Leave some out.", code="too-large", field="backward")
    return dict(value)


def _refused(refusal: Mapping[str, Any]) -> FieldError:
    span = refusal["span"]
    problem = Problem(
        refusal["code"],
        refusal["message"],
        None if span is None else Span(*span),
        refusal["hint"],
    )
    return FieldError(problem, refusal["field"])
