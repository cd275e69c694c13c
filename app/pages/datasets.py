"""The datasets of the book as files: ``/datasets/bulbs.csv``, for a notebook or a spreadsheet."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.regression import ModelError, dataset_text
from app.web.prepared import Prepared, prepare, respond

router = APIRouter(include_in_schema=False)


@router.api_route("/datasets/{name}.csv", methods=["GET", "HEAD"])
def dataset(request: Request, name: str) -> Response:
    """The dataset of the book or of an overlay, with an ETag."""
    try:
        text = dataset_text(name, *request.app.state.datasets)
    except ModelError:
        raise HTTPException(404) from None
    answer = respond(request, _prepared(text))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@lru_cache(maxsize=16)
def _prepared(text: str) -> Prepared:
    return prepare(text.encode("utf-8"), "text/csv; charset=utf-8")
