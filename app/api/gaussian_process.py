"""``/api/gaussian-process``: marginal likelihood, its gradient, and the posterior.

POST only, for the data are a structure.  The browser works with Gaussian processes by itself
(``static/math/gaussian-process``); this address is the second opinion, and what programs use.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer
from app.api.problems import RequestError
from app.api.reader import check_fields, is_number, number_field, read_object, text_field
from app.api.schemas import Field, Subject, described
from app.gaussian_processes import (
    KERNELS,
    LENGTHS,
    MAX_JITTER,
    MAX_PLACES,
    MAX_POINTS,
    MAX_VALUE,
    NOISES,
    STEP,
    Hyperparameters,
    condition_on,
    evidence,
    predict,
)

router = APIRouter()

FIELDS: Final = ("points", "kernel", "length", "scale", "noise", "period", "jitter", "at")
LIMITS: Final = {"points": MAX_POINTS, "places": MAX_PLACES, "value": MAX_VALUE}

_NUMBER: Final = {"type": "number", "minimum": -MAX_VALUE, "maximum": MAX_VALUE}
_POINT: Final = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_LENGTH: Final = {"type": "number", "minimum": LENGTHS[0], "maximum": LENGTHS[1]}
GAUSSIAN_PROCESS: Final = Subject(
    summary="Gaussian process regression",
    description=f"Conditions a Gaussian process with mean zero on 1 to {MAX_POINTS} observations, "
    "with covariance K = K_f + (σ² + εs²)I: the log marginal likelihood with its gradient in the "
    f"logarithms of the hyperparameters, and the posterior at up to {MAX_PLACES} inputs.",
    fields=(
        Field("points", "The observations: pairs of input and output.", [[0, 1], [1, 0.5]],
              {"type": "array", "items": _POINT, "minItems": 1, "maxItems": MAX_POINTS}),
        Field("kernel", "The covariance of function values.", "squared exponential",
              {"enum": list(KERNELS)}, "", False),
        Field("length", "The length scale l.", 1, _LENGTH, "", False),
        Field("scale", "The scale s.", 1, _LENGTH, "", False),
        Field("noise", "The standard deviation σ of the noise.", 0.3,
              {"type": "number", "minimum": NOISES[0], "maximum": NOISES[1]}, "", False),
        Field("period", "The period p of the periodic kernel.", None, _LENGTH, "", False),
        Field("jitter", "ε: a multiple of s²I that is added for the computation.", None,
              {"type": "number", "minimum": 0, "maximum": MAX_JITTER}, "", False),
        Field("at", "Inputs at which to predict.", [0.5],
              {"type": "array", "items": _NUMBER, "maxItems": MAX_PLACES}, "", False),
    ),
    answer={
        "value": "The log marginal likelihood: the sum of the three parts.",
        "parts": "Data fit −½y'K⁻¹y, complexity −½log det K, and the constant −(n/2)log 2π.",
        "gradient": "By log length, log scale, log noise (and log period): ½tr((αα' − K⁻¹)∂K/∂θ).",
        "differences": "The same by central differences; null where a neighbour is not definite.",
        "step": "Of the central differences, in the logarithm.",
        "condition": "‖K‖₁‖K⁻¹‖₁.",
        "alpha": "K⁻¹y.",
        "posterior": "Mean and standard deviation of f at each input asked for.",
        "limits": "The largest question: points, places, value.",
    },
    example={"value": -2.1996, "gradient": {"length": 0.4049, "scale": -0.9224, "noise": -0.1559}},
)  # fmt: skip


@router.post("/api/gaussian-process", **described(GAUSSIAN_PROCESS, "POST"))
async def post_gaussian_process(request: Request) -> Response:
    """Marginal likelihood, gradient and posterior."""
    fields = await read_object(request)
    return answer(request, await work(request, gaussian_process_answer, fields))


def gaussian_process_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    points = _points(fields.get("points"))
    at = _numbers(fields.get("at", []), "at", MAX_PLACES)
    process = condition_on(points[:, 0], points[:, 1], _hyperparameters(fields), at)
    found, posterior = evidence(process), predict(process, at)
    return {
        "value": found.value,
        "parts": {"fit": found.fit, "complexity": found.complexity, "constant": found.constant},
        "gradient": found.gradient,
        "differences": found.differences,
        "step": STEP,
        "condition": found.condition,
        "alpha": found.alpha,
        "posterior": {"mean": posterior.mean, "deviation": posterior.deviation},
        "limits": LIMITS,
    }


def _hyperparameters(fields: dict[str, Any]) -> Hyperparameters:
    kernel = text_field(fields, "kernel") if "kernel" in fields else "squared exponential"
    return Hyperparameters(
        kernel,
        length=number_field(fields, "length", 1.0),
        scale=number_field(fields, "scale", 1.0),
        noise=number_field(fields, "noise", 0.1),
        period=number_field(fields, "period", 1.0),
        jitter=number_field(fields, "jitter", 0.0),
    )


def _points(value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_POINTS:
        message = f"points must be a list of 1 to {MAX_POINTS} pairs."
        code = "too-large" if isinstance(value, list) and len(value) > MAX_POINTS else "malformed"
        raise RequestError(message, "Such as [[0, 1], [1, 0.5]].", code=code, field="points")
    for number, point in enumerate(value, start=1):
        if not isinstance(point, list) or len(point) != 2 or not all(map(is_number, point)):
            message = f"Point {number} must be a pair of numbers."
            raise RequestError(message, "Such as [0, 1].", field="points")
    return np.array(value, dtype=float)


def _numbers(value: Any, name: str, most: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(value, list) or not all(map(is_number, value)):
        raise RequestError(f"{name} must be a list of numbers.", "Such as [0, 0.5].", field=name)
    if len(value) > most:
        message = f"{name} must hold at most {most} numbers."
        raise RequestError(message, "Take some away.", code="too-large", field=name)
    return np.array(value, dtype=float)
