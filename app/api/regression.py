"""``/api/regression``: a linear model of a shipped dataset or of the reader's own table.

POST only, and nothing that is sent is kept.  The loss comes as a quadratic function, from which the
browser draws any of its sections and takes any step of descent without asking again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer
from app.api.problems import RequestError
from app.api.reader import check_fields, read_object, text_field
from app.api.schemas import TEXT, Field, Subject, described
from app.regression import (
    Design,
    Regression,
    Table,
    dataset_names,
    design,
    load_dataset,
    read_csv,
    regress,
)
from app.regression.descent import DescentPath, descend
from app.regression.least_squares import Solution, ridge_path
from app.resources import book_root

router = APIRouter()

BODY_LIMIT: Final = 4_200_000
"""A table of 2 MB whose every line end, quotation mark and tab is escaped in JSON."""
FIELDS: Final = ("dataset", "csv", "target", "features", "intercept", "standardize", "ridge")
DESCENT_STEPS: Final = 200
RIDGE_STRENGTHS: Final = tuple(float(10.0**power) for power in range(-4, 7))

_FLAG: Final = {"type": "boolean"}
REGRESSION: Final = Subject(
    summary="Linear regression",
    description="Fits a target by features: normal equations, QR, conditioning, residuals, "
    "descent. Give either the name of a dataset of the book or a table as CSV.",
    fields=(
        Field("dataset", "A dataset of the book.", "bulbs", TEXT, required=False),
        Field("csv", "A table: a header and rows of numbers.", None, TEXT, "", False),
        Field("target", "The column to fit; default: the last.", "lifespan", TEXT, "", False),
        Field(
            "features",
            "The columns to fit it by; default: the others.",
            ["voltage"],
            {"type": "array", "items": TEXT},
            "",
            False,
        ),
        Field("intercept", "Whether a column of ones stands first.", True, _FLAG, "", False),
        Field(
            "standardize", "Whether features get mean 0 and deviation 1.", False, _FLAG, "", False
        ),
        Field("ridge", "The ridge strength λ ≥ 0.", 0, {"type": "number", "minimum": 0}, "", False),
    ),
    answer={
        "columns": "The columns of X by name, with units.",
        "normal_equations": "XᵀX + λP and Xᵀy.",
        "weights": "By QR, or of least norm where the columns are dependent.",
        "solutions": "The weights by each method, or why there are none.",
        "condition_numbers": "κ(X), κ(XᵀX) and the digits that they may cost.",
        "residuals": "y − Xw, with fitted values and leverage.",
        "r_squared": "The coefficient of determination.",
        "loss": "The mean squared error as ½wᵀHw − gᵀw + c.",
        "descent": "Gradient descent from zero with half the largest step.",
        "notes": "What was noticed on the way, in words.",
    },
    example={"weights": [13445.28, -57.39, -2.62, 28.93], "r_squared": 0.932},
)


@router.post("/api/regression", **described(REGRESSION, "POST"))
async def post_regression(request: Request) -> Response:
    """A linear model with everything that the case study shows."""
    fields = await read_object(request, BODY_LIMIT)
    return answer(request, await work(request, regression_answer, fields))


def regression_answer(fields: dict[str, Any]) -> dict[str, Any]:
    """The content of the answer.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    table = _table(fields)
    chosen = design(
        table,
        fields.get("target") if fields.get("target") is None else text_field(fields, "target"),
        _features(fields.get("features")),
        intercept=_flag(fields, "intercept", default=True),
        standardize=_flag(fields, "standardize", default=False),
    )
    found = regress(chosen, _ridge(fields.get("ridge", 0)))
    with np.errstate(all="ignore"):
        path = descend(found.loss, np.zeros(len(found.weights)), steps=DESCENT_STEPS)
    return _content(table, found, path)


def _table(fields: Mapping[str, Any]) -> Table:
    if ("csv" in fields) == ("dataset" in fields):
        names = ", ".join(dataset_names(book_root() / "content" / "datasets"))
        hint = f"The datasets of the book are: {names}."
        raise RequestError("Give either a dataset or a csv, and not both.", hint, field="csv")
    if "csv" in fields:
        return read_csv(text_field(fields, "csv"))
    return load_dataset(text_field(fields, "dataset"), book_root() / "content" / "datasets")


def _features(value: Any) -> Sequence[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise RequestError("features must be a list of names.", "See /api/docs.", field="features")
    return value


def _flag(fields: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise RequestError(f"{name} must be true or false.", "See /api/docs.", field=name)
    return value


def _ridge(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RequestError("ridge must be a number.", "See /api/docs.", field="ridge")
    return float(value)


def _content(table: Table, found: Regression, path: DescentPath) -> dict[str, Any]:
    chosen, statistics, conditioning = found.design, found.statistics, found.conditioning
    return {
        "target": _column(table, chosen.target),
        "columns": [_column(table, name) for name in chosen.columns],
        "rows": chosen.rows,
        "normal_equations": {"matrix": found.gram, "right_hand_side": found.moment},
        "weights": found.weights,
        "weights_in_units": _in_units(chosen, found),
        "standard_errors": statistics.standard_errors,
        "solutions": [
            _solution(each) for each in (found.by_normal_equations, found.by_qr, found.by_svd)
        ],
        "condition_numbers": {
            "X": conditioning.X,
            "normal_equations": conditioning.gram,
            "digits_lost": conditioning.digits_lost,
            "digits_lost_by_normal_equations": conditioning.digits_lost_by_normal_equations,
        },
        "rank": found.rank.value,
        "singular_values": found.rank.singular_values,
        "residuals": statistics.residuals,
        "fitted": statistics.fitted,
        "leverage": statistics.leverage,
        "degrees_of_freedom": statistics.degrees_of_freedom,
        "residual_standard_error": statistics.residual_standard_error,
        "r_squared": statistics.r_squared,
        "ridge": found.ridge,
        "ridge_path": _ridge_path(chosen),
        "loss": {"hessian": found.loss.H, "linear": found.loss.g, "constant": found.loss.c},
        "descent": _descent(path),
        "notes": found.notes,
    }


def _column(table: Table, name: str) -> dict[str, str]:
    unit = table.column(name).unit if name in table.names else ""
    return {"name": name, "unit": unit}


def _in_units(chosen: Design, found: Regression) -> Any:
    """The weights for the columns as they were given, where the features were standardized."""
    scaling = chosen.scaling
    return found.weights if scaling is None else scaling.weights_in_units(found.weights)


def _solution(solution: Solution) -> dict[str, Any]:
    return {
        "method": solution.method,
        "weights": solution.weights,
        "reason": solution.reason,
    }


def _ridge_path(chosen: Design) -> dict[str, Any]:
    """Some strengths for a picture; left out where the table is large."""
    if chosen.X.size > 100_000:
        return {"strengths": [], "weights": []}
    path = ridge_path(chosen.X, chosen.y, RIDGE_STRENGTHS, chosen.penalized)
    return {"strengths": RIDGE_STRENGTHS, "weights": path}


def _descent(path: DescentPath) -> dict[str, Any]:
    return {
        "step": path.step,
        "step_limit": path.step_limit,
        "ended": path.ended,
        "weights": path.weights,
        "losses": path.losses,
    }
