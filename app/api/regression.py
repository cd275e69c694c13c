"""``/api/regression``: a linear model of a shipped dataset or of the reader's own table.

POST only, and nothing that is sent is kept.  The loss comes as a quadratic function, from which the
browser draws any of its sections and takes any step of descent without asking again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.admission import work
from app.api.answers import answer
from app.api.problems import RequestError
from app.api.reader import check_fields, number_field, read_object, text_field
from app.api.regression_content import content, core, near_copy_content
from app.api.schemas import TEXT, Field, Subject, described
from app.regression import (
    DEVIATIONS,
    NearCopy,
    Regression,
    Table,
    dataset_names,
    design,
    load_dataset,
    near_copy_of,
    read_csv,
    regress,
    with_near_copy,
)
from app.resources import book_root

router = APIRouter()

BODY_LIMIT: Final = 4_200_000
"""A table of 2 MB whose every line end, quotation mark and tab is escaped in JSON."""
FIELDS: Final = (
    "dataset",
    "csv",
    "target",
    "features",
    "intercept",
    "standardize",
    "ridge",
    "near_copy",
    "deviation",
)
DEVIATION: Final = 1e-4
MOST_NUMBERS: Final = 50_000
"""In X, for each deviation is a fit of its own."""

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
        Field(
            "near_copy",
            "A feature that a second instrument reads again, with a small deviation.",
            None,
            TEXT,
            "",
            False,
        ),
        Field(
            "deviation",
            "How far the second instrument is off: in °F beside °C, else in standard deviations.",
            DEVIATION,
            {"type": "number", "minimum": 0},
            "",
            False,
        ),
    ),
    answer={
        "table": "The columns of numbers with their units and ranges; columns of words by name.",
        "columns": "The columns of X by name, with units.",
        "normal_equations": "XᵀX + λP and Xᵀy.",
        "factor": "R of X = QR, so that RᵀR = XᵀX; X itself where it has fewer rows than columns.",
        "weights": "By QR, or of least norm where the columns are dependent.",
        "solutions": "The weights by each method with its correct digits, or why there are none.",
        "condition_numbers": "κ(X), κ(XᵀX) and the digits that they may cost.",
        "residuals": "y − Xw, with fitted values and leverage.",
        "r_squared": "The coefficient of determination.",
        "loss": "Half the mean squared error, ‖Xw − y‖²/(2m), as ½wᵀHw − gᵀw + c.",
        "points": "Rows for a picture: all, or some hundred spread evenly over the table.",
        "ridge_path": "Weights, loss and κ(X) for some strengths λ.",
        "near_copy": "With the field near_copy: the same for each of some deviations.",
        "descent": "Gradient descent from zero with half the largest step.",
        "notes": "What was noticed on the way, in words.",
    },
    example={"weights": [13445.28, -57.39, -2.62, 28.93], "r_squared": 0.932},
)


@router.post("/api/regression", **described(REGRESSION, "POST"))
async def post_regression(request: Request) -> Response:
    """A linear model with everything that the case study shows."""
    fields = await read_object(request, BODY_LIMIT)
    return answer(request, await work(request, _answering(_folders(request)), fields))


def _folders(request: Request) -> tuple[Path, ...]:
    """Where the datasets of the book that is served lie; the API alone has those that ship."""
    folders: tuple[Path, ...] = getattr(request.app.state, "datasets", ())
    return folders or (book_root() / "content" / "datasets",)


@cache
def _answering(folders: tuple[Path, ...]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """``regression_answer`` with the datasets of one book: the same function for the same book."""
    return partial(regression_answer, folders=folders)


def regression_answer(fields: dict[str, Any], folders: tuple[Path, ...]) -> dict[str, Any]:
    """The content of the answer; ``folders`` hold the book's datasets.  Raises ``NablaError``."""
    check_fields(fields, FIELDS)
    table = _table(fields, folders)
    source = fields.get("near_copy")
    if source is None:
        return content(table, _fit(table, fields))
    copy = near_copy_of(table, text_field(fields, "near_copy"))
    deviation = number_field(fields, "deviation", DEVIATION)
    widened = with_near_copy(table, copy, deviation)
    fit = _fit(widened, fields, copy)
    _check_size(fit)
    steps = [
        {"deviation": each} | core(_fit(with_near_copy(table, copy, each), fields, copy))
        for each in DEVIATIONS
    ]
    return content(widened, fit) | {"near_copy": near_copy_content(copy, deviation, steps)}


def _check_size(fit: Regression) -> None:
    if fit.design.X.size > MOST_NUMBERS:
        message = f"A second instrument is added to tables of up to {MOST_NUMBERS:,} numbers."
        raise RequestError(
            message,
            "Choose fewer features, or send fewer rows.",
            code="too-large",
            field="near_copy",
        )


def _fit(table: Table, fields: Mapping[str, Any], copy: NearCopy | None = None) -> Regression:
    target = fields.get("target")
    chosen = design(
        table,
        table.names[-2 if copy else -1] if target is None else text_field(fields, "target"),
        _features(fields.get("features"), copy),
        intercept=_flag(fields, "intercept", default=True),
        standardize=_flag(fields, "standardize", default=False),
    )
    return regress(chosen, number_field(fields, "ridge", 0.0))


def _table(fields: Mapping[str, Any], folders: tuple[Path, ...]) -> Table:
    if ("csv" in fields) == ("dataset" in fields):
        names = ", ".join(dataset_names(*folders))
        hint = f"The datasets of the book are: {names}."
        raise RequestError("Give either a dataset or a csv, and not both.", hint, field="csv")
    if "csv" in fields:
        return read_csv(text_field(fields, "csv"))
    return load_dataset(text_field(fields, "dataset"), *folders)


def _features(value: Any, copy: NearCopy | None) -> Sequence[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise RequestError("features must be a list of names.", "See /api/docs.", field="features")
    return value if copy is None else (*value, copy.name)


def _flag(fields: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise RequestError(f"{name} must be true or false.", "See /api/docs.", field=name)
    return value
