"""``/api/variational-inference``: the evidence lower bound of a Gaussian approximation, exactly.

POST only, for target and approximation are a structure.  The browser works with them by itself
(``static/math/variational``); this address is the second opinion, and what programs use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer
from app.api.problems import RequestError
from app.api.reader import check_fields, is_number, number_field, read_object
from app.api.schemas import Field, Subject, described
from app.variational import (
    CORRELATION,
    CURVATURE,
    DEVIATIONS,
    MEAN,
    STEP,
    WIDTHS,
    Approximation,
    Target,
    check,
    differences,
    evaluate,
)

router = APIRouter()
Numbers = TypeVar("Numbers", bound=tuple[float, ...])

FIELDS: Final = (
    "mean", "deviations", "correlation", "curvature", "centre", "factor", "covariance",
)  # fmt: skip
COVARIANCES: Final = ("full", "diagonal")


def _list(count: int, low: float, high: float) -> dict[str, Any]:
    number = {"type": "number", "minimum": low, "maximum": high}
    return {"type": "array", "items": number, "minItems": count, "maxItems": count}


VARIATIONAL: Final = Subject(
    summary="Variational inference",
    description="The evidence lower bound of q = N(m, LL') for a two-dimensional Gaussian target, "
    "or one that is bent to a banana: its parts, its gradient in m and in the lower triangular L, "
    "the gap to the evidence, and the variances. Expectations are exact: nothing is sampled.",
    fields=(
        Field("mean", "The mean μ of the target.", [0, 0], _list(2, -MEAN, MEAN), "", False),
        Field("deviations", "Its standard deviations, before it is bent.", [1, 1],
              _list(2, *DEVIATIONS), "", False),
        Field("correlation", "Its correlation, before it is bent.", 0.8,
              {"type": "number", "minimum": -CORRELATION, "maximum": CORRELATION}, "", False),
        Field("curvature", "b: the bend moves z₂ by b((z₁ − μ₁)² − s₁²).", 0,
              {"type": "number", "minimum": -CURVATURE, "maximum": CURVATURE}, "", False),
        Field("centre", "The mean m of q.", [-1.1, 1], _list(2, -MEAN, MEAN)),
        Field("factor", "L₁₁, L₂₁, L₂₂; those on the diagonal are positive.", [0.9, 0, 0.6],
              _list(3, -WIDTHS[1], WIDTHS[1])),
        Field("covariance", "Whether L₂₁ is a parameter.", "full", {"enum": list(COVARIANCES)},
              "", False),
    ),
    answer={
        "value": "The bound: the sum of the two parts.",
        "parts": "The expected log joint density E[log p(x, z)], and the entropy of q.",
        "evidence": "log p(x) = log 2π + ½ log det Σ.",
        "gap": "KL(q‖p): the evidence less the bound.",
        "gradient": "By mean, a list, and by factor, a lower triangular matrix.",
        "differences": "The same by central differences.",
        "step": "Of the central differences.",
        "variances": "Of target and approximation; mean_field: 1/Pᵢᵢ, null for a banana.",
    },
    example={"value": -4.9172, "evidence": 1.3271, "gap": 6.2442},
)  # fmt: skip


@router.post("/api/variational-inference", **described(VARIATIONAL, "POST"))
async def post_variational_inference(request: Request) -> Response:
    """Bound, gradient and gap."""
    fields = await read_object(request)
    return answer(request, await work(request, variational_answer, fields))


def variational_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    target, q = _target(fields), _approximation(fields)
    check(target, q)
    found, evidence = evaluate(target, q), target.evidence
    by_mean, by_factor = differences(target, q)
    straight = target.curvature == 0
    return {
        "value": found.value,
        "parts": {"expected": found.expected, "entropy": found.entropy},
        "evidence": evidence,
        "gap": evidence - found.value,
        "gradient": {"mean": found.by_mean, "factor": found.by_factor},
        "differences": {"mean": by_mean, "factor": by_factor},
        "step": STEP,
        "variances": {
            "target": target.variances,
            "approximation": np.diag(q.lower @ q.lower.T),
            "mean_field": 1 / np.diag(target.precision) if straight else None,
        },
    }


def _target(fields: Mapping[str, Any]) -> Target:
    return Target(
        _numbers(fields, "mean", (0.0, 0.0)),
        _numbers(fields, "deviations", (1.0, 1.0)),
        number_field(fields, "correlation", 0.0),
        number_field(fields, "curvature", 0.0),
    )


def _approximation(fields: Mapping[str, Any]) -> Approximation:
    covariance = fields.get("covariance", "full")
    if covariance not in COVARIANCES:
        raise RequestError("covariance must be “full” or “diagonal”.", field="covariance")
    return Approximation(
        _numbers(fields, "centre", (0.0, 0.0), required=True),
        _numbers(fields, "factor", (1.0, 0.0, 1.0), required=True),
        diagonal=covariance == "diagonal",
    )


def _numbers(
    fields: Mapping[str, Any], name: str, default: Numbers, *, required: bool = False
) -> Numbers:
    """As many numbers as ``default`` has."""
    if name not in fields and not required:
        return default
    value = fields.get(name)
    if not isinstance(value, list) or len(value) != len(default) or not all(map(is_number, value)):
        message = f"{name} must be a list of {len(default)} numbers."
        raise RequestError(message, "See /api/docs.", field=name)
    return type(default)(map(float, value))
