"""The public API: one router per subject, strict reading, designed errors.

    reader     JSON and queries, strictly           problems  errors as problem+json
    functions  the fields f, vars and at            answers   formulas, finite numbers, ETags
    schemas    how each address is described        docs      /api/docs and /api/openapi.json

``routers`` is in order: what no address matches ends in a problem of the API.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from app.api import (
    backpropagation,
    critical_points,
    derivative,
    docs,
    fisher_information,
    gaussian_process,
    hessian,
    jacobian,
    lifetime,
    limits,
    numbers,
    regression,
    variational_inference,
    vector_jacobian_product,
)
from app.api.problems import install_error_handlers

routers: Final[tuple[APIRouter, ...]] = (
    lifetime.router,
    docs.router,
    limits.router,
    jacobian.router,
    hessian.router,
    critical_points.router,
    derivative.router,
    numbers.router,
    regression.router,
    backpropagation.router,
    gaussian_process.router,
    fisher_information.router,
    variational_inference.router,
    vector_jacobian_product.router,
)

__all__ = ["install_error_handlers", "routers"]
